import { Args } from '@oclif/core';
import type { Answer } from '../../cli/answer.ts';
import { EntryCommand } from '../../cli/entries/entry-command.ts';
import { FREEZE_WINDOW_FIELDS, freezeWindowFlags } from '../../cli/entries/freeze-window-fields.ts';
import { plannedWriteFlags } from '../../cli/plans/write-command.ts';

export class FreezeWindowsChange extends EntryCommand {
  static override summary = 'Change a freeze window.';
  static override description = 'What is not said stays as it is.';
  static override examples = [
    '<%= config.bin %> freeze-windows change peak-2024 --window-until "end of 2024-12-03[Europe/Paris]"',
    {
      description: 'In CI',
      command:
        '<%= config.bin %> freeze-windows change peak-2024 --window-until "end of 2024-12-03[Europe/Paris]" --yes --no-input',
    },
    {
      description: 'For scripts',
      command:
        '<%= config.bin %> freeze-windows change peak-2024 --window-until "end of 2024-12-03[Europe/Paris]" --dry-run --json',
    },
  ];
  static override args = { id: Args.string({ description: 'The freeze window.', required: true }) };
  static override flags = { ...freezeWindowFlags, ...plannedWriteFlags };

  async run(): Promise<Answer> {
    const { args, flags } = await this.parse(FreezeWindowsChange);
    return this.change('freezeWindows', args.id, FREEZE_WINDOW_FIELDS, flags);
  }
}
