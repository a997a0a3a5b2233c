import { Args } from '@oclif/core';
import type { Answer } from '../../cli/answer.ts';
import { EntryCommand } from '../../cli/entries/entry-command.ts';
import { plannedWriteFlags } from '../../cli/plans/write-command.ts';

export class MarketsRemove extends EntryCommand {
  static override summary = 'Remove a market.';
  static override description = 'Sites that name it stand in the way.';
  static override examples = [
    '<%= config.bin %> markets remove pt',
    {
      description: 'In CI',
      command: '<%= config.bin %> markets remove pt --yes --allow-deletes --no-input',
    },
    {
      description: 'For scripts',
      command: '<%= config.bin %> markets remove pt --dry-run --json',
    },
  ];
  static override args = { id: Args.string({ description: 'The market.', required: true }) };
  static override flags = plannedWriteFlags;

  async run(): Promise<Answer> {
    const { args, flags } = await this.parse(MarketsRemove);
    return this.remove('markets', args.id, flags);
  }
}
