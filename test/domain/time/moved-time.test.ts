import { describe, expect, it } from 'vitest';
import { movedBy } from '../../../src/domain/time/moved-time.ts';
import type { ResolvedTime } from '../../../src/domain/time/resolve-time.ts';

/** A time that was resolved when the tz database was another one. */
function stored(text: string, zone: string | null, at: string): ResolvedTime {
  return { text, at: Date.parse(at), zone, tzdb: '2014a' };
}

describe('movedBy', () => {
  it.each([
    ['an instant', stored('2024-12-31T23:00Z', null, '2024-12-31T23:00Z')],
    ['a day that reads as before', stored('end of 2024-12-31', 'Europe/Paris', '2024-12-31T23:00Z')],
    ['a time that now happens twice, first', stored('2024-10-27T02:30', 'Europe/Berlin', '2024-10-27T00:30Z')],
    ['a time that now happens twice, second', stored('2024-10-27T02:30', 'Europe/Berlin', '2024-10-27T01:30Z')],
  ])('leaves %s alone', (_, time) => {
    expect(movedBy(time, '2025b')).toBeNull();
  });

  it('looks at nothing while the tz database is the same', () => {
    expect(movedBy(stored('end of 2024-12-31', 'Europe/Paris', '2000-01-01T00:00Z'), '2014a')).toBeNull();
  });

  it.each([
    ['a day', stored('end of 2024-12-31', 'Europe/Paris', '2025-01-01T00:00Z'), '2024-12-31T23:00Z'],
    // Iran gave up summer time in 2022.
    ['a civil time', stored('2024-07-01T12:00', 'Asia/Tehran', '2024-07-01T07:30Z'), '2024-07-01T08:30Z'],
    ['a zoned time', stored('2024-07-01T12:00[Europe/Paris]', null, '2024-07-01T11:00Z'), '2024-07-01T10:00Z'],
  ])('reports %s that moved', (_, time, to) => {
    expect(movedBy(time, '2025b')).toEqual({
      from: time.at,
      to: Date.parse(to),
      tzdbFrom: '2014a',
      tzdbTo: '2025b',
      problem: null,
    });
  });

  it.each([
    [
      'an offset that no longer is the zone’s',
      stored('2024-07-01T12:00+01:00[Europe/Paris]', null, '2024-07-01T11:00Z'),
      '2024-07-01T10:00Z',
      'invalid-time',
    ],
    [
      'a time that is skipped now',
      stored('2024-03-31T01:30', 'Europe/London', '2024-03-31T00:30Z'),
      '2024-03-31T01:30Z',
      'time-skipped',
    ],
    [
      'a time that happens twice now',
      stored('2024-10-27T02:30', 'Europe/Berlin', '2024-10-27T05:30Z'),
      '2024-10-27T00:30Z',
      'time-ambiguous',
    ],
  ])('reports %s with the problem', (_, time, to, code) => {
    expect(movedBy(time, '2025b')).toMatchObject({ from: time.at, to: Date.parse(to), problem: { code } });
  });

  it('fails where the zone itself is gone', () => {
    const time = stored('2024-12-31T12:00', 'Europe/Atlantis', '2024-12-31T12:00Z');
    expect(() => movedBy(time, '2025b')).toThrow(expect.objectContaining({ code: 'unknown-zone' }));
  });
});
