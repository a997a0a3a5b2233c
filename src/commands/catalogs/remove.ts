import { Args } from '@oclif/core';
import type { Answer } from '../../cli/answer.ts';
import { EntryCommand } from '../../cli/entries/entry-command.ts';
import { plannedWriteFlags } from '../../cli/plans/write-command.ts';

export class CatalogsRemove extends EntryCommand {
  static override summary = 'Remove a catalog with all that it lists.';
  static override description =
    'Its market then sells nothing. While a launch there is to come, the guard of policies blocks it.';
  static override examples = [
    '<%= config.bin %> catalogs remove de',
    { description: 'In CI', command: '<%= config.bin %> catalogs remove de --yes --allow-deletes --no-input' },
    { description: 'For scripts', command: '<%= config.bin %> catalogs remove de --dry-run --json' },
  ];
  static override args = { catalog: Args.string({ description: 'The catalog.', required: true }) };
  static override flags = plannedWriteFlags;

  async run(): Promise<Answer> {
    const { args, flags } = await this.parse(CatalogsRemove);
    return this.remove('catalogs', args.catalog, flags);
  }
}
