import { Args } from '@oclif/core';
import type { Answer } from '../../cli/answer.ts';
import { findCatalog } from '../../cli/catalogs/find-catalog.ts';
import { delistingWrite } from '../../cli/catalogs/listing-write.ts';
import { plannedWriteFlags, WriteCommand } from '../../cli/plans/write-command.ts';

export class CatalogsDelist extends WriteCommand {
  static override summary = 'Take a product off a catalog.';
  static override description = 'It is no longer sold there at once. A launch that sells it goes on doing so.';
  static override examples = [
    '<%= config.bin %> catalogs delist us mi-band',
    { description: 'In CI', command: '<%= config.bin %> catalogs delist us mi-band --yes --allow-deletes --no-input' },
    { description: 'For scripts', command: '<%= config.bin %> catalogs delist us mi-band --dry-run --json' },
  ];
  static override args = {
    catalog: Args.string({ description: 'The catalog, or its market.', required: true }),
    sku: Args.string({ description: 'The product.', required: true }),
  };
  static override flags = plannedWriteFlags;

  async run(): Promise<Answer> {
    const { args, flags } = await this.parse(CatalogsDelist);
    const client = await this.client(flags);
    const { id } = (await findCatalog(client, args.catalog)).resource;
    return this.carryOut(await delistingWrite(client, id, args.sku), flags);
  }
}
