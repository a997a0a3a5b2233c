import { Args, Flags } from '@oclif/core';
import { type Answer, answer } from '../../../cli/answer.ts';
import { instantOf, readAskedTime } from '../../../cli/answers/asked-time.ts';
import { BaseCommand } from '../../../cli/base-command.ts';
import { withWayToFindOut } from '../../../cli/failures/outcome.ts';
import { writeFlags } from '../../../cli/prompts/consent.ts';
import { tokenRow } from '../../../cli/servers/token-columns.ts';
import { ROLES } from '../../../contract/operation.ts';
import { api } from '../../../contract/operations/index.ts';
import { escapeControls } from '../../../domain/escape.ts';
import { EXIT, Failure } from '../../../domain/failure.ts';

export class PlatformTokenCreate extends BaseCommand {
  static override summary = 'Make a bearer token, and print its secret once.';
  static override description =
    'The secret goes to standard output and is kept nowhere: the platform has only its hash. Nothing that exists changes, so there is nothing to consent to; --yes does no harm. Changes made with the token are in the audit trail under its name.';
  static override examples = [
    '<%= config.bin %> platform token create anna --role operator',
    {
      description: 'In CI',
      command:
        '<%= config.bin %> platform token create deploy --role operator --expires "end of 2027-12-31[UTC]" --no-input > token.txt',
    },
    { description: 'For scripts', command: '<%= config.bin %> platform token create dashboard --role viewer --json' },
  ];
  static override args = { name: Args.string({ description: 'Who or what will use it.', required: true }) };
  static override flags = {
    role: Flags.option({ options: ROLES })({
      summary: 'What it may do: read; reserve too, for a shop; change things too; give out tokens too.',
      required: true,
    }),
    yes: writeFlags.yes,
    expires: Flags.string({ summary: 'When it ends to be good; without it, never.', helpValue: 'TIME' }),
  };

  async run(): Promise<Answer> {
    const { args, flags } = await this.parse(PlatformTokenCreate);
    const now = this.surroundings.now();
    const expiresAt =
      flags.expires === undefined
        ? undefined
        : instantOf(readAskedTime(flags.expires, '--expires'), now, null, '--expires');
    if (expiresAt !== undefined && expiresAt <= now) {
      throw new Failure({
        code: 'invalid-usage',
        exit: EXIT.usage,
        message: `--expires ${flags.expires} is past: the token would never be good.`,
        remedy: 'Name a later time, or leave --expires out.',
      });
    }
    const client = await this.client(flags);
    const body = { name: args.name, role: flags.role, ...(expiresAt === undefined ? {} : { expiresAt }) };
    const { value } = await client.call(api.tokens.create, { body }).catch((error: unknown) => {
      throw withWayToFindOut(error, 'storectl platform token list');
    });
    await this.say(`Token ${escapeControls(value.name)}, ${value.role}. This is the only time its secret is shown:`);
    return answer({ ...tokenRow(value), secret: value.secret }, () => value.secret);
  }
}
