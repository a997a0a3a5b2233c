import { COMMON } from '../../domain/document/resources.ts';
import { escapeControls } from '../../domain/escape.ts';
import { hang } from '../output/hang.ts';
import type { View } from '../output/view.ts';
import type { TimeView } from './entry.ts';

/** Markets that read one instant on the same clock. */
interface Clock {
  readonly utc: string;
  readonly local: string;
  /** Of all markets, with commas; empty where none is concerned. */
  readonly names: string;
}

/** Narrower than this, local time and UTC stand under each other. */
const SIDE_BY_SIDE = 60;
/** Names of markets that are longer than this stand on lines of their own. */
const LONGEST_NAMES = 20;

/** A time field in lines: what was written, then every instant that it means. */
export function renderTime(time: TimeView, view: View): readonly string[] {
  return [...hang('', escapeControls(Object.values(time)[0]?.text ?? ''), view.width), ...renderClocks(time, view)];
}

/**
 * Every instant of a time field, on each market's clock and in UTC. Markets that share both stand together, and all of
 * them are named.
 */
export function renderClocks(time: TimeView, { palette, width }: View): readonly string[] {
  const clocks = clocksOf(time);
  const nameWidth = Math.max(...clocks.map(({ names }) => names.length).filter((length) => length <= LONGEST_NAMES), 0);
  return clocks.flatMap(({ utc, local, names }) => {
    if (names === '') return [utc];
    const long = names.length > LONGEST_NAMES;
    const above = long ? hang('', names, width) : [];
    const name = (long ? '' : names).padEnd(nameWidth);
    if (width === null || width >= SIDE_BY_SIDE) return [...above, `${name}  ${local}  ${palette.faint(`= ${utc}`)}`];
    return [...above, `${name}  ${local}`, `${' '.repeat(nameWidth)}  ${palette.faint(utc)}`];
  });
}

/** The distinct instants and clocks, in the order of time. */
function clocksOf(time: TimeView): readonly Clock[] {
  const instants = Object.entries(time).map(([market, { utc, zoned }]) => ({
    market,
    utc,
    local: localOf(zoned ?? ''),
  }));
  return [...Map.groupBy(instants, ({ utc, local }) => `${utc} ${local}`).values()]
    .map((group) => ({
      utc: group[0]?.utc ?? '',
      local: group[0]?.local ?? '',
      names: escapeControls(group.flatMap(({ market }) => (market === COMMON ? [] : [market])).join(', ')),
    }))
    .toSorted((a, b) => (a.utc < b.utc ? -1 : a.utc > b.utc ? 1 : 0));
}

/** `2025-01-01T00:00:00+01:00[Europe/Paris]` as people read it: `2025-01-01 00:00 +01:00`. */
export function localOf(zoned: string): string {
  const parts = /^(.+)T(\d\d:\d\d)(:\d\d(?:\.\d+)?)?([+-]\d\d:\d\d)/.exec(zoned);
  if (parts === null) return zoned;
  const [, date, minutes, seconds = '', offset] = parts;
  return `${date} ${minutes}${seconds === ':00' ? '' : seconds} ${offset}`;
}
