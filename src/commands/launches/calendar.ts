import { Flags } from '@oclif/core';
import { type Answer, answer } from '../../cli/answer.ts';
import { readAskedTime } from '../../cli/answers/asked-time.ts';
import { BaseCommand } from '../../cli/base-command.ts';
import { among, marketFilter } from '../../cli/entries/filters.ts';
import { calendarJson, calendarText } from '../../cli/launches/calendar-text.ts';
import { api } from '../../contract/operations/index.ts';

export class LaunchesCalendar extends BaseCommand {
  static override summary = 'Show every launch in order of its start, on each market’s clock and in UTC.';
  static override description =
    'With what each launch is now, and what stands in its way: a site that does not sell then, a freeze window, another launch of the same product, an exception. In a pipe, one line per launch and market.';
  static override examples = [
    '<%= config.bin %> launches calendar',
    {
      description: 'In CI',
      command: '<%= config.bin %> launches calendar --from 2015-05-01T00:00Z --until 2015-06-01T00:00Z --no-input',
    },
    { description: 'For scripts', command: '<%= config.bin %> launches calendar --market us --json' },
  ];
  static override flags = {
    market: marketFilter,
    from: Flags.string({ summary: 'Show launches that run from this instant on.', helpValue: 'TIME' }),
    until: Flags.string({ summary: 'Show launches that start before this instant.', helpValue: 'TIME' }),
  };

  async run(): Promise<Answer> {
    const { flags } = await this.parse(LaunchesCalendar);
    const query = {
      ...(flags.from === undefined ? {} : { from: readAskedTime(flags.from, '--from').text }),
      ...(flags.until === undefined ? {} : { until: readAskedTime(flags.until, '--until').text }),
    };
    const { value } = await (await this.client(flags)).call(api.launchStock.calendar, { query });
    const calendar = { ...value, entries: value.entries.filter(({ market }) => among(flags.market, [market])) };
    return answer(calendarJson(calendar), (view) => calendarText(calendar, view));
  }
}
