import { Temporal } from 'temporal-polyfill';
import { EXIT, Failure } from '../failure.ts';
import { occurrences, offsetAt, timeAmbiguous, timeSkipped } from './clock-change.ts';
import { invalidTime, quoted } from './invalid-time.ts';
import {
  parseWrittenTime,
  type WrittenCivil,
  type WrittenDay,
  type WrittenTime,
  type WrittenZoned,
} from './written-time.ts';
import { requireZone } from './zone.ts';

/** The instant a written time stands for in one zone, with all that is needed to check it again later. */
export interface ResolvedTime {
  /** As written. */
  readonly text: string;
  /** Epoch milliseconds. */
  readonly at: number;
  /** The market's zone it was read in; null for a common instant, which has its own zone or offset. */
  readonly zone: string | null;
  /** Version of the tz database that was used, such as `2025b`. */
  readonly tzdb: string;
}

/**
 * The instant that `written` stands for.
 *
 * `start of D` and `end of D` always have one: where midnight is skipped, the day starts with the first instant after
 * it; where it happens twice, with the first; a day that a zone skips as a whole (Pacific/Apia, 2011-12-30) starts
 * and ends with the first instant of the next one. So the end of D is the start of D + 1 in every zone.
 *
 * @param zone the market's IANA zone; not looked at where a zone or an offset was written. null: there is no market.
 * @param tzdb version of the runtime's tz database; it is kept with the result.
 * @throws Failure `zone-needed`, `unknown-zone`, `time-skipped`, `time-ambiguous`, or `invalid-time` where an offset
 * contradicts its zone.
 */
export function resolveTime(written: WrittenTime, zone: string | null, tzdb: string): ResolvedTime {
  const { text } = written;
  switch (written.kind) {
    case 'instant':
      return { text, at: instantOf(written.civil + written.offset), zone: null, tzdb };
    case 'zoned':
      return { text, at: zonedInstant(written), zone: null, tzdb };
    case 'civil': {
      const market = marketZone(written, zone);
      return { text, at: civilInstant(written, market), zone: market, tzdb };
    }
    case 'start-of':
    case 'end-of': {
      if (written.zone !== null) return { text, at: dayBoundary(written, written.zone), zone: null, tzdb };
      const market = marketZone(written, zone);
      return { text, at: dayBoundary(written, market), zone: market, tzdb };
    }
  }
}

/**
 * Epoch milliseconds of a time flag: any written form, or `now`.
 *
 * @param now epoch milliseconds.
 * @throws Failure as `parseWrittenTime` and `resolveTime` do.
 */
export function parseAt(text: string, now: number, zone: string | null, tzdb: string): number {
  if (/^\s*now\s*$/i.test(text)) return now;
  return resolveTime(parseWrittenTime(text), zone, tzdb).at;
}

function instantOf(text: string): number {
  return Temporal.Instant.from(text).epochMilliseconds;
}

function marketZone(written: WrittenTime, zone: string | null): string {
  if (zone !== null) return requireZone(zone);
  const bare = bareText(written);
  throw new Failure({
    code: 'zone-needed',
    exit: EXIT.usage,
    message: `${quoted(written.text)} has no time zone, and no market gives it one here`,
    remedy: `Write a zone, ${bare}[Europe/Paris], or an offset, ${bare}Z`,
    details: { text: written.text },
  });
}

/** What was written, in its plain spelling and without zone or offset. */
function bareText(written: WrittenTime): string {
  switch (written.kind) {
    case 'instant':
    case 'zoned':
    case 'civil':
      return written.civil;
    case 'start-of':
      return `start of ${written.date}`;
    case 'end-of':
      return `end of ${written.date}`;
  }
}

function dayBoundary(written: WrittenDay, zone: string): number {
  const date = Temporal.PlainDate.from(written.date);
  const day = written.kind === 'start-of' ? date : date.add({ days: 1 });
  return day.toZonedDateTime(zone).epochMilliseconds;
}

function zonedInstant(written: WrittenZoned): number {
  const { text, civil, offset, zone } = written;
  if (offset === null) return civilInstant(written, zone);
  // RFC 9557: with `Z` the instant is known and the zone is only how to show it.
  if (offset === 'Z') return instantOf(`${civil}Z`);
  const at = occurrences(civil, zone);
  const offsets = at.map((one) => offsetAt(one, zone));
  const found = at[offsets.indexOf(offset)];
  if (found !== undefined) return found;
  if (at.length === 0) throw timeSkipped(written, zone);
  const remedy = `Write ${offsets.map((one) => `${civil}${one}[${zone}]`).join(' or ')}, or leave out the zone`;
  const fault = `contradicts itself: the offset of ${zone} is ${offsets.join(' or ')} then, not ${offset}`;
  throw invalidTime(text, 'offset-contradicts-zone', fault, remedy);
}

function civilInstant(written: WrittenCivil | WrittenZoned, zone: string): number {
  const [first, second] = occurrences(written.civil, zone);
  if (first === undefined) throw timeSkipped(written, zone);
  if (second !== undefined) throw timeAmbiguous(written, zone, [first, second]);
  return first;
}
