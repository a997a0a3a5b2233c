import { Args } from '@oclif/core';
import type { Answer } from '../../cli/answer.ts';
import { EntryCommand } from '../../cli/entries/entry-command.ts';
import { plannedWriteFlags } from '../../cli/plans/write-command.ts';

export class FreezeWindowsRemove extends EntryCommand {
  static override summary = 'Remove a freeze window.';
  static override description = 'Changes are allowed again at once.';
  static override examples = [
    '<%= config.bin %> freeze-windows remove peak-2024',
    {
      description: 'In CI',
      command: '<%= config.bin %> freeze-windows remove peak-2024 --yes --allow-deletes --no-input',
    },
    {
      description: 'For scripts',
      command: '<%= config.bin %> freeze-windows remove peak-2024 --dry-run --json',
    },
  ];
  static override args = { id: Args.string({ description: 'The freeze window.', required: true }) };
  static override flags = plannedWriteFlags;

  async run(): Promise<Answer> {
    const { args, flags } = await this.parse(FreezeWindowsRemove);
    return this.remove('freezeWindows', args.id, flags);
  }
}
