import { Args } from '@oclif/core';
import { type Answer, answer } from '../../cli/answer.ts';
import { BaseCommand } from '../../cli/base-command.ts';
import { showEntry } from '../../cli/entries/read.ts';

export class MarketsShow extends BaseCommand {
  static override summary = 'Show one market with all that is known of it.';
  static override description = 'Every time is shown as it was written, in UTC, and on the clock of each market.';
  static override examples = [
    '<%= config.bin %> markets show gb',
    { description: 'In CI', command: '<%= config.bin %> markets show gb --no-input' },
    { description: 'For scripts', command: '<%= config.bin %> markets show gb --json' },
  ];
  static override args = { id: Args.string({ description: 'The market.', required: true }) };

  async run(): Promise<Answer> {
    const { args, flags } = await this.parse(MarketsShow);
    const entry = await showEntry(await this.client(flags), 'markets', args.id);
    return answer(entry, async (view) => {
      const { renderEntry } = await import('../../cli/entries/render-entry.ts');
      return renderEntry(entry, view);
    });
  }
}
