import { type Answer, listOf } from '../../cli/answer.ts';
import { BaseCommand } from '../../cli/base-command.ts';
import { ENTRY_COLUMNS } from '../../cli/entries/columns.ts';
import { among, siteFilter } from '../../cli/entries/filters.ts';
import { listEntries } from '../../cli/entries/read.ts';
import { listFlags } from '../../cli/output/list-flags.ts';

export class ShutdownsList extends BaseCommand {
  static override summary = 'List the shutdowns.';
  static override description = 'Dates are listed as they were written; `shutdowns show` has every instant.';
  static override examples = [
    '<%= config.bin %> shutdowns list --site poco-gb',
    { description: 'In CI', command: '<%= config.bin %> shutdowns list --no-input --output csv' },
    { description: 'For scripts', command: '<%= config.bin %> shutdowns list --json' },
  ];
  static override flags = { site: siteFilter, ...listFlags };

  async run(): Promise<Answer> {
    const { flags } = await this.parse(ShutdownsList);
    const rows = await listEntries(await this.client(flags), 'shutdowns');
    return listOf({
      rows: rows.filter(({ spec }) => among(flags.site, spec.sites)),
      columns: ENTRY_COLUMNS.shutdowns,
      options: flags,
      empty: 'No shutdowns found.',
    });
  }
}
