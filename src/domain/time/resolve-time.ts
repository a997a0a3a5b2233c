import { Temporal } from 'temporal-polyfill';
import { EXIT, Failure } from '../failure.ts';
import { invalidTime, quoted } from './invalid-time.ts';
import { parseWrittenTime, type WrittenDay, type WrittenTime, type WrittenZoned } from './written-time.ts';
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
      return { text, at: civilInstant(text, written.civil, market), zone: market, tzdb };
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

/** Epoch milliseconds at which a civil time happens in a zone: none where a clock change skips it, two where it repeats it. */
export function occurrences(civil: string, zone: string): readonly number[] {
  const plain = Temporal.PlainDateTime.from(civil);
  const earlier = plain.toZonedDateTime(zone, { disambiguation: 'earlier' });
  const later = plain.toZonedDateTime(zone, { disambiguation: 'later' });
  if (earlier.epochMilliseconds === later.epochMilliseconds) return [earlier.epochMilliseconds];
  return earlier.toPlainDateTime().equals(plain) ? [earlier.epochMilliseconds, later.epochMilliseconds] : [];
}

function instantOf(text: string): number {
  return Temporal.Instant.from(text).epochMilliseconds;
}

function marketZone(written: WrittenTime, zone: string | null): string {
  if (zone !== null) return requireZone(zone);
  throw new Failure({
    code: 'zone-needed',
    exit: EXIT.usage,
    message: `${quoted(written.text)} has no time zone, and no market gives it one here`,
    remedy: `Write a zone, ${written.text}[Europe/Paris], or an offset, ${written.text}Z`,
    details: { text: written.text },
  });
}

function dayBoundary(written: WrittenDay, zone: string): number {
  const date = Temporal.PlainDate.from(written.date);
  const day = written.kind === 'start-of' ? date : date.add({ days: 1 });
  return day.toZonedDateTime(zone).epochMilliseconds;
}

function zonedInstant({ text, civil, offset, zone }: WrittenZoned): number {
  if (offset === null) return civilInstant(text, civil, zone);
  // RFC 9557: with `Z` the instant is known and the zone is only how to show it.
  if (offset === 'Z') return instantOf(`${civil}Z`);
  const at = occurrences(civil, zone);
  const offsets = at.map((one) => offsetAt(one, zone));
  const found = at[offsets.indexOf(offset)];
  if (found !== undefined) return found;
  if (at.length === 0) throw skipped(text, civil, zone);
  const remedy = `Write ${offsets.map((one) => `${civil}${one}[${zone}]`).join(' or ')}, or leave out the zone`;
  const fault = `contradicts itself: the offset of ${zone} is ${offsets.join(' or ')} then, not ${offset}`;
  throw invalidTime(text, 'offset-contradicts-zone', fault, remedy);
}

function civilInstant(text: string, civil: string, zone: string): number {
  const at = occurrences(civil, zone);
  const [first, second] = at;
  if (first === undefined) throw skipped(text, civil, zone);
  if (second === undefined) return first;
  const [one, other] = [offsetAt(first, zone), offsetAt(second, zone)];
  throw new Failure({
    code: 'time-ambiguous',
    exit: EXIT.usage,
    message: `${quoted(text)} happens twice in ${zone}: at ${one} and, after the clocks go back, at ${other}`,
    remedy: `Write ${civil}${one}[${zone}] for the first or ${civil}${other}[${zone}] for the second`,
    details: { text, zone, at, offsets: [one, other] },
  });
}

function skipped(text: string, civil: string, zone: string): Failure {
  const plain = Temporal.PlainDateTime.from(civil);
  const shiftedBack = plain.toZonedDateTime(zone, { disambiguation: 'earlier' });
  // The change lies after the time that is shifted back by the gap's length, and no other change lies between.
  const change = shiftedBack.getTimeZoneTransition('next') ?? shiftedBack;
  const [before, after] = [shortCivil(change.subtract({ minutes: 1 })), shortCivil(change)];
  return new Failure({
    code: 'time-skipped',
    exit: EXIT.usage,
    message: `${quoted(text)} does not exist in ${zone}: a clock change skips from ${before} to ${after}`,
    remedy: `Write ${before} or ${after}, the nearest times before and after`,
    details: { text, zone, before, after },
  });
}

function shortCivil(at: Temporal.ZonedDateTime): string {
  return at.toPlainDateTime().toString({ smallestUnit: 'minute' });
}

/** `±HH:MM`; RFC 9557 rounds the few old offsets with seconds to the minute, so this does too. */
function offsetAt(at: number, zone: string): string {
  const { offsetNanoseconds } = Temporal.Instant.fromEpochMilliseconds(at).toZonedDateTimeISO(zone);
  const minutes = Math.round(Math.abs(offsetNanoseconds) / 60e9);
  const [hours, rest] = [Math.floor(minutes / 60), minutes % 60];
  return `${offsetNanoseconds < 0 ? '-' : '+'}${String(hours).padStart(2, '0')}:${String(rest).padStart(2, '0')}`;
}
