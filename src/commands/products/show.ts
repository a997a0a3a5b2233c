import { Args } from '@oclif/core';
import { type Answer, answer } from '../../cli/answer.ts';
import { BaseCommand } from '../../cli/base-command.ts';
import { renderFacts } from '../../cli/output/facts.ts';
import { requireProduct } from '../../cli/products/product-command.ts';
import { productFacts } from '../../cli/products/product-facts.ts';

export class ProductsShow extends BaseCommand {
  static override summary = 'Show one product.';
  static override description = 'Its category decides where it may be sold: `catalogs audit` proves it.';
  static override examples = [
    '<%= config.bin %> products show mi-band',
    { description: 'In CI', command: '<%= config.bin %> products show mi-band --no-input' },
    { description: 'For scripts', command: '<%= config.bin %> products show mi-band --json' },
  ];
  static override args = { sku: Args.string({ description: 'The product.', required: true }) };

  async run(): Promise<Answer> {
    const { args, flags } = await this.parse(ProductsShow);
    const { product } = await requireProduct(await this.client(flags), args.sku);
    return answer(product, (view) => renderFacts(productFacts(product), view));
  }
}
