import { Args } from '@oclif/core';
import type { Answer } from '../../cli/answer.ts';
import { EntryCommand } from '../../cli/entries/entry-command.ts';
import { newSite } from '../../cli/entries/new-entries.ts';
import { siteFlags } from '../../cli/entries/site-fields.ts';
import { plannedWriteFlags } from '../../cli/plans/write-command.ts';

const SAID = 'poco-gb --brand poco --market gb --role legacy --url https://po.co/uk/';

export class SitesAdd extends EntryCommand {
  static override summary = 'Add a site.';
  static override description = 'Name every variant of its address that answers: they are matched exactly.';
  static override examples = [
    `<%= config.bin %> sites add ${SAID}`,
    { description: 'In CI', command: `<%= config.bin %> sites add ${SAID} --yes --no-input` },
    { description: 'For scripts', command: `<%= config.bin %> sites add ${SAID} --dry-run --json` },
  ];
  static override args = { id: Args.string({ description: 'The id of the new site.' }) };
  static override flags = { ...siteFlags, ...plannedWriteFlags };

  async run(): Promise<Answer> {
    const { args, flags } = await this.parse(SitesAdd);
    return this.create(newSite, args.id, flags);
  }
}
