import { Args } from '@oclif/core';
import { type Answer, answer } from '../../cli/answer.ts';
import { BaseCommand } from '../../cli/base-command.ts';
import { removeContext } from '../../cli/settings/contexts.ts';
import { foldersOf } from '../../cli/settings/folders.ts';
import { forgetToken } from '../../cli/settings/tokens.ts';

export class ContextsRemove extends BaseCommand {
  static override summary = 'Remove a context and the token kept for it.';
  static override description =
    'Nothing changes on the platform. Where the context was in use, `local` is in use from then on.';
  static override examples = [
    '<%= config.bin %> contexts remove staging',
    { description: 'In CI', command: '<%= config.bin %> contexts remove staging --no-input' },
    { description: 'For scripts', command: '<%= config.bin %> contexts remove staging --json' },
  ];
  static override args = { name: Args.string({ description: 'The context.', required: true }) };

  async run(): Promise<Answer> {
    const { args } = await this.parse(ContextsRemove);
    const folders = foldersOf(this.surroundings);
    const { current } = await removeContext(folders, args.name);
    await forgetToken(folders, args.name);
    const inUse = current ?? 'local';
    return answer({ name: args.name, inUse }, () => `Removed ${args.name}. In use: ${inUse}`);
  }
}
