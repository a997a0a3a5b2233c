import { Temporal } from 'temporal-polyfill';

/**
 * RFC 3339 in UTC: `2024-12-31T23:00:00Z`, with three digits of milliseconds only where there are any. Like its
 * neighbours here it takes epoch milliseconds, and throws a RangeError for what is no instant: the open end of an
 * interval is none.
 */
export function formatInstant(at: number): string {
  return Temporal.Instant.fromEpochMilliseconds(at).toString({ smallestUnit: secondOrFiner(at) });
}

/** RFC 9557: `2025-01-01T00:00:00+01:00[Europe/Paris]`. Read again, it is the same instant. */
export function formatZoned(at: number, zone: string): string {
  return inZone(at, zone).toString({ smallestUnit: secondOrFiner(at) });
}

/**
 * Short, for people: `2025-01-01 00:00 +01:00`; seconds only where there are any. Written into a time field, it is
 * the same instant (but for offsets with seconds, which no zone has had since 1972).
 */
export function formatLocal(at: number, zone: string): string {
  const local = inZone(at, zone);
  const smallestUnit = at % 60_000 === 0 ? 'minute' : secondOrFiner(at);
  return `${local.toPlainDateTime().toString({ smallestUnit }).replace('T', ' ')} ${local.offset}`;
}

function secondOrFiner(at: number): 'second' | 'millisecond' {
  return at % 1000 === 0 ? 'second' : 'millisecond';
}

function inZone(at: number, zone: string): Temporal.ZonedDateTime {
  return Temporal.Instant.fromEpochMilliseconds(at).toZonedDateTimeISO(zone);
}
