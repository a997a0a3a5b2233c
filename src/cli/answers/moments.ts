import { formatInstant, formatLocal, formatZoned } from '../../domain/time/format-time.ts';

/** An instant for people, in parts: UTC first, and then the clock on the market's wall. */
export function momentParts(at: number, zone: string | null): readonly string[] {
  return zone === null ? [formatInstant(at)] : [formatInstant(at), formatLocal(at, zone), zone];
}

/** RFC 3339 in UTC, or null: how every instant stands in JSON. */
export function utc(at: number | null): string | null {
  return at === null ? null : formatInstant(at);
}

/** The same instants as RFC 9557 text in a market's zone, beside their UTC ones. */
export function zoned(at: number | null, zone: string | null): string | null {
  return at === null || zone === null ? null : formatZoned(at, zone);
}

/** Epoch milliseconds of an RFC 3339 text that a platform sent. */
export function epochOf(text: string): number {
  return Date.parse(text);
}
