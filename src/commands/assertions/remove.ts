import { Args } from '@oclif/core';
import type { Answer } from '../../cli/answer.ts';
import { EntryCommand } from '../../cli/entries/entry-command.ts';
import { plannedWriteFlags } from '../../cli/plans/write-command.ts';

export class AssertionsRemove extends EntryCommand {
  static override summary = 'Remove an assertion.';
  static override description = 'Plans are no longer held to it.';
  static override examples = [
    '<%= config.bin %> assertions remove india-stays',
    {
      description: 'In CI',
      command: '<%= config.bin %> assertions remove india-stays --yes --allow-deletes --no-input',
    },
    { description: 'For scripts', command: '<%= config.bin %> assertions remove india-stays --dry-run --json' },
  ];
  static override args = { id: Args.string({ description: 'The assertion.', required: true }) };
  static override flags = plannedWriteFlags;

  async run(): Promise<Answer> {
    const { args, flags } = await this.parse(AssertionsRemove);
    return this.remove('assertions', args.id, flags);
  }
}
