import { type Answer, listOf } from '../../cli/answer.ts';
import { BaseCommand } from '../../cli/base-command.ts';
import { ENTRY_COLUMNS } from '../../cli/entries/columns.ts';
import { among, marketFilter } from '../../cli/entries/filters.ts';
import { listEntries } from '../../cli/entries/read.ts';
import { listFlags } from '../../cli/output/list-flags.ts';

export class CatalogsList extends BaseCommand {
  static override summary = 'List the catalogs: what each market may sell.';
  static override description = 'A market has one catalog at most, and without one it sells nothing.';
  static override examples = [
    '<%= config.bin %> catalogs list --market us',
    { description: 'In CI', command: '<%= config.bin %> catalogs list --no-input --output csv' },
    { description: 'For scripts', command: '<%= config.bin %> catalogs list --json' },
  ];
  static override flags = { market: marketFilter, ...listFlags };

  async run(): Promise<Answer> {
    const { flags } = await this.parse(CatalogsList);
    const rows = await listEntries(await this.client(flags), 'catalogs');
    return listOf({
      rows: rows.filter(({ spec }) => among(flags.market, [spec.market])),
      columns: ENTRY_COLUMNS.catalogs,
      options: flags,
      empty: 'No catalogs found.',
    });
  }
}
