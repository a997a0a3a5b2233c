import { Args } from '@oclif/core';
import type { Answer } from '../../cli/answer.ts';
import { CATALOG_FIELDS, catalogFlags, catalogMemberFlags } from '../../cli/catalogs/catalog-fields.ts';
import { findCatalog } from '../../cli/catalogs/find-catalog.ts';
import { EntryCommand } from '../../cli/entries/entry-command.ts';
import { plannedWriteFlags } from '../../cli/plans/write-command.ts';

export class CatalogsChange extends EntryCommand {
  static override summary = 'Change what a catalog includes and excludes.';
  static override description =
    'What is not said stays as it is. What is listed or launched and would no longer be allowed blocks the change; the mode is changed by `catalogs set-mode`.';
  static override examples = [
    '<%= config.bin %> catalogs change us --add-exclude-category luggage',
    {
      description: 'In CI',
      command: '<%= config.bin %> catalogs change us --add-exclude-category luggage --yes --no-input',
    },
    {
      description: 'For scripts',
      command: '<%= config.bin %> catalogs change us --add-exclude-category luggage --dry-run --json',
    },
  ];
  static override args = { catalog: Args.string({ description: 'The catalog, or its market.', required: true }) };
  static override flags = { ...catalogFlags, ...catalogMemberFlags, ...plannedWriteFlags };

  async run(): Promise<Answer> {
    const { args, flags } = await this.parse(CatalogsChange);
    const { id } = (await findCatalog(await this.client(flags), args.catalog)).resource;
    return this.change('catalogs', id, CATALOG_FIELDS, flags);
  }
}
