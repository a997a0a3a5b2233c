import { Args } from '@oclif/core';
import type { Answer } from '../../cli/answer.ts';
import { EntryCommand } from '../../cli/entries/entry-command.ts';
import { MARKET_FIELDS, marketFlags } from '../../cli/entries/market-fields.ts';
import { plannedWriteFlags } from '../../cli/plans/write-command.ts';

export class MarketsChange extends EntryCommand {
  static override summary = 'Change a market.';
  static override description =
    'A new time zone moves every civil time that is read in it: the plan lists each instant. An empty value takes a key away.';
  static override examples = [
    '<%= config.bin %> markets change gb --accept EUR',
    {
      description: 'In CI',
      command: '<%= config.bin %> markets change gb --accept EUR --yes --no-input',
    },
    {
      description: 'For scripts',
      command: '<%= config.bin %> markets change gb --accept EUR --dry-run --json',
    },
  ];
  static override args = { id: Args.string({ description: 'The market.', required: true }) };
  static override flags = { ...marketFlags, ...plannedWriteFlags };

  async run(): Promise<Answer> {
    const { args, flags } = await this.parse(MarketsChange);
    return this.change('markets', args.id, MARKET_FIELDS, flags);
  }
}
