import { Args } from '@oclif/core';
import { type Answer, answer } from '../../cli/answer.ts';
import { BaseCommand } from '../../cli/base-command.ts';
import { useContext } from '../../cli/settings/contexts.ts';
import { foldersOf } from '../../cli/settings/folders.ts';

export class ContextsUse extends BaseCommand {
  static override summary = 'Choose the context that commands work in.';
  static override description = 'STORECTL_CONTEXT and --context still outrank the choice.';
  static override examples = [
    '<%= config.bin %> contexts use staging',
    { description: 'In CI', command: '<%= config.bin %> contexts use prod --no-input' },
    { description: 'For scripts', command: '<%= config.bin %> contexts use local --json' },
  ];
  static override args = { name: Args.string({ description: 'The context.', required: true }) };

  async run(): Promise<Answer> {
    const { args } = await this.parse(ContextsUse);
    await useContext(foldersOf(this.surroundings), args.name);
    const override = this.surroundings.env['STORECTL_CONTEXT'] ?? '';
    if (override !== '' && override !== args.name) {
      this.addWarning({
        code: 'context-overridden',
        message: `STORECTL_CONTEXT is set to "${override}" and outranks this choice.`,
        remedy: 'Unset it for the choice to count.',
      });
    }
    return answer({ name: args.name }, () => `Now in use: ${args.name}`);
  }
}
