import { Args } from '@oclif/core';
import type { Answer } from '../../cli/answer.ts';
import { EntryCommand } from '../../cli/entries/entry-command.ts';
import { freezeWindowFlags } from '../../cli/entries/freeze-window-fields.ts';
import { newFreezeWindow } from '../../cli/entries/new-entries.ts';
import { plannedWriteFlags } from '../../cli/plans/write-command.ts';

const SAID =
  'peak-2024 --window-from "start of 2024-11-29[Europe/Paris]" --window-until "end of 2024-12-02[Europe/Paris]" --because "The busiest days of the year"';

export class FreezeWindowsAdd extends EntryCommand {
  static override summary = 'Add a freeze window: an interval in which changes are refused.';
  static override description = 'It is one interval for the whole organisation, so its times need a zone or an offset.';
  static override examples = [
    `<%= config.bin %> freeze-windows add ${SAID}`,
    { description: 'In CI', command: `<%= config.bin %> freeze-windows add ${SAID} --yes --no-input` },
    { description: 'For scripts', command: `<%= config.bin %> freeze-windows add ${SAID} --dry-run --json` },
  ];
  static override args = { id: Args.string({ description: 'The id of the new freeze window.' }) };
  static override flags = { ...freezeWindowFlags, ...plannedWriteFlags };

  async run(): Promise<Answer> {
    const { args, flags } = await this.parse(FreezeWindowsAdd);
    return this.create(newFreezeWindow, args.id, flags);
  }
}
