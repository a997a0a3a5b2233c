import { Args } from '@oclif/core';
import { type Answer, listOf } from '../../cli/answer.ts';
import { BaseCommand } from '../../cli/base-command.ts';
import { CATEGORY_COLUMNS, categoriesOf } from '../../cli/catalogs/taxonomy.ts';
import { listFlags } from '../../cli/output/list-flags.ts';

export class TaxonomiesShow extends BaseCommand {
  static override summary = 'Show the categories that products may have, and which of them are accessories.';
  static override description =
    'The organisation’s own taxonomy, or the shipped one where it has none; `shipped` shows that one in any case. A category that is not there is unknown, and nowhere allowed.';
  static override examples = [
    '<%= config.bin %> taxonomies show',
    { description: 'In CI', command: '<%= config.bin %> taxonomies show shipped --no-input --output csv' },
    { description: 'For scripts', command: '<%= config.bin %> taxonomies show --json' },
  ];
  static override args = { taxonomy: Args.string({ description: 'The taxonomy, or shipped. [default: what holds]' }) };
  static override flags = { ...listFlags };

  async run(): Promise<Answer> {
    const { args, flags } = await this.parse(TaxonomiesShow);
    const rows = await categoriesOf(await this.client(flags), args.taxonomy);
    return listOf({ rows, columns: CATEGORY_COLUMNS, options: flags, empty: 'It has no categories.' });
  }
}
