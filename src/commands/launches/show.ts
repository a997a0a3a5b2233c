import { Args, Flags } from '@oclif/core';
import { type Answer, answer } from '../../cli/answer.ts';
import { BaseCommand } from '../../cli/base-command.ts';
import { showEntry } from '../../cli/entries/read.ts';
import { launchJson, launchText } from '../../cli/launches/launch-text.ts';
import { readStock } from '../../cli/launches/stock.ts';

export class LaunchesShow extends BaseCommand {
  static override summary = 'Show one launch: every market’s local times, what it sells, and what is left.';
  static override description =
    'The state of each market is that of --at, now unless told; units held, sold and left are always those of now.';
  static override examples = [
    '<%= config.bin %> launches show mi-store-opening',
    {
      description: 'In CI',
      command: '<%= config.bin %> launches show mi-store-opening --at 2015-05-19T11:00Z --no-input',
    },
    { description: 'For scripts', command: '<%= config.bin %> launches show mi-store-opening --json' },
  ];
  static override args = { id: Args.string({ description: 'The launch.', required: true }) };
  static override flags = {
    at: Flags.string({ summary: 'The instant asked about.', helpValue: 'TIME', default: 'now' }),
  };

  async run(): Promise<Answer> {
    const { args, flags } = await this.parse(LaunchesShow);
    const client = await this.client(flags);
    const entry = await showEntry(client, 'launches', args.id);
    const stock = await readStock(client, args.id, flags.at);
    return answer(launchJson(entry, stock), (view) => launchText(entry, stock, view));
  }
}
