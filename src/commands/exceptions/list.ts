import { type Answer, listOf } from '../../cli/answer.ts';
import { BaseCommand } from '../../cli/base-command.ts';
import { ENTRY_COLUMNS } from '../../cli/entries/columns.ts';
import { exceptionsConcerning } from '../../cli/entries/concerns.ts';
import { marketFilter, siteFilter } from '../../cli/entries/filters.ts';
import { listEntries } from '../../cli/entries/read.ts';
import { listFlags } from '../../cli/output/list-flags.ts';

export class ExceptionsList extends BaseCommand {
  static override summary = 'List the exceptions.';
  static override description = 'An exception outranks every rule and every shutdown, for exactly what it names.';
  static override examples = [
    '<%= config.bin %> exceptions list --market in',
    { description: 'In CI', command: '<%= config.bin %> exceptions list --no-input --output csv' },
    { description: 'For scripts', command: '<%= config.bin %> exceptions list --json' },
  ];
  static override flags = { site: siteFilter, market: marketFilter, ...listFlags };

  async run(): Promise<Answer> {
    const { flags } = await this.parse(ExceptionsList);
    const client = await this.client(flags);
    return listOf({
      rows: await exceptionsConcerning(client, await listEntries(client, 'exceptions'), flags),
      columns: ENTRY_COLUMNS.exceptions,
      options: flags,
      empty: 'No exceptions found.',
    });
  }
}
