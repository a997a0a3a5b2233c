import { Args } from '@oclif/core';
import type { Answer } from '../../cli/answer.ts';
import { EntryCommand } from '../../cli/entries/entry-command.ts';
import { plannedWriteFlags } from '../../cli/plans/write-command.ts';

export class TaxonomiesRemove extends EntryCommand {
  static override summary = 'Remove a taxonomy.';
  static override description =
    'The shipped one holds again: products of a category that it does not have are refused.';
  static override examples = [
    '<%= config.bin %> taxonomies remove own',
    { description: 'In CI', command: '<%= config.bin %> taxonomies remove own --yes --allow-deletes --no-input' },
    { description: 'For scripts', command: '<%= config.bin %> taxonomies remove own --dry-run --json' },
  ];
  static override args = { id: Args.string({ description: 'The taxonomy.', required: true }) };
  static override flags = plannedWriteFlags;

  async run(): Promise<Answer> {
    const { args, flags } = await this.parse(TaxonomiesRemove);
    return this.remove('taxonomies', args.id, flags);
  }
}
