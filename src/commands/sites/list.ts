import { type Answer, listOf } from '../../cli/answer.ts';
import { BaseCommand } from '../../cli/base-command.ts';
import { ENTRY_COLUMNS } from '../../cli/entries/columns.ts';
import { among, marketFilter } from '../../cli/entries/filters.ts';
import { listEntries } from '../../cli/entries/read.ts';
import { listFlags } from '../../cli/output/list-flags.ts';

export class SitesList extends BaseCommand {
  static override summary = 'List the sites.';
  static override description =
    'A site is a storefront of one brand in one market. `status` says what each is at an instant.';
  static override examples = [
    '<%= config.bin %> sites list --market gb',
    { description: 'In CI', command: '<%= config.bin %> sites list --no-input --output csv' },
    { description: 'For scripts', command: '<%= config.bin %> sites list --json' },
  ];
  static override flags = { market: marketFilter, ...listFlags };

  async run(): Promise<Answer> {
    const { flags } = await this.parse(SitesList);
    const rows = await listEntries(await this.client(flags), 'sites');
    return listOf({
      rows: rows.filter(({ spec }) => among(flags.market, [spec.market])),
      columns: ENTRY_COLUMNS.sites,
      options: flags,
      empty: 'No sites found.',
    });
  }
}
