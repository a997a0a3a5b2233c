import { Args } from '@oclif/core';
import { type Answer, answer } from '../../../cli/answer.ts';
import { BaseCommand } from '../../../cli/base-command.ts';
import { withWayToFindOut } from '../../../cli/failures/outcome.ts';
import { askAtTerminal } from '../../../cli/prompts/ask.ts';
import { obtainConsent, writeFlags } from '../../../cli/prompts/consent.ts';
import { tokenRow } from '../../../cli/servers/token-columns.ts';
import { api } from '../../../contract/operations/index.ts';
import { escapeControls } from '../../../domain/escape.ts';

export class PlatformTokenRevoke extends BaseCommand {
  static override summary = 'Revoke a token: from now on it opens nothing.';
  static override description = 'There is no way back; make a new one where it was still needed.';
  static override examples = [
    '<%= config.bin %> platform token revoke anna',
    { description: 'In CI', command: '<%= config.bin %> platform token revoke deploy --yes --no-input' },
    { description: 'For scripts', command: '<%= config.bin %> platform token revoke dashboard --yes --json' },
  ];
  static override args = { token: Args.string({ description: 'Its name or its id.', required: true }) };

  static override flags = { yes: writeFlags.yes };

  async run(): Promise<Answer> {
    const { args, flags } = await this.parse(PlatformTokenRevoke);
    const client = await this.client(flags);
    await obtainConsent(
      { summary: `Token ${escapeControls(args.token)} will open nothing from now on.`, deletes: 0, immediate: [] },
      { yes: flags.yes, allowDeletes: false, confirm: [] },
      this.mayPrompt ? askAtTerminal(this.surroundings) : null,
    );
    const { value } = await client.call(api.tokens.revoke, { params: { id: args.token } }).catch((error: unknown) => {
      throw withWayToFindOut(error, 'storectl platform token list');
    });
    return answer(tokenRow(value), () => `Revoked ${escapeControls(value.name)}.`);
  }
}
