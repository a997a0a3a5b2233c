import { Temporal } from 'temporal-polyfill';
import { escapeControls } from '../escape.ts';
import { invalidTime } from './invalid-time.ts';
import { LAST_YEAR, outsideYears } from './written-years.ts';

/** A clock time with what stands around it: remedies say the whole time again, or they would mean another instant. */
export interface ClockPlace {
  /** The whole of what was written. */
  readonly text: string;
  /** `YYYY-MM-DD`. */
  readonly date: string;
  /** What follows the clock time: see {@link endingOf}. */
  readonly ending: string;
}

/** What follows a clock time, offset and zone, as it is said again after it. */
export function endingOf(suffix: string, zone: string | null): string {
  const offset = suffix === '' || /^([+-]|z$)/i.test(suffix) ? suffix : ` ${suffix}`;
  return `${escapeControls(offset)}${bracketed(zone)}`;
}

export function bracketed(zone: string | null): string {
  return zone === null ? '' : `[${zone}]`;
}

/**
 * Checks `HH:MM[:SS[.fff]]`, and returns it.
 *
 * @throws Failure `invalid-time`
 */
export function clockOf(clock: string, place: ClockPlace): string {
  const { text, date, ending } = place;
  const hourAlone = /^(\d{1,2}):?$/.exec(clock);
  if (hourAlone !== null) {
    const whole = inHours(`${hourAlone[1]?.padStart(2, '0')}:00`, place);
    const remedy = `Write the minutes too: ${date}T${whole}${ending}`;
    throw invalidTime(text, 'missing-minutes', 'has an hour and no minutes', remedy);
  }
  const parts = /^(\d{2}:\d{2})(?::\d{2}(?:\.(\d+))?)?$/.exec(clock);
  if (parts === null) throw otherwiseWritten(clock, place);
  inHours(clock, place);
  const [fraction, minute] = [parts[2] ?? '', parts[1] ?? ''];
  if (clock.slice(6, 8) === '60') {
    const remedy = `Write ${date}T${minute}:59${ending}, or the minute after`;
    throw invalidTime(text, 'leap-second', 'has the second 60; leap seconds are not counted here', remedy);
  }
  if (fraction.length > 3) {
    const remedy = `Cut it to milliseconds: ${date}T${clock.slice(0, clock.indexOf('.') + 4)}${ending}`;
    throw invalidTime(text, 'fraction-too-fine', 'is finer than a millisecond', remedy);
  }
  return clock;
}

/** The clock time, where its hours, minutes and seconds are ones that a clock has; the second 60 is let through. */
function inHours(clock: string, place: ClockPlace): string {
  const [hour = 0, minute = 0, second = 0] = clock.split(':').map((part) => Number.parseInt(part, 10));
  if (hour > 24 || minute > 59 || second > 60 || (hour === 24 && second > 59)) {
    const remedy = 'Hours run from 00 to 23, minutes and seconds from 00 to 59';
    throw invalidTime(place.text, 'no-such-clock-time', `has a clock time that does not exist: ${clock}`, remedy);
  }
  if (hour === 24) throw hour24(clock, place);
  return clock;
}

function hour24(clock: string, { text, date, ending }: ClockPlace): Error {
  const next = Temporal.PlainDate.from(date).add({ days: 1 });
  if (next.year > LAST_YEAR) return outsideYears(text);
  const isMidnight = !/[1-9]/.test(clock.slice(2));
  const remedy =
    isMidnight && ending === ''
      ? `Write end of ${date} for the first instant of the next day`
      : `Write ${next.toString()}T00${clock.slice(2)}${ending}`;
  return invalidTime(text, 'hour-24', 'has the hour 24; hours run from 00 to 23', remedy);
}

/** A clock time that is almost one, as it is written; of any other its form alone is said. */
function otherwiseWritten(clock: string, place: ClockPlace): Error {
  const fault = `has a clock time that is not HH:MM or HH:MM:SS: ${clock}`;
  const parts = /^(\d{1,2}):(\d{2})(?::(\d{2})(?:[.,](\d+))?)?$/.exec(clock);
  if (parts === null) {
    const remedy = 'Write hours with two digits and minutes, as in 09:30 or 09:30:00.250';
    return invalidTime(place.text, 'malformed', fault, remedy);
  }
  const [hour = '', minute = '', second, fraction] = parts.slice(1);
  const seconds = second === undefined ? '' : `:${second}${fraction === undefined ? '' : `.${fraction}`}`;
  const meant = clockOf(`${hour.padStart(2, '0')}:${minute}${seconds}`, place);
  return invalidTime(place.text, 'malformed', fault, `Write ${place.date}T${meant}${place.ending}`);
}
