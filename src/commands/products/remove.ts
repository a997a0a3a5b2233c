import { Args } from '@oclif/core';
import type { Answer } from '../../cli/answer.ts';
import { plannedWriteFlags } from '../../cli/plans/write-command.ts';
import { ProductCommand } from '../../cli/products/product-command.ts';

export class ProductsRemove extends ProductCommand {
  static override summary = 'Remove a product that nothing uses.';
  static override description =
    'What a catalog lists, a launch sells, a certification covers or a bundle is made of stays until it is taken out of all of them; they are named.';
  static override examples = [
    '<%= config.bin %> products remove mi-cable',
    {
      description: 'In CI',
      command: '<%= config.bin %> products remove mi-cable --yes --allow-deletes --no-input',
    },
    { description: 'For scripts', command: '<%= config.bin %> products remove mi-cable --dry-run --json' },
  ];
  static override args = { sku: Args.string({ description: 'The product.', required: true }) };
  static override flags = plannedWriteFlags;

  async run(): Promise<Answer> {
    const { args, flags } = await this.parse(ProductsRemove);
    return this.remove(args.sku, flags);
  }
}
