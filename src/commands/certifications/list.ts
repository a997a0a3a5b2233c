import { type Answer, listOf } from '../../cli/answer.ts';
import { BaseCommand } from '../../cli/base-command.ts';
import { ENTRY_COLUMNS } from '../../cli/entries/columns.ts';
import { among, marketFilter } from '../../cli/entries/filters.ts';
import { listEntries } from '../../cli/entries/read.ts';
import { listFlags } from '../../cli/output/list-flags.ts';

export class CertificationsList extends BaseCommand {
  static override summary = 'List the certifications.';
  static override description = 'What a market asks for before a product may be sold there, and until when it holds.';
  static override examples = [
    '<%= config.bin %> certifications list --market us',
    { description: 'In CI', command: '<%= config.bin %> certifications list --no-input --output csv' },
    { description: 'For scripts', command: '<%= config.bin %> certifications list --json' },
  ];
  static override flags = { market: marketFilter, ...listFlags };

  async run(): Promise<Answer> {
    const { flags } = await this.parse(CertificationsList);
    const rows = await listEntries(await this.client(flags), 'certifications');
    return listOf({
      rows: rows.filter(({ spec }) => among(flags.market, spec.markets)),
      columns: ENTRY_COLUMNS.certifications,
      options: flags,
      empty: 'No certifications found.',
    });
  }
}
