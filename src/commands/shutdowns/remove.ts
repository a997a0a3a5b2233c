import { Args } from '@oclif/core';
import type { Answer } from '../../cli/answer.ts';
import { EntryCommand } from '../../cli/entries/entry-command.ts';
import { plannedWriteFlags } from '../../cli/plans/write-command.ts';

export class ShutdownsRemove extends EntryCommand {
  static override summary = 'Remove a shutdown.';
  static override description =
    'Its sites are active again. Where they are dark already, visitors notice at once and the id has to be confirmed.';
  static override examples = [
    '<%= config.bin %> shutdowns remove poco-2024',
    {
      description: 'In CI',
      command: '<%= config.bin %> shutdowns remove poco-2024 --yes --allow-deletes --confirm poco-2024 --no-input',
    },
    {
      description: 'For scripts',
      command: '<%= config.bin %> shutdowns remove poco-2024 --dry-run --json',
    },
  ];
  static override args = { id: Args.string({ description: 'The shutdown.', required: true }) };
  static override flags = plannedWriteFlags;

  async run(): Promise<Answer> {
    const { args, flags } = await this.parse(ShutdownsRemove);
    return this.remove('shutdowns', args.id, flags);
  }
}
