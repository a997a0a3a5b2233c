import { Args, Flags } from '@oclif/core';
import { type Answer, answer, listOf } from '../../cli/answer.ts';
import { BaseCommand } from '../../cli/base-command.ts';
import { findCatalog } from '../../cli/catalogs/find-catalog.ts';
import { linesFor } from '../../cli/catalogs/list-lines.ts';
import { LISTING_COLUMNS } from '../../cli/catalogs/listing-columns.ts';
import { showEntry } from '../../cli/entries/read.ts';
import { listFlags } from '../../cli/output/list-flags.ts';
import { api } from '../../contract/operations/index.ts';

export class CatalogsShow extends BaseCommand {
  static override summary = 'Show one catalog, or what it lists.';
  static override description =
    'Named by its id or by its market. With --listings, the products that are on sale there with their prices; the flags of lists are about those.';
  static override examples = [
    '<%= config.bin %> catalogs show us --listings',
    { description: 'In CI', command: '<%= config.bin %> catalogs show us --listings --no-input --output csv' },
    { description: 'For scripts', command: '<%= config.bin %> catalogs show us --json' },
  ];
  static override args = { catalog: Args.string({ description: 'The catalog, or its market.', required: true }) };
  static override flags = { listings: Flags.boolean({ summary: 'What it lists, and at what price.' }), ...listFlags };

  async run(): Promise<Answer> {
    const { args, flags } = await this.parse(CatalogsShow);
    const client = await this.client(flags);
    const { id } = (await findCatalog(client, args.catalog)).resource;
    if (!flags.listings) {
      const entry = await showEntry(client, 'catalogs', id);
      return answer(entry, async (view) => {
        const { renderEntry } = await import('../../cli/entries/render-entry.ts');
        return renderEntry(entry, view);
      });
    }
    const rows = await linesFor(flags, true, {
      page: async (query) => (await client.call(api.listings.list, { params: { id }, query })).value,
      all: async () => (await client.call(api.listings.export, { params: { id } })).value,
    });
    return listOf({ rows, columns: LISTING_COLUMNS, options: flags, empty: `Catalog ${id} lists nothing.` });
  }
}
