import { escapeControls } from '../../domain/escape.ts';
import type { CalendarEntry } from '../../domain/launches/calendar.ts';
import { humanDistance } from '../../domain/time/duration.ts';
import { formatInstant, formatLocal } from '../../domain/time/format-time.ts';
import { weekdayOf } from '../../domain/time/weekday.ts';
import { utc, zoned } from '../answers/moments.ts';
import type { Column } from '../output/columns.ts';
import { tabLines } from '../output/delimited.ts';
import { flow } from '../output/flow.ts';
import { hang } from '../output/hang.ts';
import type { View } from '../output/view.ts';
import { clockLines } from './market-clocks.ts';

export interface Calendar {
  /** Epoch milliseconds, on the platform's clock. */
  readonly now: number;
  readonly entries: readonly CalendarEntry[];
}

const COLUMNS: readonly Column<CalendarEntry>[] = [
  { key: 'startsAt', header: 'STARTS AT', value: ({ startsAt }) => formatInstant(startsAt) },
  { key: 'endsAt', header: 'ENDS AT', value: ({ endsAt }) => utc(endsAt) },
  { key: 'launch', header: 'LAUNCH', value: ({ launch }) => launch },
  { key: 'market', header: 'MARKET', value: ({ market }) => market },
  { key: 'state', header: 'STATE', value: ({ state }) => state },
  { key: 'weekday', header: 'DAY', value: ({ startsAt, zone }) => (zone === null ? '' : weekdayOf(startsAt, zone)) },
  { key: 'localStart', header: 'LOCAL START', value: ({ startsAt, zone }) => local(startsAt, zone) },
  { key: 'localEnd', header: 'LOCAL END', value: ({ endsAt, zone }) => (endsAt === null ? '' : local(endsAt, zone)) },
  { key: 'zone', header: 'ZONE', value: ({ zone }) => zone },
  {
    key: 'conflicts',
    header: 'CONFLICTS',
    value: ({ conflicts }) => conflicts.map(({ message }) => message).join('; '),
  },
];

function local(at: number, zone: string | null): string {
  return zone === null ? '' : formatLocal(at, zone);
}

/** As --json gives it: instants in RFC 3339 UTC, and in RFC 9557 in each market's zone. */
export function calendarJson({ now, entries }: Calendar): object {
  return {
    now: utc(now),
    entries: entries.map(({ startsAt, endsAt, zone, ...entry }) => ({
      ...entry,
      startsAt: utc(startsAt),
      endsAt: utc(endsAt),
      local:
        zone === null
          ? null
          : {
              startsAt: zoned(startsAt, zone),
              endsAt: zoned(endsAt, zone),
              weekday: weekdayOf(startsAt, zone),
              zone,
            },
    })),
  };
}

/** Launches in order of their first start; under each, its markets by their clocks, and what stands in its way. */
export function calendarText({ now, entries }: Calendar, view: View): string {
  if (view.width === null) return tabLines(entries, COLUMNS).join('\n');
  if (entries.length === 0) return 'No launch is planned in this time.';
  const launches = [...Map.groupBy(entries, ({ launch }) => launch).values()];
  return launches.map((own) => launchLines(own, now, view).join('\n')).join('\n\n');
}

function launchLines(entries: readonly CalendarEntry[], now: number, view: View): readonly string[] {
  const { palette, width } = view;
  const [first] = entries;
  if (first === undefined) return [];
  const head = [
    palette.id(first.launch),
    first.kind,
    first.title === null ? '' : escapeControls(first.title),
    palette.faint(humanDistance(first.startsAt, now)),
  ];
  const messages = [...new Set(entries.flatMap(({ conflicts }) => conflicts.map((one) => conflictText(one))))];
  return [
    flow(head, { width, used: 0, indent: '  ' }),
    ...hang('  sells  ', first.skus.join(', '), width),
    ...clockLines(entries, view, '  '),
    ...messages.flatMap((message) => hang('  ! ', message, width).map(palette.caution)),
  ];
}

function conflictText({ blocks, message }: CalendarEntry['conflicts'][number]): string {
  return escapeControls(`${blocks ? 'blocked' : 'note'}: ${message}`);
}
