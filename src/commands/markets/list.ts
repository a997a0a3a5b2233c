import { type Answer, listOf } from '../../cli/answer.ts';
import { BaseCommand } from '../../cli/base-command.ts';
import { ENTRY_COLUMNS } from '../../cli/entries/columns.ts';
import { listEntries } from '../../cli/entries/read.ts';
import { listFlags } from '../../cli/output/list-flags.ts';

export class MarketsList extends BaseCommand {
  static override summary = 'List the markets.';
  static override description = 'A market is a set of countries with one offer.';
  static override examples = [
    '<%= config.bin %> markets list',
    { description: 'In CI', command: '<%= config.bin %> markets list --no-input --output csv' },
    { description: 'For scripts', command: '<%= config.bin %> markets list --json' },
  ];
  static override flags = { ...listFlags };

  async run(): Promise<Answer> {
    const { flags } = await this.parse(MarketsList);
    const rows = await listEntries(await this.client(flags), 'markets');
    return listOf({
      rows,
      columns: ENTRY_COLUMNS.markets,
      options: flags,
      empty: 'There are no markets.',
    });
  }
}
