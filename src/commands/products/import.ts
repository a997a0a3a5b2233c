import { Args, Flags } from '@oclif/core';
import type { Answer } from '../../cli/answer.ts';
import { productsImport } from '../../cli/catalogs/import-write.ts';
import { readSkuFiles, requireFiles } from '../../cli/catalogs/read-sku-files.ts';
import { plannedWriteFlags, WriteCommand } from '../../cli/plans/write-command.ts';

export class ProductsImport extends WriteCommand {
  static override summary = 'Bring products from files.';
  static override description =
    'CSV with the columns sku, title, category and, where there are any, components (mi-band:1 strap:2), locales (en-US fr-FR) and stock (us:500 gb:300); or NDJSON with the keys of the document and sku. Gzip or not. They are added to the products that are there, by SKU; with --replace they take the place of all of them. Every line that is wrong is reported, and then nothing is imported.';
  static override examples = [
    '<%= config.bin %> products import products.csv',
    {
      description: 'In CI',
      command: '<%= config.bin %> products import products.csv --replace --yes --allow-deletes --no-input',
    },
    { description: 'For scripts', command: '<%= config.bin %> products import - --dry-run --json < products.csv' },
  ];
  static override strict = false;
  static override args = { files: Args.string({ description: 'Files of products; - is standard input.' }) };
  static override flags = {
    replace: Flags.boolean({ summary: 'Take away every product that is not among these.' }),
    ...plannedWriteFlags,
  };

  async run(): Promise<Answer> {
    const { argv, flags } = await this.parse(ProductsImport);
    const named = requireFiles(argv.map(String), 'products');
    this.progress.update('Reading products');
    const files = await readSkuFiles(this.surroundings, 'products', named);
    const client = await this.client(flags);
    const mode = flags.replace ? 'replace' : 'merge';
    return this.carryOut(await productsImport(client, { files, mode, progress: this.progress }), flags);
  }
}
