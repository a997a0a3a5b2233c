import { Args } from '@oclif/core';
import { type Answer, answer } from '../../cli/answer.ts';
import { BaseCommand } from '../../cli/base-command.ts';
import { showEntry } from '../../cli/entries/read.ts';

export class AssertionsShow extends BaseCommand {
  static override summary = 'Show one assertion with all that is known of it.';
  static override description = 'Every time is shown as it was written, in UTC, and on the clock of each market.';
  static override examples = [
    '<%= config.bin %> assertions show india-stays',
    { description: 'In CI', command: '<%= config.bin %> assertions show india-stays --no-input' },
    { description: 'For scripts', command: '<%= config.bin %> assertions show india-stays --json' },
  ];
  static override args = { id: Args.string({ description: 'The assertion.', required: true }) };

  async run(): Promise<Answer> {
    const { args, flags } = await this.parse(AssertionsShow);
    const entry = await showEntry(await this.client(flags), 'assertions', args.id);
    return answer(entry, async (view) => {
      const { renderEntry } = await import('../../cli/entries/render-entry.ts');
      return renderEntry(entry, view);
    });
  }
}
