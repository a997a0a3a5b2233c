import { Args } from '@oclif/core';
import { type Answer, answer } from '../../cli/answer.ts';
import { BaseCommand } from '../../cli/base-command.ts';
import { showEntry } from '../../cli/entries/read.ts';

export class ExceptionsShow extends BaseCommand {
  static override summary = 'Show one exception with all that is known of it.';
  static override description = 'Every time is shown as it was written, in UTC, and on the clock of each market.';
  static override examples = [
    '<%= config.bin %> exceptions show poco-india',
    { description: 'In CI', command: '<%= config.bin %> exceptions show poco-india --no-input' },
    { description: 'For scripts', command: '<%= config.bin %> exceptions show poco-india --json' },
  ];
  static override args = { id: Args.string({ description: 'The exception.', required: true }) };

  async run(): Promise<Answer> {
    const { args, flags } = await this.parse(ExceptionsShow);
    const entry = await showEntry(await this.client(flags), 'exceptions', args.id);
    return answer(entry, async (view) => {
      const { renderEntry } = await import('../../cli/entries/render-entry.ts');
      return renderEntry(entry, view);
    });
  }
}
