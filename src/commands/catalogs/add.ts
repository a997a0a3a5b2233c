import { Args } from '@oclif/core';
import type { Answer } from '../../cli/answer.ts';
import { newCatalogFlags } from '../../cli/catalogs/catalog-fields.ts';
import { EntryCommand } from '../../cli/entries/entry-command.ts';
import { newCatalog } from '../../cli/entries/new-openings.ts';
import { plannedWriteFlags } from '../../cli/plans/write-command.ts';

const SAID = 'us --market us --mode accessories-only';

export class CatalogsAdd extends EntryCommand {
  static override summary = 'Add the catalog of a market.';
  static override description =
    'A deeper category outranks a shallower one, and a product a category; where an inclusion and an exclusion are equal, the exclusion wins. No inclusion readmits what the mode never sells: that takes an exception.';
  static override examples = [
    `<%= config.bin %> catalogs add ${SAID}`,
    { description: 'In CI', command: `<%= config.bin %> catalogs add ${SAID} --yes --no-input` },
    { description: 'For scripts', command: `<%= config.bin %> catalogs add ${SAID} --dry-run --json` },
  ];
  static override args = { id: Args.string({ description: 'The id of the new catalog; the market’s is a good one.' }) };
  static override flags = { ...newCatalogFlags, ...plannedWriteFlags };

  async run(): Promise<Answer> {
    const { args, flags } = await this.parse(CatalogsAdd);
    return this.create(newCatalog, args.id, flags);
  }
}
