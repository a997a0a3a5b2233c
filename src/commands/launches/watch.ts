import { Args, Flags } from '@oclif/core';
import { type Answer, answer, streamOf } from '../../cli/answer.ts';
import { wantsJson } from '../../cli/argv.ts';
import { BaseCommand } from '../../cli/base-command.ts';
import { requireResource } from '../../cli/entries/read.ts';
import { readStock, stockJson } from '../../cli/launches/stock.ts';
import { watchFrames } from '../../cli/launches/watch-frames.ts';
import { watchStock } from '../../cli/launches/watch-stock.ts';
import { viewOf } from '../../cli/output/view.ts';

export class LaunchesWatch extends BaseCommand {
  static override summary = 'Watch the stock of a launch fall, per market and item.';
  static override description =
    'At a terminal the table is redrawn in place; in a pipe, each change is one line, at most every ten seconds; with --output ndjson, each is one JSON value on a line of its own, at once, and there is one every ten seconds in any case. It ends when the launch has ended in every market, and goes on until Ctrl-C otherwise. With --json it is one look: one JSON value, as of every command, and the end.';
  static override examples = [
    '<%= config.bin %> launches watch mi-store-opening',
    {
      description: 'In CI',
      command: '<%= config.bin %> launches watch mi-store-opening --until-sold-out --no-input',
    },
    { description: 'For scripts', command: '<%= config.bin %> launches watch mi-store-opening --json' },
  ];
  static override args = { id: Args.string({ description: 'The launch.', required: true }) };
  static override flags = {
    'until-sold-out': Flags.boolean({ summary: 'End too when nothing is left, and nothing is only held.' }),
    every: Flags.integer({
      summary: 'Seconds between two looks.',
      helpValue: 'N',
      default: 1,
      min: 1,
      max: 3600,
    }),
    output: Flags.option({ options: ['table', 'ndjson'] as const })({
      summary: 'How to print what is seen: for people, or each look as JSON on a line of its own.',
      default: 'table',
    }),
  };

  async run(): Promise<Answer> {
    const { args, flags } = await this.parse(LaunchesWatch);
    const { surroundings } = this;
    const client = await this.client(flags);
    await requireResource(client, 'launches', args.id);
    if (wantsJson(this.argv)) return answer(stockJson(await readStock(client, args.id)), () => '');
    const looks = watchStock(client, args.id, {
      every: flags.every * 1000,
      untilSoldOut: flags['until-sold-out'],
      signal: this.signal,
    });
    const view = await viewOf('stdout', surroundings);
    const { stdout } = surroundings;
    return streamOf(watchFrames(looks, { ndjson: flags.output === 'ndjson', view, rows: () => stdout.rows ?? null }));
  }
}
