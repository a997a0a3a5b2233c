import { FORMS, invalidTime, quoted } from './invalid-time.ts';
import { bracketed, clockOf, endingOf } from './written-clock.ts';
import { isYear, outsideYears } from './written-years.ts';
import { canonicalZone } from './zone.ts';
import { ABBREVIATIONS, type Abbreviation } from './zone-names.ts';

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

/** Takes `YYYY-MM-DD` off the front of `body`. `text` is the whole of what was written, for messages. */
export function dateOf(text: string, body: string): { readonly date: string; readonly after: string } {
  const parts = /^(\d{4})-(\d{2})-(\d{2})(?!\d)(.*)$/s.exec(body);
  if (parts === null) throw invalidTime(text, 'malformed', 'is not a time', remedyForDate(body));
  const [year, month, day] = [Number(parts[1]), Number(parts[2]), Number(parts[3])];
  if (!isYear(year)) throw outsideYears(text);
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
 * @param zone what stands in brackets after all of it, for remedies that say the whole time again.
 * @returns the date and time as `YYYY-MM-DDTHH:MM[:SS[.fff]]`, and what follows, without blanks around it.
 */
export function civilOf(
  text: string,
  date: string,
  after: string,
  zone: string | null,
): { readonly civil: string; readonly suffix: string } {
  const parts = /^[T\s]\s*([\d:.,]+)(.*)$/is.exec(after);
  if (parts === null) throw invalidTime(text, 'malformed', 'is not a time', FORMS);
  const [clock, suffix] = [parts[1] ?? '', (parts[2] ?? '').trim()];
  if (/^[ap]\.?m\b/i.test(suffix)) {
    throw invalidTime(text, 'twelve-hour-clock', 'uses a 12-hour clock', 'Write hours from 00 to 23: 23:00, not 11 pm');
  }
  return { civil: `${date}T${clockOf(clock, { text, date, ending: endingOf(suffix, zone) })}`, suffix };
}

/**
 * Reads what follows a date or a clock time as an offset: `Z`, `UTC` or `±HH:MM`.
 *
 * @param before what stands before it, and `zone` after it, for remedies that say the whole time again.
 * @returns `Z` or `±HH:MM`.
 */
export function offsetOf(text: string, suffix: string, before: string, zone: string | null): string {
  if (/^(z|utc)$/i.test(suffix)) return 'Z';
  const parts = /^(?:utc|gmt)?([+-])(\d{1,2}):?(\d{2})?$/i.exec(suffix);
  if (parts === null) throw notAnOffset(text, suffix, before, zone);
  const [sign, hours, minutes] = [parts[1] ?? '+', (parts[2] ?? '').padStart(2, '0'), parts[3] ?? '00'];
  const offset = `${sign}${hours}:${minutes}`;
  const size = Number(hours) * 60 + Number(minutes);
  if (Number(minutes) > 59 || size > (sign === '+' ? 14 : 12) * 60) {
    const remedy = 'Offsets run from -12:00 to +14:00';
    throw invalidTime(text, 'offset-out-of-range', `has an offset that no place has: ${suffix}`, remedy);
  }
  if (suffix !== offset) {
    const remedy = `Write ${before}${offset}${bracketed(zone)}`;
    throw invalidTime(text, 'offset-form', `has an offset that is not ±HH:MM: ${suffix}`, remedy);
  }
  // RFC 9557: `-00:00` says that the instant is known and the local offset is not, as `Z` does.
  return offset === '-00:00' ? 'Z' : offset;
}

function notAnOffset(text: string, suffix: string, before: string, given: string | null): Error {
  const known = ABBREVIATIONS[suffix.toUpperCase()];
  const alone = given === null ? null : `${before}${bracketed(given)}`;
  if (known !== undefined || /^[A-Z]{3,5}$/.test(suffix)) {
    const fault = `ends in the abbreviation ${quoted(suffix)}, which does not say where, nor whether clocks change`;
    return invalidTime(text, 'abbreviation', fault, remedyForAbbreviation(known, before, alone));
  }
  const zone = canonicalZone(suffix);
  if (zone !== null) {
    const remedy = `Write ${before}[${zone}]${alone === null || zone === given ? '' : ` or ${alone}`}`;
    return invalidTime(text, 'malformed', 'has a zone without brackets', remedy);
  }
  const fault = `ends in ${quoted(suffix)}, which is neither an offset nor a zone`;
  const remedy = alone ?? `a zone or an offset after it, as in ${before}Z, ${before}+01:00 or ${before}[Europe/Paris]`;
  return invalidTime(text, 'malformed', fault, `Write ${remedy}`);
}

/** @param alone the time with the zone that it has in brackets, where it has one. */
function remedyForAbbreviation(known: Abbreviation | undefined, before: string, alone: string | null): string {
  if (alone !== null) {
    return `Write the zone alone, ${alone}${known === undefined ? '' : `, or the offset alone, ${before}${known.offset}`}`;
  }
  if (known === undefined) {
    return `Write the zone or the offset, as in ${before}[Europe/Paris] or ${before}+01:00`;
  }
  const places = known.zones.map((zone) => `${before}[${zone}]`).join(' or ');
  // In summer or winter the two are different instants, and only the writer knows which was meant.
  return `Write the zone whose clock is meant, ${places}; or the offset, whatever clocks show there, ${before}${known.offset}`;
}

function remedyForDate(body: string): string {
  const loose = /^(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?!\d)/.exec(body);
  if (loose === null) return FORMS;
  const [month, day] = [(loose[2] ?? '').padStart(2, '0'), (loose[3] ?? '').padStart(2, '0')];
  if (MONTHS[Number(month) - 1] === undefined || Number(day) > daysIn(Number(loose[1]), Number(month))) return FORMS;
  return `Write the date as ${loose[1]}-${month}-${day}`;
}

function daysIn(year: number, month: number): number {
  if (month === 2) return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0) ? 29 : 28;
  return [4, 6, 9, 11].includes(month) ? 30 : 31;
}
