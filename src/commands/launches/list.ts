import { type Answer, listOf } from '../../cli/answer.ts';
import { BaseCommand } from '../../cli/base-command.ts';
import { ENTRY_COLUMNS } from '../../cli/entries/columns.ts';
import { among, marketFilter } from '../../cli/entries/filters.ts';
import { listEntries } from '../../cli/entries/read.ts';
import { listFlags } from '../../cli/output/list-flags.ts';

export class LaunchesList extends BaseCommand {
  static override summary = 'List the launches.';
  static override description =
    'Times are listed as they were written; `launches calendar` has every market’s local time, and `launches show` what is left.';
  static override examples = [
    '<%= config.bin %> launches list --market us',
    { description: 'In CI', command: '<%= config.bin %> launches list --no-input --output csv' },
    { description: 'For scripts', command: '<%= config.bin %> launches list --json' },
  ];
  static override flags = { market: marketFilter, ...listFlags };

  async run(): Promise<Answer> {
    const { flags } = await this.parse(LaunchesList);
    const rows = await listEntries(await this.client(flags), 'launches');
    return listOf({
      rows: rows.filter(({ spec }) => among(flags.market, spec.markets)),
      columns: ENTRY_COLUMNS.launches,
      options: flags,
      empty: 'No launches found.',
    });
  }
}
