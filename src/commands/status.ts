import { Flags } from '@oclif/core';
import { type Answer, listOf } from '../cli/answer.ts';
import { readAskedTime } from '../cli/answers/asked-time.ts';
import { inPlaces, placeFlags } from '../cli/answers/place-flags.ts';
import { documentFlag, sourceFor } from '../cli/answers/source-for.ts';
import { STATUS_COLUMNS, statusRows, statusSummary } from '../cli/answers/status-rows.ts';
import { BaseCommand } from '../cli/base-command.ts';
import { listFlags } from '../cli/output/list-flags.ts';

export class Status extends BaseCommand {
  static override summary = 'Show every site’s state at an instant, and when it next changes.';
  static override description =
    'A state follows from the schedules and is never set by hand, so any instant can be asked about, past or future. A time without a zone is read for each site in the zone of its own market.';
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
    const { rows: all, markets, warnings } = await statusRows(source, asked, this.surroundings.now());
    for (const message of warnings) this.addWarning({ code: 'standing', message });
    const rows = inPlaces(all, flags, markets);
    if (rows.length > 0) await this.say(statusSummary(rows));
    return listOf({ rows, columns: STATUS_COLUMNS, options: flags, empty: 'There are no sites.' });
  }
}
