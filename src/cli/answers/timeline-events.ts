import { escapeControls } from '../../domain/escape.ts';
import type { TimelineEvent, TimelineKind } from '../../domain/state/timeline.ts';
import { humanDistance } from '../../domain/time/duration.ts';
import { formatInstant, formatLocal } from '../../domain/time/format-time.ts';
import type { Column } from '../output/columns.ts';
import { flow } from '../output/flow.ts';
import type { View } from '../output/view.ts';
import type { Timeline } from './timeline-result.ts';

export const KIND_TEXT: Readonly<Record<TimelineKind, string>> = {
  opens: 'opens',
  announced: 'announced',
  freeze: 'freeze',
  voucherCutoff: 'voucher cutoff',
  dark: 'dark',
  redirectsUntil: 'redirects end',
  'exception-starts': 'exception starts',
  'exception-ends': 'exception ends',
  'exception-review': 'review due',
  'freeze-window-from': 'freeze window begins',
  'freeze-window-until': 'freeze window ends',
  revision: 'revision in force',
  'launch-starts': 'launch starts',
  'launch-ends': 'launch ends',
};

/** One event a row, for pipes. */
export const EVENT_COLUMNS: readonly Column<TimelineEvent>[] = [
  { key: 'at', header: 'AT', value: ({ at }) => formatInstant(at), keep: true },
  { key: 'kind', header: 'KIND', value: ({ kind }) => kind },
  { key: 'subject', header: 'SUBJECT', value: ({ subject }) => subject, keep: true },
  { key: 'site', header: 'SITE', value: ({ site }) => site },
  { key: 'market', header: 'MARKET', value: ({ market }) => market },
  { key: 'local', header: 'LOCAL TIME', value: ({ at, zone }) => (zone === null ? '' : formatLocal(at, zone)) },
  { key: 'zone', header: 'ZONE', value: ({ zone }) => zone },
  {
    key: 'effect',
    header: 'EFFECT',
    value: ({ kind, effective }) => (effective ? 'yes' : isLaunch(kind) ? 'cancelled' : 'exempt'),
  },
  { key: 'text', header: 'WRITTEN', value: ({ text }) => text },
];

/** Events that are one to a reader: the same thing at the same instant, in several markets or for several sites. */
export interface EventGroup {
  readonly at: number;
  readonly kind: TimelineKind;
  readonly subject: string;
  readonly text: string | null;
  readonly places: readonly EventPlace[];
}

/** What happens in one market at that instant. */
export interface EventPlace {
  readonly market: string;
  readonly zone: string | null;
  readonly sites: readonly string[];
  /** False where an exception keeps it away from these sites. */
  readonly effective: boolean;
}

/** Groups events that come in order of time. */
export function groupEvents(events: readonly TimelineEvent[]): readonly EventGroup[] {
  const groups = new Map<string, { group: EventGroup; places: Map<string, EventPlace & { sites: string[] }> }>();
  for (const { at, kind, subject, text, site, market, zone, effective } of events) {
    const key = `${at} ${kind} ${subject}`;
    const known = groups.get(key) ?? { group: { at, kind, subject, text, places: [] }, places: new Map() };
    groups.set(key, known);
    if (market === null) continue;
    const placeKey = `${market} ${effective}`;
    const place = known.places.get(placeKey) ?? { market, zone, sites: [], effective };
    known.places.set(placeKey, place);
    if (site !== null) place.sites.push(site);
  }
  return [...groups.values()].map(({ group, places }) => ({ ...group, places: [...places.values()] }));
}

/** More markets than this at one instant share a line where their clocks show the same. */
const MOST_PLACES = 6;
/** More names than this in a row are counted. */
const MOST_NAMES = 3;
/** The length of an instant in UTC, and a gap. */
const INDENT = 22;

/** Every event with its instant in UTC and on each market's clock, and where now is among them. */
export function eventsText({ events, now }: Pick<Timeline, 'events' | 'now'>, view: View): string {
  const { palette } = view;
  const lines: string[] = [];
  let past = true;
  const mark = (): void => {
    lines.push(palette.caution(`${formatInstant(now - (now % 1000))}  ◀ now`));
    past = false;
  };
  for (const group of groupEvents(events)) {
    if (past && group.at > now) mark();
    for (const line of groupLines(group, now, view)) lines.push(line);
  }
  if (past && lines.length > 0) mark();
  return lines.join('\n');
}

function groupLines(group: EventGroup, now: number, { palette, width }: View): readonly string[] {
  const { at, kind, subject, text, places } = group;
  // Local times stand under what happens, to the right of all UTC ones, where there is room.
  const indent = ' '.repeat((width ?? 0) < 80 ? 2 : INDENT);
  const head = [
    formatInstant(at),
    palette.strong(KIND_TEXT[kind]),
    palette.id(escapeControls(subject)),
    text === null ? '' : palette.faint(escapeControls(text)),
    palette.faint(humanDistance(at, now)),
  ];
  const lines = places.length > MOST_PLACES ? crowdParts(group) : places.map((place) => placeParts(place, group));
  return [
    flow(head, { width, used: 0, indent }),
    ...lines.map((parts) => `${indent}${flow(parts, { width, used: indent.length, indent: `${indent}  ` })}`),
  ];
}

function placeParts({ market, zone, sites, effective }: EventPlace, { at, kind }: EventGroup): readonly string[] {
  const named = sites.length === 0 ? '' : `: ${namesText(sites)}`;
  return [zone === null ? '' : formatLocal(at, zone), `${escapeControls(market)}${named}`, effectText(kind, effective)];
}

/** Many markets at one instant: those whose clocks show the same are one line, and counted. */
function crowdParts({ places, at, kind }: EventGroup): readonly (readonly string[])[] {
  const lines = new Map<string, { local: string; effective: boolean; markets: string[]; sites: number }>();
  for (const { market, zone, sites, effective } of places) {
    const local = zone === null ? '' : formatLocal(at, zone);
    const key = `${local} ${effective}`;
    const line = lines.get(key) ?? { local, effective, markets: [], sites: 0 };
    lines.set(key, line);
    line.markets.push(market);
    line.sites += sites.length;
  }
  return [...lines.values()].map(({ local, effective, markets, sites }) => [
    local,
    namesText(markets),
    sites === 0 ? '' : `(${sites} sites)`,
    effectText(kind, effective),
  ]);
}

function namesText(names: readonly string[]): string {
  const more = names.length > MOST_NAMES ? ` and ${names.length - MOST_NAMES} more` : '';
  return `${escapeControls(names.slice(0, MOST_NAMES).join(', '))}${more}`;
}

function effectText(kind: TimelineKind, effective: boolean): string {
  if (effective) return '';
  return isLaunch(kind) ? 'cancelled' : 'exempt: does not happen here';
}

function isLaunch(kind: TimelineKind): boolean {
  return kind === 'launch-starts' || kind === 'launch-ends';
}
