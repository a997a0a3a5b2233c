import { Args } from '@oclif/core';
import type { Answer } from '../../cli/answer.ts';
import { EntryCommand } from '../../cli/entries/entry-command.ts';
import { launchFlags } from '../../cli/launches/launch-fields.ts';
import { newLaunch } from '../../cli/launches/new-launch.ts';
import { plannedWriteFlags } from '../../cli/plans/write-command.ts';

const SAID =
  'mi-store-opening --kind flash-sale --market us --market gb --starts-at "2015-05-19T13:00[Europe/Berlin]" --item mi-band --item mi-headphones --price "mi-band=14.99 USD" --price "mi-headphones=79.99 USD" --allocation 500 --allocation mi-band@us=300 --limit-per-buyer 2';

export class LaunchesAdd extends EntryCommand {
  static override summary = 'Add a launch: products that go on sale in markets at a time.';
  static override description =
    'Prices, allocations and limits are said for every item (--allocation 500), for one (--allocation mi-band=500), or for one in a market (--allocation mi-band@us=300); the closest counts. An allocation is per market; a limit is per buyer, across all orders and all markets of the launch. A start without a zone is each market’s local time. At a terminal, what is missing is asked.';
  static override examples = [
    `<%= config.bin %> launches add ${SAID}`,
    { description: 'In CI', command: `<%= config.bin %> launches add ${SAID} --yes --no-input` },
    { description: 'For scripts', command: `<%= config.bin %> launches add ${SAID} --dry-run --json` },
  ];
  static override args = { id: Args.string({ description: 'The id of the new launch.' }) };
  static override flags = { ...launchFlags, ...plannedWriteFlags };

  async run(): Promise<Answer> {
    const { args, flags } = await this.parse(LaunchesAdd);
    return this.create(newLaunch, args.id, flags);
  }
}
