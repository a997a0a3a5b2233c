import { Args, Flags } from '@oclif/core';
import type { Answer } from '../../cli/answer.ts';
import { taxonomyOf } from '../../cli/catalogs/taxonomy.ts';
import { requireId } from '../../cli/entries/entry-id.ts';
import { entryWrite } from '../../cli/entries/entry-write.ts';
import { entryFlag } from '../../cli/entries/flags.ts';
import { plannedWriteFlags, WriteCommand } from '../../cli/plans/write-command.ts';

const SAID = 'own --extend --accessory "audio/amplifiers=Amplifiers" --other "garden/mowers=Mowers"';

export class TaxonomiesAdd extends WriteCommand {
  static override summary = 'Add the organisation’s own taxonomy, in place of the shipped one.';
  static override description =
    'With --extend it begins with the shipped categories. It decides for every market at once: products of a category that it does not have are refused.';
  static override examples = [
    `<%= config.bin %> taxonomies add ${SAID}`,
    { description: 'In CI', command: `<%= config.bin %> taxonomies add ${SAID} --yes --no-input` },
    { description: 'For scripts', command: `<%= config.bin %> taxonomies add ${SAID} --dry-run --json` },
  ];
  static override args = { id: Args.string({ description: 'The id of the new taxonomy.', required: true }) };
  static override flags = {
    extend: Flags.boolean({ summary: 'Begin with the shipped categories.', helpGroup: 'ENTRY' }),
    accessory: entryFlag.list('A category that may be sold where only accessories may; repeatable.', 'PATH[=TITLE]'),
    other: entryFlag.list('A category that may not; repeatable.', 'PATH[=TITLE]'),
    ...plannedWriteFlags,
  };

  async run(): Promise<Answer> {
    const { args, flags } = await this.parse(TaxonomiesAdd);
    requireId(args.id);
    const spec = { ...taxonomyOf(flags) };
    const client = await this.client(flags);
    const write = { section: 'taxonomies', id: args.id, spec, etag: null, fields: [] } as const;
    return this.carryOut(entryWrite(client, write), flags);
  }
}
