import { describe, expect, it } from 'vitest';
import { formatInstant, formatLocal, formatZoned } from '../../../src/domain/time/format-time.ts';

const NEW_YEAR_IN_PARIS = Date.UTC(2024, 11, 31, 23);

describe('formatInstant', () => {
  it.each([
    [NEW_YEAR_IN_PARIS, '2024-12-31T23:00:00Z'],
    [NEW_YEAR_IN_PARIS + 1000, '2024-12-31T23:00:01Z'],
    [NEW_YEAR_IN_PARIS + 50, '2024-12-31T23:00:00.050Z'],
    [NEW_YEAR_IN_PARIS - 500, '2024-12-31T22:59:59.500Z'],
    [0, '1970-01-01T00:00:00Z'],
    [-1, '1969-12-31T23:59:59.999Z'],
  ])('%d is %s', (at, expected) => {
    expect(formatInstant(at)).toBe(expected);
  });

  it.each([Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, 0.5])('refuses %d', (at) => {
    expect(() => formatInstant(at)).toThrow(RangeError);
  });
});

describe('formatZoned and formatLocal', () => {
  it.each([
    [0, 'Europe/Paris', '2025-01-01T00:00:00+01:00[Europe/Paris]', '2025-01-01 00:00 +01:00'],
    [0, 'Europe/London', '2024-12-31T23:00:00+00:00[Europe/London]', '2024-12-31 23:00 +00:00'],
    [0, 'UTC', '2024-12-31T23:00:00+00:00[UTC]', '2024-12-31 23:00 +00:00'],
    [0, 'Asia/Kolkata', '2025-01-01T04:30:00+05:30[Asia/Kolkata]', '2025-01-01 04:30 +05:30'],
    [0, 'Asia/Kathmandu', '2025-01-01T04:45:00+05:45[Asia/Kathmandu]', '2025-01-01 04:45 +05:45'],
    [0, 'America/New_York', '2024-12-31T18:00:00-05:00[America/New_York]', '2024-12-31 18:00 -05:00'],
    [30_000, 'UTC', '2024-12-31T23:00:30+00:00[UTC]', '2024-12-31 23:00:30 +00:00'],
    [1, 'UTC', '2024-12-31T23:00:00.001+00:00[UTC]', '2024-12-31 23:00:00.001 +00:00'],
  ])('%d ms after, in %s', (after, zone, zoned, local) => {
    expect(formatZoned(NEW_YEAR_IN_PARIS + after, zone)).toBe(zoned);
    expect(formatLocal(NEW_YEAR_IN_PARIS + after, zone)).toBe(local);
  });
});
