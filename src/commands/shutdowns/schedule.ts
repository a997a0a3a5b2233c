import { Args } from '@oclif/core';
import type { Answer } from '../../cli/answer.ts';
import { EntryCommand } from '../../cli/entries/entry-command.ts';
import { newShutdown } from '../../cli/entries/new-entries.ts';
import { shutdownFlags } from '../../cli/entries/shutdown-fields.ts';
import { plannedWriteFlags } from '../../cli/plans/write-command.ts';

const SAID =
  'poco-2024 --title "POCO sites close" --site poco-gb --site poco-fr --into mi-global --freeze "start of 2024-10-21" --dark "end of 2024-12-31" --redirects-until "end of 2026-12-31"';

export class ShutdownsSchedule extends EntryCommand {
  static override summary = 'Schedule a shutdown: legacy sites that close into a unified one.';
  static override description =
    'Dates without a zone are read in each market’s own. At a terminal, what is missing is asked, with every market’s local time shown as you type.';
  static override examples = [
    `<%= config.bin %> shutdowns schedule ${SAID}`,
    { description: 'In CI', command: `<%= config.bin %> shutdowns schedule ${SAID} --yes --no-input` },
    { description: 'For scripts', command: `<%= config.bin %> shutdowns schedule ${SAID} --dry-run --json` },
  ];
  static override args = { id: Args.string({ description: 'The id of the new shutdown.' }) };
  static override flags = { ...shutdownFlags, ...plannedWriteFlags };

  async run(): Promise<Answer> {
    const { args, flags } = await this.parse(ShutdownsSchedule);
    return this.create(newShutdown, args.id, flags);
  }
}
