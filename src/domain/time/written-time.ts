import { FORMS, invalidTime, quoted } from './invalid-time.ts';
import { bracketed, endingOf } from './written-clock.ts';
import { civilOf, dateOf, offsetOf } from './written-parts.ts';
import { canonicalZone, zoneFault } from './zone.ts';
import { ABBREVIATIONS } from './zone-names.ts';

/** `2024-12-31T23:00Z`: an offset alone. One instant everywhere. */
export interface WrittenInstant {
  readonly kind: 'instant';
  readonly text: string;
  readonly civil: string;
  /** `Z` or `±HH:MM`. */
  readonly offset: string;
}

/** `2015-05-19T13:00[Europe/Berlin]`, with or without an offset (RFC 9557). One instant everywhere. */
export interface WrittenZoned {
  readonly kind: 'zoned';
  readonly text: string;
  readonly civil: string;
  /** `Z` or `±HH:MM`. */
  readonly offset: string | null;
  readonly zone: string;
}

/** `2024-12-31T23:59`: read in each market's own zone. */
export interface WrittenCivil {
  readonly kind: 'civil';
  readonly text: string;
  readonly civil: string;
}

/** `start of 2024-12-31` or `end of 2024-12-31[Europe/Paris]`: read in its zone, or else in each market's own. */
export interface WrittenDay {
  readonly kind: 'start-of' | 'end-of';
  readonly text: string;
  /** `YYYY-MM-DD`. */
  readonly date: string;
  /** IANA name or `±HH:MM`. */
  readonly zone: string | null;
}

/**
 * A schedule field as a person wrote it, checked as far as that goes without a market. `text` is what was written,
 * without the blanks around it; `civil` is `YYYY-MM-DDTHH:MM[:SS[.fff]]`; zones have their canonical spelling.
 */
export type WrittenTime = WrittenInstant | WrittenZoned | WrittenCivil | WrittenDay;

/** Longer than any time a person writes; whatever is longer is refused before anything looks at it. */
const LONGEST = 120;

/**
 * Reads a time in any form that schedule fields and time flags take: RFC 3339, RFC 9557 with one zone, a civil time, or
 * `start of` / `end of` a date, each optionally with zone or offset. Letter case and extra blanks make no difference.
 *
 * Throws Failure `invalid-time` (`details.reason` says which of the faults it is). An offset that contradicts its
 * zone, and civil times that a clock change skips or repeats, depend on the tz database and are found by `resolveTime`.
 */
export function parseWrittenTime(text: string): WrittenTime {
  const trimmed = text.trim();
  if (trimmed === '') throw invalidTime(trimmed, 'empty', 'is not a time', FORMS);
  if (trimmed.length > LONGEST) throw invalidTime(trimmed, 'too-long', 'is too long for a time', FORMS);
  const { body, zone } = splitZone(trimmed);
  const day = /^(start|end)\s+of(?:\s+(.*))?$/is.exec(body);
  if (day !== null) {
    const kind = day[1]?.toLowerCase() === 'start' ? 'start-of' : 'end-of';
    return dayTime(trimmed, kind, day[2] ?? '', zone);
  }
  return clockTime(trimmed, body, zone);
}

/** Whether it is one instant for all markets: a zone or an offset was written. */
export function isCommon(written: WrittenTime): boolean {
  switch (written.kind) {
    case 'instant':
    case 'zoned':
      return true;
    case 'civil':
      return false;
    case 'start-of':
    case 'end-of':
      return written.zone !== null;
  }
}

/** Takes `[Area/Place]` off the end. A leading `!`, RFC 9557's critical flag, changes nothing: zones always bind. */
function splitZone(text: string): { readonly body: string; readonly zone: string | null } {
  const bracketed = /^([^[\]]*)\[([^[\]]*)\]$/s.exec(text);
  if (bracketed === null) {
    if (/[[\]]/.test(text)) {
      const remedy = 'Write one zone at the end: 2024-12-31T23:00[Europe/Paris]';
      throw invalidTime(text, 'brackets', 'has brackets around something else than one zone at its end', remedy);
    }
    return { body: text, zone: null };
  }
  const body = (bracketed[1] ?? '').trim();
  const name = (bracketed[2] ?? '').trim().replace(/^!/, '');
  if (name.includes('=')) {
    const remedy = 'Leave it out: calendars and other annotations have no meaning here';
    throw invalidTime(text, 'annotation', `has an annotation that is not a zone: ${quoted(name)}`, remedy);
  }
  return { body, zone: zoneIn(text, name) };
}

function zoneIn(text: string, name: string): string {
  const zone = canonicalZone(name);
  if (zone !== null) return zone;
  const { reason, message, remedy } = zoneFault(name);
  const fault = `has an unusable zone: ${message}`;
  switch (reason) {
    case 'abbreviation': {
      // UTC would be another instant for all but one of them.
      const known = ABBREVIATIONS[name.trim().toUpperCase()];
      const places = `Name a place, such as ${known?.zones.join(' or ') ?? 'Europe/Paris'}`;
      throw invalidTime(text, reason, fault, known?.offset === 'Z' ? `${places}, or write UTC` : places);
    }
    case 'offset': {
      const place = 'Name a place, such as Europe/Paris, or write the offset without brackets';
      throw invalidTime(text, 'unknown-zone', fault, place);
    }
    case 'unknown-zone':
      throw invalidTime(text, reason, fault, remedy);
  }
}

function dayTime(text: string, kind: WrittenDay['kind'], rest: string, zone: string | null): WrittenDay {
  const { date, after } = dateOf(text, rest);
  if (after === '') return { kind, text, date, zone };
  const day = `${kind === 'start-of' ? 'start of' : 'end of'} ${date}`;
  const clock = /^[T\s]\s*\d[\d:.,]*\s*/i.exec(after);
  if (clock !== null) {
    // Of a day an offset or a zone can be said, and not both.
    const alone = `${day}${zone === null ? endingOf(after.slice(clock[0].length), null) : bracketed(zone)}`;
    const remedy = `Write ${alone} alone, or the clock time without "${day.slice(0, -date.length).trim()}"`;
    throw invalidTime(text, 'day-with-clock', 'has a clock time after a day', remedy);
  }
  const offset = offsetOf(text, after.trim(), day, zone);
  if (zone !== null) {
    const remedy = `Write ${day}${bracketed(zone)} or ${day}${offset}, whichever is meant`;
    throw invalidTime(text, 'day-with-offset-and-zone', 'has an offset and a zone', remedy);
  }
  return { kind, text, date, zone: offset === 'Z' ? 'UTC' : offset };
}

function clockTime(text: string, body: string, zone: string | null): WrittenInstant | WrittenZoned | WrittenCivil {
  const { date, after } = dateOf(text, body);
  if (after === '') {
    const at = zone === null ? date : `${date}[${zone}]`;
    const remedy = `Write start of ${at}, or end of ${at} for the first instant of the next day`;
    throw invalidTime(text, 'bare-date', 'is a date and names no instant', remedy);
  }
  const { civil, suffix } = civilOf(text, date, after, zone);
  const offset = suffix === '' ? null : offsetOf(text, suffix, civil, zone);
  if (zone !== null) return { kind: 'zoned', text, civil, offset, zone };
  return offset === null ? { kind: 'civil', text, civil } : { kind: 'instant', text, civil, offset };
}
