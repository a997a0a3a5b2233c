import { Args } from '@oclif/core';
import type { Answer } from '../../cli/answer.ts';
import { EntryCommand } from '../../cli/entries/entry-command.ts';
import { entryFlag } from '../../cli/entries/flags.ts';
import { SITE_FIELDS, siteFlags } from '../../cli/entries/site-fields.ts';
import { plannedWriteFlags } from '../../cli/plans/write-command.ts';

export class SitesChange extends EntryCommand {
  static override summary = 'Change a site.';
  static override description =
    '--url replaces all of its URLs; --add-url and --remove-url change single ones. An empty value takes a key away.';
  static override examples = [
    '<%= config.bin %> sites change poco-gb --add-url https://uk.po.co/',
    {
      description: 'In CI',
      command: '<%= config.bin %> sites change poco-gb --add-url https://uk.po.co/ --yes --no-input',
    },
    {
      description: 'For scripts',
      command: '<%= config.bin %> sites change poco-gb --add-url https://uk.po.co/ --dry-run --json',
    },
  ];
  static override args = { id: Args.string({ description: 'The site.', required: true }) };
  static override flags = { ...siteFlags, ...entryFlag.members('url', 'base URL', 'URL'), ...plannedWriteFlags };

  async run(): Promise<Answer> {
    const { args, flags } = await this.parse(SitesChange);
    return this.change('sites', args.id, SITE_FIELDS, flags);
  }
}
