import { Args } from '@oclif/core';
import type { Answer } from '../../cli/answer.ts';
import { plannedWriteFlags } from '../../cli/plans/write-command.ts';
import { ProductCommand } from '../../cli/products/product-command.ts';
import { productFlags } from '../../cli/products/product-fields.ts';

const SAID = 'mi-band --title "Mi Band" --category wearables/fitness-bands';

export class ProductsAdd extends ProductCommand {
  static override summary = 'Add a product.';
  static override description =
    'A bundle names what it is made of. Many products at once come from a file: `products import`.';
  static override examples = [
    `<%= config.bin %> products add ${SAID}`,
    { description: 'In CI', command: `<%= config.bin %> products add ${SAID} --yes --no-input` },
    { description: 'For scripts', command: `<%= config.bin %> products add ${SAID} --dry-run --json` },
  ];
  static override args = { sku: Args.string({ description: 'The SKU of the new product.' }) };
  static override flags = { ...productFlags, ...plannedWriteFlags };

  async run(): Promise<Answer> {
    const { args, flags } = await this.parse(ProductsAdd);
    return this.create(args.sku, flags);
  }
}
