import { type Answer, listOf } from '../../cli/answer.ts';
import { BaseCommand } from '../../cli/base-command.ts';
import { ENTRY_COLUMNS } from '../../cli/entries/columns.ts';
import { among, siteFilter } from '../../cli/entries/filters.ts';
import { listEntries } from '../../cli/entries/read.ts';
import { listFlags } from '../../cli/output/list-flags.ts';

export class RedirectsList extends BaseCommand {
  static override summary = 'List the rulesets of redirect rules.';
  static override description =
    'One ruleset for each site that closes. `redirects show` has its revisions and its rules.';
  static override examples = [
    '<%= config.bin %> redirects list --site poco-gb',
    { description: 'In CI', command: '<%= config.bin %> redirects list --no-input --output csv' },
    { description: 'For scripts', command: '<%= config.bin %> redirects list --json' },
  ];
  static override flags = { site: siteFilter, ...listFlags };

  async run(): Promise<Answer> {
    const { flags } = await this.parse(RedirectsList);
    const rows = await listEntries(await this.client(flags), 'rulesets');
    return listOf({
      rows: rows.filter(({ spec }) => among(flags.site, [spec.site])),
      columns: ENTRY_COLUMNS.rulesets,
      options: flags,
      empty: 'No rulesets found.',
    });
  }
}
