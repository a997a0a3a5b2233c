import { Temporal } from 'temporal-polyfill';

/**
 * Epoch milliseconds of an RFC 3339 instant that a program wrote, such as `2024-12-31T23:00:00Z`. What people write
 * goes through the time resolver instead.
 *
 * @throws RangeError where it is none
 */
export function readInstant(text: string): number {
  return Temporal.Instant.from(text).epochMilliseconds;
}
