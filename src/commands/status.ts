import { Flags } from '@oclif/core';
import { type Answer, answer, listOf } from '../cli/answer.ts';
import { readAskedTime } from '../cli/answers/asked-time.ts';
import { marketStandings } from '../cli/answers/market-standing.ts';
import { marketsText, marketText } from '../cli/answers/market-text.ts';
import { inPlaces, placeFlags } from '../cli/answers/place-flags.ts';
import { documentFlag, sourceFor } from '../cli/answers/source-for.ts';
import { launchesSummary, STATUS_COLUMNS, statusRows, statusSummary } from '../cli/answers/status-rows.ts';
import { BaseCommand } from '../cli/base-command.ts';
import { type ListOptions, listFlags } from '../cli/output/list-flags.ts';

export class Status extends BaseCommand {
  static override summary = 'Show every site’s state at an instant, or all that a market sells and waits for.';
  static override description =
    'A state follows from the schedules and is never set by hand, so any instant can be asked about, past or future. A time without a zone is read for each site in the zone of its own market.\n\nWith --market the answer is the market’s: its sites, its catalog, its launches and what waits for somebody. With a flag of lists, such as --output or --columns, it is the list of its sites.';
  static override examples = [
    '<%= config.bin %> status',
    {
      description: 'In CI',
      command: '<%= config.bin %> status -f storectl.yaml --at "end of 2024-12-31" --output csv --no-input',
    },
    { description: 'For scripts', command: '<%= config.bin %> status --market gb --json' },
  ];
  static override flags = {
    at: Flags.string({ summary: 'The instant asked about.', helpValue: 'TIME', default: 'now' }),
    ...placeFlags,
    ...documentFlag,
    ...listFlags,
  };

  async run(): Promise<Answer> {
    const { flags } = await this.parse(Status);
    const asked = readAskedTime(flags.at);
    const source = await sourceFor(flags.file, this.surroundings, () => this.client(flags));
    if (flags.market !== undefined && flags.site === undefined && !asksForList(flags)) {
      const standings = await marketStandings(source, flags.market, asked);
      const [only] = standings;
      return standings.length === 1 && only !== undefined
        ? answer(only, (view) => marketText(only, view))
        : answer(standings, (view) => marketsText(standings, view));
    }
    const status = await statusRows(source, asked, this.surroundings.now());
    const { rows: all, markets, warnings } = status;
    for (const message of warnings) this.addWarning({ code: 'standing', message });
    const rows = inPlaces(all, flags, markets);
    if (rows.length > 0) await this.say(statusSummary(rows));
    for (const line of launchesSummary(status.launches)) await this.say(line);
    return listOf({ rows, columns: STATUS_COLUMNS, options: flags, empty: 'There are no sites.' });
  }
}

/** Whether the form of a list was asked for, and so the sites alone. */
function asksForList({ columns, filter, sort, limit, output }: ListOptions): boolean {
  return [columns, filter, sort, limit].some((flag) => flag !== undefined) || output !== 'table';
}
