import { Args } from '@oclif/core';
import type { Answer } from '../../cli/answer.ts';
import { findCatalog } from '../../cli/catalogs/find-catalog.ts';
import { listingFlags, listingWrite } from '../../cli/catalogs/listing-write.ts';
import { plannedWriteFlags, WriteCommand } from '../../cli/plans/write-command.ts';
import { askAtTerminal } from '../../cli/prompts/ask.ts';

const SAID = 'us mi-band --price "14.99 USD"';

export class CatalogsListProduct extends WriteCommand {
  static override summary = 'List a product in a catalog, or change its listing.';
  static override description =
    'What the catalog’s policy does not allow is refused, alone and inside a bundle. What is not said of a listing that is there stays.';
  static override examples = [
    `<%= config.bin %> catalogs list-product ${SAID}`,
    { description: 'In CI', command: `<%= config.bin %> catalogs list-product ${SAID} --yes --no-input` },
    { description: 'For scripts', command: `<%= config.bin %> catalogs list-product ${SAID} --dry-run --json` },
  ];
  static override args = {
    catalog: Args.string({ description: 'The catalog, or its market.', required: true }),
    sku: Args.string({ description: 'The product.', required: true }),
  };
  static override flags = { ...listingFlags, ...plannedWriteFlags };

  async run(): Promise<Answer> {
    const { args, flags } = await this.parse(CatalogsListProduct);
    const client = await this.client(flags);
    const { id } = (await findCatalog(client, args.catalog)).resource;
    const ask = this.mayPrompt ? askAtTerminal(this.surroundings) : null;
    return this.carryOut(await listingWrite(client, { catalog: id, sku: args.sku, said: flags, ask }), flags);
  }
}
