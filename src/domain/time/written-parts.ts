import { FORMS, invalidTime, quoted } from './invalid-time.ts';
import { canonicalZone } from './zone.ts';
import { ABBREVIATIONS } from './zone-names.ts';

const MONTHS = [
  'January',
  'February',
  'March',
  'April',
  'May',
  'June',
  'July',
  'August',
  'September',
  'October',
  'November',
  'December',
] as const;

/** Sentinels such as 9999-12-31 are refused: the end of that day has no RFC 3339 form in half of the world. */
const FIRST_YEAR = 1970;
const LAST_YEAR = 9998;

/** Takes `YYYY-MM-DD` off the front of `body`. `text` is the whole of what was written, for messages. */
export function dateOf(text: string, body: string): { readonly date: string; readonly after: string } {
  const parts = /^(\d{4})-(\d{2})-(\d{2})(?!\d)(.*)$/s.exec(body);
  if (parts === null) throw invalidTime(text, 'malformed', 'is not a time', remedyForDate(body));
  const [year, month, day] = [Number(parts[1]), Number(parts[2]), Number(parts[3])];
  if (year < FIRST_YEAR || year > LAST_YEAR) {
    const fault = `is outside the years ${FIRST_YEAR} to ${LAST_YEAR}`;
    throw invalidTime(text, 'year-out-of-range', fault, 'Leave out what has no end, or write a year in that range');
  }
  const name = MONTHS[month - 1];
  if (name === undefined) {
    throw invalidTime(text, 'no-such-date', `has no such month: ${parts[2]}`, 'Write year, month and day: 2024-12-31');
  }
  const days = daysIn(year, month);
  if (day < 1 || day > days) {
    const remedy = `Write a day from 01 to ${days}`;
    throw invalidTime(
      text,
      'no-such-date',
      `names a day that does not exist: ${name} ${year} has ${days} days`,
      remedy,
    );
  }
  return { date: body.slice(0, 10), after: parts[4] ?? '' };
}

/**
 * Takes the clock time off the front of what follows a date: `T23:00`, ` 23:00:15.250`.
 *
 * @returns the date and time as `YYYY-MM-DDTHH:MM[:SS[.fff]]`, and what follows, without blanks around it.
 */
export function civilOf(
  text: string,
  date: string,
  after: string,
): { readonly civil: string; readonly suffix: string } {
  const parts = /^[T\s]\s*([\d:.,]+)(.*)$/is.exec(after);
  if (parts === null) throw invalidTime(text, 'malformed', 'is not a time', FORMS);
  const [clock, suffix] = [parts[1] ?? '', (parts[2] ?? '').trim()];
  if (/^[ap]\.?m\b/i.test(suffix)) {
    throw invalidTime(text, 'twelve-hour-clock', 'uses a 12-hour clock', 'Write hours from 00 to 23: 23:00, not 11 pm');
  }
  return { civil: `${date}T${clockOf(text, date, clock)}`, suffix };
}

/**
 * Reads what follows a date or a clock time as an offset: `Z`, `UTC` or `±HH:MM`.
 *
 * @param before what stands before it, for remedies that say the whole time again.
 * @returns `Z` or `±HH:MM`.
 */
export function offsetOf(text: string, suffix: string, before: string): string {
  if (/^(z|utc)$/i.test(suffix)) return 'Z';
  const parts = /^(?:utc|gmt)?([+-])(\d{1,2}):?(\d{2})?$/i.exec(suffix);
  if (parts === null) throw notAnOffset(text, suffix, before);
  const [sign, hours, minutes] = [parts[1] ?? '+', (parts[2] ?? '').padStart(2, '0'), parts[3] ?? '00'];
  const offset = `${sign}${hours}:${minutes}`;
  const size = Number(hours) * 60 + Number(minutes);
  if (Number(minutes) > 59 || size > (sign === '+' ? 14 : 12) * 60) {
    const remedy = 'Offsets run from -12:00 to +14:00';
    throw invalidTime(text, 'offset-out-of-range', `has an offset that no place has: ${suffix}`, remedy);
  }
  if (suffix !== offset) {
    throw invalidTime(text, 'offset-form', `has an offset that is not ±HH:MM: ${suffix}`, `Write ${before}${offset}`);
  }
  // RFC 9557: `-00:00` says that the instant is known and the local offset is not, as `Z` does.
  return offset === '-00:00' ? 'Z' : offset;
}

function clockOf(text: string, date: string, clock: string): string {
  if (/^\d{1,2}:?$/.test(clock)) {
    const hour = clock.replace(':', '').padStart(2, '0');
    throw invalidTime(
      text,
      'missing-minutes',
      'has an hour and no minutes',
      `Write the minutes too: ${date}T${hour}:00`,
    );
  }
  const parts = /^(\d{2}):(\d{2})(?::(\d{2})(?:\.(\d+))?)?$/.exec(clock);
  if (parts === null) {
    const fault = `has a clock time that is not HH:MM or HH:MM:SS: ${clock}`;
    const remedy = `Write hours with two digits and minutes, as in ${date}T09:30 or ${date}T09:30:00.250`;
    throw invalidTime(text, 'malformed', fault, remedy);
  }
  const [hour, minute, second, fraction] = [parts[1] ?? '', parts[2] ?? '', parts[3] ?? '00', parts[4] ?? ''];
  if (hour === '24') {
    const remedy = `Write end of ${date} for the first instant of the next day`;
    throw invalidTime(text, 'hour-24', 'has the hour 24; hours run from 00 to 23', remedy);
  }
  if (second === '60') {
    const remedy = `Write ${date}T${hour}:${minute}:59, or the minute after`;
    throw invalidTime(text, 'leap-second', 'has the second 60; leap seconds are not counted here', remedy);
  }
  if (Number(hour) > 23 || Number(minute) > 59 || Number(second) > 59) {
    const remedy = 'Hours run from 00 to 23, minutes and seconds from 00 to 59';
    throw invalidTime(text, 'no-such-clock-time', `has a clock time that does not exist: ${clock}`, remedy);
  }
  if (fraction.length > 3) {
    const remedy = `Cut it to milliseconds: ${date}T${clock.slice(0, clock.indexOf('.') + 4)}`;
    throw invalidTime(text, 'fraction-too-fine', 'is finer than a millisecond', remedy);
  }
  return clock;
}

function notAnOffset(text: string, suffix: string, before: string): Error {
  const known = ABBREVIATIONS[suffix.toUpperCase()];
  if (known !== undefined || /^[A-Z]{3,5}$/.test(suffix)) {
    const { offset, zones } = known ?? { offset: '+01:00', zones: ['Europe/Paris'] };
    const fault = `ends in the abbreviation ${quoted(suffix)}, which does not say where, nor whether clocks change`;
    const places = zones.map((zone) => `${before}[${zone}]`).join(' or ');
    return invalidTime(text, 'abbreviation', fault, `Write the zone, ${places}, or the offset, ${before}${offset}`);
  }
  const zone = canonicalZone(suffix);
  if (zone !== null) return invalidTime(text, 'malformed', 'has a zone without brackets', `Write ${before}[${zone}]`);
  const fault = `ends in ${quoted(suffix)}, which is neither an offset nor a zone`;
  return invalidTime(text, 'malformed', fault, `Write ${before}Z, ${before}+01:00 or ${before}[Europe/Paris]`);
}

function remedyForDate(body: string): string {
  const loose = /^(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?!\d)/.exec(body);
  if (loose === null) return FORMS;
  const [month, day] = [(loose[2] ?? '').padStart(2, '0'), (loose[3] ?? '').padStart(2, '0')];
  return `Write the date as ${loose[1]}-${month}-${day}`;
}

function daysIn(year: number, month: number): number {
  if (month === 2) return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0) ? 29 : 28;
  return [4, 6, 9, 11].includes(month) ? 30 : 31;
}
