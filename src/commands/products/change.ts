import { Args } from '@oclif/core';
import type { Answer } from '../../cli/answer.ts';
import { plannedWriteFlags } from '../../cli/plans/write-command.ts';
import { ProductCommand } from '../../cli/products/product-command.ts';
import { productFlags } from '../../cli/products/product-fields.ts';

export class ProductsChange extends ProductCommand {
  static override summary = 'Change a product.';
  static override description =
    'What is not said stays as it is; a list that is said replaces the whole list, and --component "" takes it away.';
  static override examples = [
    '<%= config.bin %> products change mi-band --stock us:500 --stock gb:300',
    {
      description: 'In CI',
      command: '<%= config.bin %> products change mi-band --locale en-US --locale en-GB --yes --no-input',
    },
    {
      description: 'For scripts',
      command: '<%= config.bin %> products change mi-band --title "Mi Band 1" --dry-run --json',
    },
  ];
  static override args = { sku: Args.string({ description: 'The product.', required: true }) };
  static override flags = { ...productFlags, ...plannedWriteFlags };

  async run(): Promise<Answer> {
    const { args, flags } = await this.parse(ProductsChange);
    return this.change(args.sku, flags);
  }
}
