import { Flags } from '@oclif/core';
import { type Answer, listOf } from '../../cli/answer.ts';
import { BaseCommand } from '../../cli/base-command.ts';
import { linesFor } from '../../cli/catalogs/list-lines.ts';
import { requireCategory } from '../../cli/catalogs/taxonomy.ts';
import { listFlags } from '../../cli/output/list-flags.ts';
import { PRODUCT_COLUMNS } from '../../cli/products/product-columns.ts';
import { api } from '../../contract/operations/index.ts';
import { isUnder } from '../../domain/catalogs/taxonomy.ts';

export class ProductsList extends BaseCommand {
  static override summary = 'List the products, by SKU.';
  static override description =
    'With --limit and without a filter, no more of them are read than are shown. What is sold where is in `catalogs show`.';
  static override examples = [
    '<%= config.bin %> products list --category phones --limit 20',
    { description: 'In CI', command: '<%= config.bin %> products list --no-input --output csv' },
    { description: 'For scripts', command: '<%= config.bin %> products list --json' },
  ];
  static override flags = {
    category: Flags.string({
      summary: 'Only what is of this category, or lies under it.',
      helpGroup: 'LIST',
      helpValue: 'PATH',
    }),
    ...listFlags,
  };

  async run(): Promise<Answer> {
    const { flags } = await this.parse(ProductsList);
    const { category } = flags;
    const client = await this.client(flags);
    if (category !== undefined) await requireCategory(client, category, '--category');
    const rows = await linesFor(flags, category === undefined, {
      page: async (query) => (await client.call(api.products.list, { query })).value,
      all: async () => (await client.call(api.products.export)).value,
    });
    return listOf({
      rows: category === undefined ? rows : rows.filter((product) => isUnder(product.category, category)),
      columns: PRODUCT_COLUMNS,
      options: flags,
      empty: 'No products found.',
    });
  }
}
