import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Failure } from '../../../src/domain/failure.ts';
import { isCommon, parseWrittenTime } from '../../../src/domain/time/written-time.ts';

function failureOf(text: string): Failure {
  try {
    parseWrittenTime(text);
  } catch (error) {
    if (error instanceof Failure) return error;
    throw error;
  }
  throw new Error(`${text} was accepted`);
}

describe('parseWrittenTime', () => {
  it.each([
    ['2024-12-31T23:00Z', { kind: 'instant', civil: '2024-12-31T23:00', offset: 'Z' }],
    ['2024-12-31 23:00 UTC', { kind: 'instant', civil: '2024-12-31T23:00', offset: 'Z' }],
    ['2024-12-31t23:00:59.250z', { kind: 'instant', civil: '2024-12-31T23:00:59.250', offset: 'Z' }],
    ['2024-12-31T23:00-00:00', { kind: 'instant', civil: '2024-12-31T23:00', offset: 'Z' }],
    ['2025-01-01 00:00 +01:00', { kind: 'instant', civil: '2025-01-01T00:00', offset: '+01:00' }],
    ['2025-01-01T00:00+14:00', { kind: 'instant', civil: '2025-01-01T00:00', offset: '+14:00' }],
    ['2024-12-31T23:59', { kind: 'civil', civil: '2024-12-31T23:59' }],
    ['  2024-12-31   23:59:30 ', { kind: 'civil', civil: '2024-12-31T23:59:30' }],
    [
      '2015-05-19T13:00+02:00[Europe/Berlin]',
      { kind: 'zoned', civil: '2015-05-19T13:00', offset: '+02:00', zone: 'Europe/Berlin' },
    ],
    [
      '2015-05-19 13:00 [europe/berlin]',
      { kind: 'zoned', civil: '2015-05-19T13:00', offset: null, zone: 'Europe/Berlin' },
    ],
    [
      '2015-05-19T11:00Z[!Asia/Kolkata]',
      { kind: 'zoned', civil: '2015-05-19T11:00', offset: 'Z', zone: 'Asia/Kolkata' },
    ],
    ['2015-05-19T11:00[utc]', { kind: 'zoned', civil: '2015-05-19T11:00', offset: null, zone: 'UTC' }],
    ['start of 2024-10-21', { kind: 'start-of', date: '2024-10-21', zone: null }],
    ['End  Of 2024-12-31', { kind: 'end-of', date: '2024-12-31', zone: null }],
    ['end of 2024-02-29[Europe/Paris]', { kind: 'end-of', date: '2024-02-29', zone: 'Europe/Paris' }],
    ['end of 2024-12-31 UTC', { kind: 'end-of', date: '2024-12-31', zone: 'UTC' }],
    ['start of 2024-12-31+05:30', { kind: 'start-of', date: '2024-12-31', zone: '+05:30' }],
  ])('reads %j', (text, expected) => {
    expect(parseWrittenTime(text)).toEqual({ ...expected, text: text.trim() });
  });

  it.each([
    ['', 'empty', /2024-12-31T23:00Z/],
    [' \n ', 'empty', /start of/],
    ['9'.repeat(200), 'too-long', /2024-12-31T23:00Z/],
    ['tomorrow', 'malformed', /2024-12-31T23:00Z/],
    ['20241231T230000Z', 'malformed', /2024-12-31T23:00Z/],
    ['endof 2024-12-31', 'malformed', /end of 2024-12-31/],
    ['end of 2024-12', 'malformed', /end of 2024-12-31/],
    ['2024/12/31', 'malformed', /as 2024-12-31$/],
    ['2024-1-5T10:00', 'malformed', /as 2024-01-05$/],
    ['2024-12-31T9:30', 'malformed', /T09:30/],
    ['2024-12-31T9:30+02:00', 'malformed', /^Write 2024-12-31T09:30\+02:00$/],
    ['2024-12-31T23:00:00,5Z', 'malformed', /^Write 2024-12-31T23:00:00\.5Z$/],
    ['2024-12-31T23.00', 'malformed', /as in 09:30 or 09:30:00\.250$/],
    ['2024/13/31', 'malformed', /2024-12-31T23:00Z/],
    ['2024-12-31T23:00 Europe/Paris', 'malformed', /^Write 2024-12-31T23:00\[Europe\/Paris\]$/],
    ['2024-12-31T23:00 soon', 'malformed', /2024-12-31T23:00Z/],
    ['2024-12-31', 'bare-date', /^Write start of 2024-12-31, or end of 2024-12-31/],
    ['2024-12-31[europe/paris]', 'bare-date', /start of 2024-12-31\[Europe\/Paris\]/],
    ['2024-02-30T10:00', 'no-such-date', /01 to 29/],
    ['2023-02-29T10:00', 'no-such-date', /01 to 28/],
    ['2100-02-29', 'no-such-date', /01 to 28/],
    ['end of 2024-04-31', 'no-such-date', /01 to 30/],
    ['2024-13-01T10:00', 'no-such-date', /2024-12-31/],
    ['2024-01-00T10:00', 'no-such-date', /01 to 31/],
    ['1969-12-31T23:59Z', 'year-out-of-range', /Leave out/],
    ['end of 9999-12-31', 'year-out-of-range', /Leave out/],
    ['2024-12-31T24:00', 'hour-24', /end of 2024-12-31/],
    ['2024-12-31T24', 'hour-24', /end of 2024-12-31/],
    ['2025-06-30T24:00[Asia/Kolkata]', 'hour-24', /^Write 2025-07-01T00:00\[Asia\/Kolkata\]$/],
    ['2024-12-31T24:00:00Z', 'hour-24', /^Write 2025-01-01T00:00:00Z$/],
    ['2024-12-31T24:30', 'hour-24', /^Write 2025-01-01T00:30$/],
    ['9998-12-31T24:00', 'year-out-of-range', /Leave out/],
    ['2024-12-31T24:60', 'no-such-clock-time', /00 to 23/],
    ['2024-12-31T25:00', 'no-such-clock-time', /00 to 23/],
    ['2024-12-31T25', 'no-such-clock-time', /00 to 23/],
    ['2024-12-31T25:00:60', 'no-such-clock-time', /00 to 23/],
    ['2024-12-31T23:60', 'no-such-clock-time', /00 to 59/],
    ['2016-12-31T23:59:60Z', 'leap-second', /^Write 2016-12-31T23:59:59Z, or/],
    ['2025-06-30T23:59:60[America/New_York]', 'leap-second', /^Write 2025-06-30T23:59:59\[America\/New_York\], or/],
    ['2024-12-31T23', 'missing-minutes', /2024-12-31T23:00$/],
    ['2024-12-31T9Z', 'missing-minutes', /2024-12-31T09:00Z$/],
    ['2024-12-31 11:00 pm', 'twelve-hour-clock', /00 to 23/],
    ['2024-12-31T23:00:00.1234Z', 'fraction-too-fine', /2024-12-31T23:00:00\.123Z$/],
    ['2025-07-01 00:00:00.1234567 UTC', 'fraction-too-fine', /2025-07-01T00:00:00\.123 UTC$/],
    ['2025-07-01T00:00:00.1234+02:00[Europe/Paris]', 'fraction-too-fine', /\.123\+02:00\[Europe\/Paris\]$/],
    ['2024-12-31T23:00+1', 'offset-form', /^Write 2024-12-31T23:00\+01:00$/],
    ['2024-12-31T23:00-0330', 'offset-form', /^Write 2024-12-31T23:00-03:30$/],
    ['2024-12-31T23:00+1[Europe/Paris]', 'offset-form', /^Write 2024-12-31T23:00\+01:00\[Europe\/Paris\]$/],
    ['2024-12-31T23:00 UTC+1', 'offset-form', /^Write 2024-12-31T23:00\+01:00$/],
    ['2024-12-31T23:00+15:00', 'offset-out-of-range', /-12:00 to \+14:00/],
    ['2024-12-31T23:00+01:75', 'offset-out-of-range', /-12:00 to \+14:00/],
    ['2024-12-31T23:00 CET', 'abbreviation', /2024-12-31T23:00\[Europe\/Berlin\].* 2024-12-31T23:00\+01:00$/],
    ['2024-12-31T23:00GMT', 'abbreviation', /2024-12-31T23:00\[Europe\/London\].* 2024-12-31T23:00Z$/],
    ['2024-06-01T12:00 bst', 'abbreviation', /Europe\/London/],
    ['end of 2024-12-31 EST', 'abbreviation', /end of 2024-12-31\[America\/New_York\]/],
    [
      '2024-12-31T23:00 EST[Europe/Paris]',
      'abbreviation',
      /^Write the zone alone, 2024-12-31T23:00\[Europe\/Paris\], or the offset alone, 2024-12-31T23:00-05:00$/,
    ],
    ['2024-12-31T23:00 XYZ[Europe/Paris]', 'abbreviation', /^Write the zone alone, 2024-12-31T23:00\[Europe\/Paris\]$/],
    ['2024-12-31T23:00 Asia/Tokyo[Europe/Paris]', 'malformed', /23:00\[Asia\/Tokyo\] or .*23:00\[Europe\/Paris\]$/],
    ['2024-12-31T23:00 soon[Asia/Tokyo]', 'malformed', /^Write 2024-12-31T23:00\[Asia\/Tokyo\]$/],
    ['2024-12-31T23:00 XYZ', 'abbreviation', /Europe\/Paris/],
    ['2024-12-31T23:00[CET]', 'abbreviation', /such as Europe\/Berlin$/],
    ['2024-12-31T23:00[GMT]', 'abbreviation', /Europe\/London, or write UTC/],
    ['2024-12-31T23:00[Europe/Pariss]', 'unknown-zone', /Did you mean Europe\/Paris\?/],
    ['2024-12-31T23:00[Japan]', 'unknown-zone', /Did you mean Asia\/Tokyo\?/],
    ['2024-12-31T23:00[+01:00]', 'unknown-zone', /Name a place.*without brackets$/],
    ['2024-12-31T23:00[]', 'unknown-zone', /Area\/Place/],
    ['2024-12-31T23:00[u-ca=hebrew]', 'annotation', /Leave it out/],
    ['2024-12-31T23:00[Europe/Paris][u-ca=hebrew]', 'brackets', /one zone/],
    ['2024-12-31T23:00[Europe/Paris', 'brackets', /one zone/],
    ['end of 2024-12-31T10:00', 'day-with-clock', /end of 2024-12-31 alone/],
    ['end of 2024-12-31T10:00+02:00', 'day-with-clock', /end of 2024-12-31\+02:00 alone/],
    ['end of 2024-12-31 10:00[Asia/Kolkata]', 'day-with-clock', /end of 2024-12-31\[Asia\/Kolkata\] alone/],
    [
      'end of 2024-12-31+01:00[Europe/Paris]',
      'day-with-offset-and-zone',
      /^Write end of 2024-12-31\[Europe\/Paris\] or end of 2024-12-31\+01:00, whichever/,
    ],
  ])('refuses %j as %s', (text, reason, remedy) => {
    const failure = failureOf(text);
    expect(failure).toMatchObject({ code: 'invalid-time', exit: 2, details: { reason, text: text.trim() } });
    expect(failure.remedy).toMatch(remedy);
    expect(failure.message.startsWith(`"${text.trim().slice(0, 80)}`)).toBe(true);
  });

  it('names the length of the month', () => {
    expect(failureOf('2024-02-30T10:00').message).toContain('February 2024 has 29 days');
  });

  it('shows control characters of a refused text, and never obeys them', () => {
    expect(failureOf('2024-12-31T23:00 \u001b[31m').message).toContain('\\x1b');
    expect(failureOf('2024-12-31T23:00[\u202ex]').message).toContain('\\u202e');
  });

  it('answers any text with a time or with a Failure', () => {
    const near = fc
      .array(
        fc.constantFrom('2024-12-31', 'T', ' ', '23:00', ':15', '.5', 'Z', '+01:00', '[Europe/Paris]', 'end of', 'CET'),
      )
      .map((parts) => parts.join(''));
    fc.assert(
      fc.property(fc.oneof(near, fc.string({ unit: 'binary' })), (text) => {
        try {
          expect(parseWrittenTime(text).text).toBe(text.trim());
        } catch (error) {
          expect(error).toMatchObject({ code: 'invalid-time', remedy: expect.any(String) });
        }
      }),
    );
  });
});

describe('isCommon', () => {
  it.each([
    ['2024-12-31T23:00Z', true],
    ['2024-12-31T23:00[Europe/Paris]', true],
    ['end of 2024-12-31[Europe/Paris]', true],
    ['end of 2024-12-31 UTC', true],
    ['2024-12-31T23:00', false],
    ['start of 2024-12-31', false],
    ['end of 2024-12-31', false],
  ])('%s: %s', (text, expected) => {
    expect(isCommon(parseWrittenTime(text))).toBe(expected);
  });
});
