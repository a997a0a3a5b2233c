import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Failure } from '../../../src/domain/failure.ts';
import { formatInstant, formatLocal, formatZoned } from '../../../src/domain/time/format-time.ts';
import { parseAt, resolveTime } from '../../../src/domain/time/resolve-time.ts';
import { parseWrittenTime } from '../../../src/domain/time/written-time.ts';

const TZDB = '2025b';
const resolve = (text: string, zone: string | null) => resolveTime(parseWrittenTime(text), zone, TZDB);
const utc = (text: string, zone: string | null) => formatInstant(resolve(text, zone).at);

function failureOf(text: string, zone: string | null): Failure {
  try {
    resolve(text, zone);
  } catch (error) {
    if (error instanceof Failure) return error;
    throw error;
  }
  throw new Error(`${text} was accepted in ${zone}`);
}

describe('resolveTime', () => {
  it.each([
    // A common instant, whatever the market.
    ['2024-12-31T23:00Z', 'Asia/Tokyo', '2024-12-31T23:00:00Z'],
    ['2024-12-31T23:00:00.250+05:45', null, '2024-12-31T17:15:00.250Z'],
    ['2015-05-19T13:00+02:00[Europe/Berlin]', null, '2015-05-19T11:00:00Z'],
    ['2015-05-19T13:00[Europe/Berlin]', 'America/New_York', '2015-05-19T11:00:00Z'],
    ['2015-05-19T11:00Z[Europe/Berlin]', null, '2015-05-19T11:00:00Z'],
    ['end of 2024-12-31[Europe/Paris]', 'Asia/Tokyo', '2024-12-31T23:00:00Z'],
    ['end of 2024-12-31 UTC', 'Asia/Tokyo', '2025-01-01T00:00:00Z'],
    ['start of 2024-12-31+05:30', null, '2024-12-30T18:30:00Z'],
    // One field, several instants.
    ['end of 2024-12-31', 'Europe/Paris', '2024-12-31T23:00:00Z'],
    ['end of 2024-12-31', 'Europe/London', '2025-01-01T00:00:00Z'],
    ['end of 2024-12-31', 'Asia/Kolkata', '2024-12-31T18:30:00Z'],
    ['end of 2024-12-31', 'Asia/Kathmandu', '2024-12-31T18:15:00Z'],
    ['end of 2024-12-31', 'Pacific/Kiritimati', '2024-12-31T10:00:00Z'],
    ['start of 2024-10-21', 'America/New_York', '2024-10-21T04:00:00Z'],
    ['2024-12-31T23:59', 'Europe/Paris', '2024-12-31T22:59:00Z'],
    ['2022-03-22T12:00', 'Asia/Tehran', '2022-03-22T07:30:00Z'],
    ['2023-03-22T12:00', 'Asia/Tehran', '2023-03-22T08:30:00Z'],
    ['2024-07-01T12:00', 'Australia/Lord_Howe', '2024-07-01T01:30:00Z'],
    ['2024-12-01T12:00', 'Australia/Lord_Howe', '2024-12-01T01:00:00Z'],
    // Both sides of a fold, told apart by the offset.
    ['2024-10-27T02:30+02:00[Europe/Berlin]', null, '2024-10-27T00:30:00Z'],
    ['2024-10-27T02:30+01:00[Europe/Berlin]', null, '2024-10-27T01:30:00Z'],
    // The first and the last valid minute beside a gap.
    ['2024-03-31T00:59', 'Europe/London', '2024-03-31T00:59:00Z'],
    ['2024-03-31T02:00', 'Europe/London', '2024-03-31T01:00:00Z'],
    // Days whose midnight is skipped start with their first instant, and the day before ends with it.
    ['start of 2018-11-04', 'America/Sao_Paulo', '2018-11-04T03:00:00Z'],
    ['end of 2018-11-03', 'America/Sao_Paulo', '2018-11-04T03:00:00Z'],
    ['start of 2022-03-27', 'Asia/Beirut', '2022-03-26T22:00:00Z'],
    ['start of 2024-04-26', 'Africa/Cairo', '2024-04-25T22:00:00Z'],
    // Midnight that happens twice: the first.
    ['start of 2024-11-03', 'America/Havana', '2024-11-03T04:00:00Z'],
    // Samoa had no 2011-12-30: it is an empty day at the change.
    ['end of 2011-12-29', 'Pacific/Apia', '2011-12-30T10:00:00Z'],
    ['start of 2011-12-30', 'Pacific/Apia', '2011-12-30T10:00:00Z'],
    ['end of 2011-12-30', 'Pacific/Apia', '2011-12-30T10:00:00Z'],
    ['start of 2011-12-31', 'Pacific/Apia', '2011-12-30T10:00:00Z'],
  ])('%s in %s is %s', (text, zone, expected) => {
    expect(utc(text, zone)).toBe(expected);
  });

  it.each([
    ['2024-03-31T01:30', 'Europe/London', '2024-03-31T00:59', '2024-03-31T02:00'],
    ['2024-03-31T01:30[Europe/London]', null, '2024-03-31T00:59[Europe/London]', '2024-03-31T02:00[Europe/London]'],
    ['2024-03-31T01:00', 'Europe/London', '2024-03-31T00:59', '2024-03-31T02:00'],
    ['2018-11-04T00:00', 'America/Sao_Paulo', '2018-11-03T23:59', '2018-11-04T01:00'],
    ['2024-10-06T02:15', 'Australia/Lord_Howe', '2024-10-06T01:59', '2024-10-06T02:30'],
    ['2011-12-30T12:00', 'Pacific/Apia', '2011-12-29T23:59', '2011-12-31T00:00'],
    [
      '2024-03-31T02:30+01:00[Europe/Berlin]',
      null,
      '2024-03-31T01:59[Europe/Berlin]',
      '2024-03-31T03:00[Europe/Berlin]',
    ],
  ])('%s in %s is skipped, between %s and %s', (text, zone, before, after) => {
    const failure = failureOf(text, zone);
    expect(failure).toMatchObject({ code: 'time-skipped', exit: 2, details: { text, before, after } });
    expect(failure.remedy).toContain(before);
    expect(failure.remedy).toContain(after);
    expect(resolve(after, zone).at - resolve(before, zone).at).toBe(60_000);
  });

  it.each([
    ['2024-10-27T02:30', 'Europe/Berlin', '+02:00', '+01:00'],
    ['2024-10-27T01:00[Europe/London]', null, '+01:00', '+00:00'],
    ['2024-04-07T01:45', 'Australia/Lord_Howe', '+11:00', '+10:30'],
    ['2018-02-17T23:30', 'America/Sao_Paulo', '-02:00', '-03:00'],
  ])('%s in %s happens twice, at %s and %s', (text, zone, first, second) => {
    const failure = failureOf(text, zone);
    expect(failure).toMatchObject({ code: 'time-ambiguous', exit: 2, details: { offsets: [first, second] } });
    const offered = [...(failure.remedy ?? '').matchAll(/\S+\[\S+\]/g)].map(([one]) => resolve(one, null).at);
    expect(failure.details).toMatchObject({ at: offered });
  });

  it.each([
    ['2024-12-31T23:00+02:00[Europe/Paris]', '+01:00'],
    ['2024-10-27T02:30+03:00[Europe/Berlin]', '+02:00 or +01:00'],
    ['2015-05-19T13:00+01:00[Europe/Berlin]', '+02:00'],
  ])('%s contradicts itself', (text, offsets) => {
    const failure = failureOf(text, null);
    expect(failure).toMatchObject({ code: 'invalid-time', details: { reason: 'offset-contradicts-zone' } });
    expect(failure.message).toContain(`is ${offsets} then`);
  });

  it.each(['2024-12-31T23:59', 'end of 2024-12-31', 'Start  of 2024-12-31'])('%s needs a zone', (text) => {
    const failure = failureOf(text, null);
    expect(failure).toMatchObject({ code: 'zone-needed', exit: 2 });
    const offered = failure.remedy?.match(/zone, (.+), or/)?.[1] ?? '';
    expect(resolve(offered, null).zone).toBeNull();
  });

  it('refuses a market zone that does not exist', () => {
    expect(failureOf('end of 2024-12-31', 'Europe/Pariss')).toMatchObject({ code: 'unknown-zone', exit: 2 });
    expect(failureOf('2024-12-31T23:59', 'CET')).toMatchObject({ code: 'unknown-zone', exit: 2 });
  });

  it('keeps what was written, the zone it was read in and the tz version', () => {
    expect(resolve(' End of 2024-12-31 ', 'europe/paris')).toEqual({
      text: 'End of 2024-12-31',
      at: 1_735_686_000_000,
      zone: 'Europe/Paris',
      tzdb: TZDB,
    });
    expect(resolve('end of 2024-12-31[Europe/Paris]', 'Asia/Tokyo').zone).toBeNull();
    expect(resolve('2024-12-31T23:00Z', 'Asia/Tokyo').zone).toBeNull();
  });
});

const zone = fc.constantFrom(...Intl.supportedValuesOf('timeZone'), 'UTC');
const date = fc
  .date({ min: new Date('1973-01-01'), max: new Date('2099-12-30'), noInvalidDate: true })
  .map((day) => day.toISOString().slice(0, 10));
const nextDay = (day: string) => new Date(Date.parse(day) + 86_400_000).toISOString().slice(0, 10);

describe('days', () => {
  it('end of D is start of D + 1, in every zone', () => {
    fc.assert(
      fc.property(date, zone, (day, name) => {
        expect(resolve(`end of ${day}`, name).at).toBe(resolve(`start of ${nextDay(day)}`, name).at);
      }),
    );
  });

  it('start no later than they end, and the instant before lies in the day before', () => {
    fc.assert(
      fc.property(date, zone, (day, name) => {
        const start = resolve(`start of ${day}`, name).at;
        expect(start).toBeLessThanOrEqual(resolve(`end of ${day}`, name).at);
        expect(formatLocal(start, name) >= day).toBe(true);
        expect(formatLocal(start - 1, name) < day).toBe(true);
      }),
    );
  });
});

describe('formatted instants', () => {
  const instant = fc.integer({ min: Date.parse('1973-01-01'), max: Date.parse('2099-12-31') });

  it('read again are the same, in every zone', () => {
    fc.assert(
      fc.property(instant, zone, (at, name) => {
        expect(resolve(formatInstant(at), null).at).toBe(at);
        expect(resolve(formatZoned(at, name), null).at).toBe(at);
        expect(resolve(formatLocal(at, name), null).at).toBe(at);
      }),
    );
  });

  it('read as civil times are the same, or happen twice', () => {
    fc.assert(
      fc.property(instant, zone, (at, name) => {
        const civil = formatZoned(at, name).slice(0, at % 1000 === 0 ? 19 : 23);
        try {
          expect(resolve(civil, name).at).toBe(at);
        } catch (error) {
          expect(error).toMatchObject({ code: 'time-ambiguous' });
        }
      }),
    );
  });
});

describe('parseAt', () => {
  it.each(['now', ' NOW '])('%j is the instant it is given', (text) => {
    expect(parseAt(text, 1234, null, TZDB)).toBe(1234);
  });

  it('takes any written form, in the zone it is given', () => {
    expect(formatInstant(parseAt('end of 2024-12-31', 0, 'Europe/Paris', TZDB))).toBe('2024-12-31T23:00:00Z');
    expect(formatInstant(parseAt('2024-12-31 23:00 Z', 0, null, TZDB))).toBe('2024-12-31T23:00:00Z');
  });

  it('fails as reading and resolving do', () => {
    expect(() => parseAt('later', 0, null, TZDB)).toThrow(expect.objectContaining({ code: 'invalid-time' }));
    expect(() => parseAt('2024-12-31T23:00', 0, null, TZDB)).toThrow(expect.objectContaining({ code: 'zone-needed' }));
  });
});
