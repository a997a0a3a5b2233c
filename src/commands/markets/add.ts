import { Args } from '@oclif/core';
import type { Answer } from '../../cli/answer.ts';
import { EntryCommand } from '../../cli/entries/entry-command.ts';
import { marketFlags } from '../../cli/entries/market-fields.ts';
import { newMarket } from '../../cli/entries/new-entries.ts';
import { plannedWriteFlags } from '../../cli/plans/write-command.ts';

const SAID = 'gb --name "United Kingdom" --country GB --currency GBP --locale en-GB --time-zone Europe/London';

export class MarketsAdd extends EntryCommand {
  static override summary = 'Add a market.';
  static override description = 'Civil times of everything in the market are read in its time zone.';
  static override examples = [
    `<%= config.bin %> markets add ${SAID}`,
    { description: 'In CI', command: `<%= config.bin %> markets add ${SAID} --yes --no-input` },
    { description: 'For scripts', command: `<%= config.bin %> markets add ${SAID} --dry-run --json` },
  ];
  static override args = { id: Args.string({ description: 'The id of the new market.' }) };
  static override flags = { ...marketFlags, ...plannedWriteFlags };

  async run(): Promise<Answer> {
    const { args, flags } = await this.parse(MarketsAdd);
    return this.create(newMarket, args.id, flags);
  }
}
