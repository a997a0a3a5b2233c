import { Args } from '@oclif/core';
import type { Answer } from '../../cli/answer.ts';
import { EntryCommand } from '../../cli/entries/entry-command.ts';
import { plannedWriteFlags } from '../../cli/plans/write-command.ts';

export class ExceptionsRemove extends EntryCommand {
  static override summary = 'Remove an exception.';
  static override description =
    'What it exempts is no longer exempt, at once: its id has to be typed, or given with --confirm.';
  static override examples = [
    '<%= config.bin %> exceptions remove poco-india',
    {
      description: 'In CI',
      command: '<%= config.bin %> exceptions remove poco-india --yes --allow-deletes --confirm poco-india --no-input',
    },
    {
      description: 'For scripts',
      command: '<%= config.bin %> exceptions remove poco-india --dry-run --json',
    },
  ];
  static override args = { id: Args.string({ description: 'The exception.', required: true }) };
  static override flags = plannedWriteFlags;

  async run(): Promise<Answer> {
    const { args, flags } = await this.parse(ExceptionsRemove);
    return this.remove('exceptions', args.id, flags);
  }
}
