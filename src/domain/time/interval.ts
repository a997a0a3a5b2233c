import { formatInstant } from './format-time.ts';

/**
 * Half open: `from` belongs to it, `until` does not. Epoch milliseconds; `-Infinity` and `Infinity` for open ends. One
 * whose `until` is not after its `from` is empty.
 */
export interface Interval {
  readonly from: number;
  readonly until: number;
}

/** The whole of time. */
export const ALWAYS: Interval = { from: Number.NEGATIVE_INFINITY, until: Number.POSITIVE_INFINITY };

export function contains(interval: Interval, at: number): boolean {
  return interval.from <= at && at < interval.until;
}

/** Whether some instant lies in both. Intervals that only touch do not overlap, and an empty one overlaps nothing. */
export function overlaps(a: Interval, b: Interval): boolean {
  return Math.max(a.from, b.from) < Math.min(a.until, b.until);
}

/** An interval as JSON: RFC 3339 in UTC, and null for an open end (JSON has no infinity). */
export interface IntervalJson {
  readonly from: string | null;
  readonly until: string | null;
}

export function intervalJson({ from, until }: Interval): IntervalJson {
  return { from: boundJson(from), until: boundJson(until) };
}

function boundJson(at: number): string | null {
  return Number.isFinite(at) ? formatInstant(at) : null;
}
