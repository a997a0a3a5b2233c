import { Args, Flags } from '@oclif/core';
import type { Answer } from '../../cli/answer.ts';
import { findCatalog } from '../../cli/catalogs/find-catalog.ts';
import { listingsImport } from '../../cli/catalogs/import-write.ts';
import { readSkuFiles, requireFiles } from '../../cli/catalogs/read-sku-files.ts';
import { plannedWriteFlags, WriteCommand } from '../../cli/plans/write-command.ts';

export class CatalogsImport extends WriteCommand {
  static override summary = 'Bring listings from files into a catalog.';
  static override description =
    'CSV with the columns sku, price and, where there are any, from and until; or NDJSON with the keys of the document and sku. Gzip or not. They are added to the listings that are there, by SKU; with --replace they take the place of all of them. Every line that is wrong is reported, and then nothing is imported.';
  static override examples = [
    '<%= config.bin %> catalogs import us listings.csv',
    {
      description: 'In CI',
      command: '<%= config.bin %> catalogs import us listings.csv --replace --yes --allow-deletes --no-input',
    },
    { description: 'For scripts', command: '<%= config.bin %> catalogs import us - --dry-run --json < listings.csv' },
  ];
  static override strict = false;
  static override args = {
    catalog: Args.string({ description: 'The catalog, or its market.', required: true }),
    files: Args.string({ description: 'Files of listings; - is standard input.' }),
  };
  static override flags = {
    replace: Flags.boolean({ summary: 'Delist every product that is not among these.' }),
    ...plannedWriteFlags,
  };

  async run(): Promise<Answer> {
    const { argv, args, flags } = await this.parse(CatalogsImport);
    const named = requireFiles(argv.slice(1).map(String), 'listings');
    this.progress.update('Reading listings');
    const files = await readSkuFiles(this.surroundings, 'listings', named);
    const client = await this.client(flags);
    const { id } = (await findCatalog(client, args.catalog)).resource;
    const mode = flags.replace ? 'replace' : 'merge';
    return this.carryOut(await listingsImport(client, id, { files, mode, progress: this.progress }), flags);
  }
}
