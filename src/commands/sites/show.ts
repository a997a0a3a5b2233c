import { Args } from '@oclif/core';
import { type Answer, answer } from '../../cli/answer.ts';
import { BaseCommand } from '../../cli/base-command.ts';
import { showEntry } from '../../cli/entries/read.ts';

export class SitesShow extends BaseCommand {
  static override summary = 'Show one site with all that is known of it.';
  static override description = 'Every time is shown as it was written, in UTC, and on the clock of each market.';
  static override examples = [
    '<%= config.bin %> sites show poco-gb',
    { description: 'In CI', command: '<%= config.bin %> sites show poco-gb --no-input' },
    { description: 'For scripts', command: '<%= config.bin %> sites show poco-gb --json' },
  ];
  static override args = { id: Args.string({ description: 'The site.', required: true }) };

  async run(): Promise<Answer> {
    const { args, flags } = await this.parse(SitesShow);
    const entry = await showEntry(await this.client(flags), 'sites', args.id);
    return answer(entry, async (view) => {
      const { renderEntry } = await import('../../cli/entries/render-entry.ts');
      return renderEntry(entry, view);
    });
  }
}
