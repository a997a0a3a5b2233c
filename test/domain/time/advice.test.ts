import fc from 'fast-check';
import { Temporal } from 'temporal-polyfill';
import { expect, test } from 'vitest';
import { Failure } from '../../../src/domain/failure.ts';
import { resolveTime } from '../../../src/domain/time/resolve-time.ts';
import { parseWrittenTime } from '../../../src/domain/time/written-time.ts';

const MARKET = 'Asia/Kathmandu';

function at(text: string): number {
  return resolveTime(parseWrittenTime(text), MARKET, '2025b').at;
}

/** Whole times that a remedy says, with whatever was written as zone or offset. */
const TIMES = new RegExp(
  [
    /(?:(?:start|end) of )?\d{4}-\d\d-\d\d(?:T[\d:]+(?:\.\d+)?)?/,
    /(?: ?Z\b| ?(?:UTC)?[+-]\d\d?(?::?\d\d)?| UTC\b| [A-Z][a-z]+\/\w+)?/,
    /(?:\[[^\]]+\])?/,
  ]
    .map(({ source }) => source)
    .join(''),
  'g',
);

/** What is said in place of a text that is refused, until it is a time: a remedy may lead to another one. */
function advised(text: string, steps = 3): readonly string[] {
  try {
    at(text);
    return [text];
  } catch (error) {
    if (!(error instanceof Failure) || steps === 0) throw error;
    return [...(error.remedy ?? '').matchAll(TIMES)].flatMap(([one]) => advised(one, steps - 1));
  }
}

interface Ending {
  readonly text: string;
  /** The zone or offset that it means. */
  readonly zone: string;
}

const ENDINGS: readonly Ending[] = [
  { text: '', zone: MARKET },
  { text: 'Z', zone: 'UTC' },
  { text: ' UTC', zone: 'UTC' },
  { text: '+02:00', zone: '+02:00' },
  { text: ' -09:30', zone: '-09:30' },
  { text: '[Asia/Kolkata]', zone: 'Asia/Kolkata' },
  { text: ' [America/New_York]', zone: 'America/New_York' },
  { text: '+05:30[Asia/Kolkata]', zone: 'Asia/Kolkata' },
];
/** Without those that are faults of their own in a form that the texts above do not have. */
const SLOPPY: readonly Ending[] = [
  { text: '+2', zone: '+02:00' },
  { text: ' UTC-3', zone: '-03:00' },
  { text: '+0530[Asia/Kolkata]', zone: 'Asia/Kolkata' },
  { text: ' Asia/Tokyo', zone: 'Asia/Tokyo' },
];

const two = (value: number): string => String(value).padStart(2, '0');

/** Days on which no clock changes in any of these zones. */
const day = fc
  .record({ year: fc.integer({ min: 1990, max: 2100 }), month: fc.constantFrom(1, 6, 7, 12), day: fc.nat({ max: 27 }) })
  .map((parts) => Temporal.PlainDate.from({ ...parts, day: parts.day + 1 }));
const hour = fc.nat({ max: 23 });
const minute = fc.nat({ max: 59 });
const digits = fc.string({ unit: fc.constantFrom(...'0123456789'), minLength: 4, maxLength: 9 });

/** A clock time as it is not to be written, and what it means on its day. */
const slip = fc.oneof(
  fc.tuple(hour, minute, minute, digits).map(([h, m, s, fraction]) => ({
    clock: `${two(h)}:${two(m)}:${two(s)}.${fraction}`,
    after: { hours: h, minutes: m, seconds: s, milliseconds: Number(fraction.slice(0, 3)) },
  })),
  fc.tuple(hour, minute, minute, digits).map(([h, m, s, fraction]) => ({
    clock: `${h}:${two(m)}:${two(s)},${fraction}`,
    after: { hours: h, minutes: m, seconds: s, milliseconds: Number(fraction.slice(0, 3)) },
  })),
  fc.tuple(hour, minute).map(([h, m]) => ({
    clock: `${two(h)}:${two(m)}:60`,
    after: { hours: h, minutes: m, seconds: 59, milliseconds: 0 },
  })),
  fc.tuple(minute, minute).map(([m, s]) => ({
    clock: `24:${two(m)}:${two(s)}`,
    after: { hours: 24, minutes: m, seconds: s, milliseconds: 0 },
  })),
  fc.constant({ clock: '24:00', after: { hours: 24, minutes: 0, seconds: 0, milliseconds: 0 } }),
  fc.nat({ max: 24 }).map((h) => ({
    clock: String(h),
    after: { hours: h, minutes: 0, seconds: 0, milliseconds: 0 },
  })),
  fc.tuple(hour, minute).map(([h, m]) => ({
    clock: `${two(h)}:${two(m)}`,
    after: { hours: h, minutes: m, seconds: 0, milliseconds: 0 },
  })),
);

test('a time that is advised is the instant that was meant, also where several advices lead to it', () => {
  fc.assert(
    fc.property(
      day,
      fc.constantFrom('T', ' '),
      slip,
      fc.constantFrom(...ENDINGS, ...SLOPPY),
      (date, between, { clock, after }, { text, zone }) => {
        const meant = date.toPlainDateTime().add(after).toZonedDateTime(zone).epochMilliseconds;
        const instants = advised(`${date.toString()}${between}${clock}${text}`).map(at);
        expect(instants.length).toBeGreaterThan(0);
        expect(new Set(instants)).toEqual(new Set([meant]));
      },
    ),
  );
});

test('a day that is advised is in the zone that was written', () => {
  fc.assert(
    fc.property(
      day,
      fc.constantFrom('start', 'end'),
      fc.constantFrom('', 'T10:00', ' 9'),
      fc.constantFrom(...ENDINGS, ...SLOPPY),
      (date, which, clock, { text, zone }) => {
        const boundary = which === 'start' ? date : date.add({ days: 1 });
        const meant = boundary.toZonedDateTime(zone).epochMilliseconds;
        const instants = advised(`${which} of ${date.toString()}${clock}${text}`).map(at);
        expect(instants.length).toBeGreaterThan(0);
        expect(new Set(instants)).toEqual(new Set([meant]));
      },
    ),
  );
});

test('a date alone that is advised is in the zone that was written', () => {
  const zone = 'America/New_York';
  fc.assert(
    fc.property(day, (date) => {
      const [start, end] = [date, date.add({ days: 1 })].map((one) => one.toZonedDateTime(zone).epochMilliseconds);
      expect(advised(`${date.toString()}[${zone}]`).map(at)).toEqual([start, end]);
    }),
  );
});
