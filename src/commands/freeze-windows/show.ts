import { Args } from '@oclif/core';
import { type Answer, answer } from '../../cli/answer.ts';
import { BaseCommand } from '../../cli/base-command.ts';
import { showEntry } from '../../cli/entries/read.ts';

export class FreezeWindowsShow extends BaseCommand {
  static override summary = 'Show one freeze window with all that is known of it.';
  static override description = 'Every time is shown as it was written, in UTC, and on the clock of each market.';
  static override examples = [
    '<%= config.bin %> freeze-windows show peak-2024',
    { description: 'In CI', command: '<%= config.bin %> freeze-windows show peak-2024 --no-input' },
    { description: 'For scripts', command: '<%= config.bin %> freeze-windows show peak-2024 --json' },
  ];
  static override args = { id: Args.string({ description: 'The freeze window.', required: true }) };

  async run(): Promise<Answer> {
    const { args, flags } = await this.parse(FreezeWindowsShow);
    const entry = await showEntry(await this.client(flags), 'freezeWindows', args.id);
    return answer(entry, async (view) => {
      const { renderEntry } = await import('../../cli/entries/render-entry.ts');
      return renderEntry(entry, view);
    });
  }
}
