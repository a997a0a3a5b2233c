import { type Answer, listOf } from '../../cli/answer.ts';
import { BaseCommand } from '../../cli/base-command.ts';
import { ENTRY_COLUMNS } from '../../cli/entries/columns.ts';
import { listEntries } from '../../cli/entries/read.ts';
import { listFlags } from '../../cli/output/list-flags.ts';

export class TaxonomiesList extends BaseCommand {
  static override summary = 'List the taxonomies; an organisation has one of its own at most.';
  static override description = 'Where there is none, the shipped one holds: `taxonomies show`.';
  static override examples = [
    '<%= config.bin %> taxonomies list',
    { description: 'In CI', command: '<%= config.bin %> taxonomies list --no-input --output csv' },
    { description: 'For scripts', command: '<%= config.bin %> taxonomies list --json' },
  ];
  static override flags = { ...listFlags };

  async run(): Promise<Answer> {
    const { flags } = await this.parse(TaxonomiesList);
    const rows = await listEntries(await this.client(flags), 'taxonomies');
    const empty = 'There is none of your own: the shipped one holds. storectl taxonomies show';
    return listOf({ rows, columns: ENTRY_COLUMNS.taxonomies, options: flags, empty });
  }
}
