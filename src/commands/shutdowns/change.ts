import { Args } from '@oclif/core';
import type { Answer } from '../../cli/answer.ts';
import { EntryCommand } from '../../cli/entries/entry-command.ts';
import { entryFlag } from '../../cli/entries/flags.ts';
import { SHUTDOWN_FIELDS, shutdownFlags } from '../../cli/entries/shutdown-fields.ts';
import { plannedWriteFlags } from '../../cli/plans/write-command.ts';

export class ShutdownsChange extends EntryCommand {
  static override summary = 'Change a shutdown: its dates, its sites.';
  static override description =
    'A date that would break something else changes nothing, and what it would break is listed. --site replaces all sites; --add-site and --remove-site change single ones. An empty value takes a key away.';
  static override examples = [
    '<%= config.bin %> shutdowns change poco-2024 --dark "end of 2025-01-31"',
    {
      description: 'In CI',
      command: '<%= config.bin %> shutdowns change poco-2024 --dark "end of 2025-01-31" --yes --no-input',
    },
    {
      description: 'For scripts',
      command: '<%= config.bin %> shutdowns change poco-2024 --dark "end of 2025-01-31" --dry-run --json',
    },
  ];
  static override args = { id: Args.string({ description: 'The shutdown.', required: true }) };
  static override flags = { ...shutdownFlags, ...entryFlag.members('site', 'site', 'ID'), ...plannedWriteFlags };

  async run(): Promise<Answer> {
    const { args, flags } = await this.parse(ShutdownsChange);
    return this.change('shutdowns', args.id, SHUTDOWN_FIELDS, flags);
  }
}
