import { Args } from '@oclif/core';
import { type Answer, answer } from '../../cli/answer.ts';
import { BaseCommand } from '../../cli/base-command.ts';
import { showEntry } from '../../cli/entries/read.ts';

export class ServicesShow extends BaseCommand {
  static override summary = 'Show one service level with all that is known of it.';
  static override description = 'Payment, delivery, duties, returns and warranty of one market.';
  static override examples = [
    '<%= config.bin %> services show us',
    { description: 'In CI', command: '<%= config.bin %> services show us --no-input' },
    { description: 'For scripts', command: '<%= config.bin %> services show us --json' },
  ];
  static override args = { id: Args.string({ description: 'The service level.', required: true }) };

  async run(): Promise<Answer> {
    const { args, flags } = await this.parse(ServicesShow);
    const entry = await showEntry(await this.client(flags), 'serviceLevels', args.id);
    return answer(entry, async (view) => {
      const { renderEntry } = await import('../../cli/entries/render-entry.ts');
      return renderEntry(entry, view);
    });
  }
}
