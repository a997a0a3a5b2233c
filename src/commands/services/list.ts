import { type Answer, listOf } from '../../cli/answer.ts';
import { BaseCommand } from '../../cli/base-command.ts';
import { ENTRY_COLUMNS } from '../../cli/entries/columns.ts';
import { among, marketFilter } from '../../cli/entries/filters.ts';
import { listEntries } from '../../cli/entries/read.ts';
import { listFlags } from '../../cli/output/list-flags.ts';

export class ServicesList extends BaseCommand {
  static override summary = 'List the service levels.';
  static override description =
    'What each market promises after the sale: payment, delivery, duties, returns, warranty.';
  static override examples = [
    '<%= config.bin %> services list --market us',
    { description: 'In CI', command: '<%= config.bin %> services list --no-input --output csv' },
    { description: 'For scripts', command: '<%= config.bin %> services list --json' },
  ];
  static override flags = { market: marketFilter, ...listFlags };

  async run(): Promise<Answer> {
    const { flags } = await this.parse(ServicesList);
    const rows = await listEntries(await this.client(flags), 'serviceLevels');
    return listOf({
      rows: rows.filter(({ spec }) => among(flags.market, [spec.market])),
      columns: ENTRY_COLUMNS.serviceLevels,
      options: flags,
      empty: 'No service levels found.',
    });
  }
}
