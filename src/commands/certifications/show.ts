import { Args } from '@oclif/core';
import { type Answer, answer } from '../../cli/answer.ts';
import { BaseCommand } from '../../cli/base-command.ts';
import { showEntry } from '../../cli/entries/read.ts';

export class CertificationsShow extends BaseCommand {
  static override summary = 'Show one certification with all that is known of it.';
  static override description = 'When it ends is shown as it was written, in UTC, and on the clock of each market.';
  static override examples = [
    '<%= config.bin %> certifications show fcc-2015',
    { description: 'In CI', command: '<%= config.bin %> certifications show fcc-2015 --no-input' },
    { description: 'For scripts', command: '<%= config.bin %> certifications show fcc-2015 --json' },
  ];
  static override args = { id: Args.string({ description: 'The certification.', required: true }) };

  async run(): Promise<Answer> {
    const { args, flags } = await this.parse(CertificationsShow);
    const entry = await showEntry(await this.client(flags), 'certifications', args.id);
    return answer(entry, async (view) => {
      const { renderEntry } = await import('../../cli/entries/render-entry.ts');
      return renderEntry(entry, view);
    });
  }
}
