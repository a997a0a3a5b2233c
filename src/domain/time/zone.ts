import { Temporal } from 'temporal-polyfill';
import { escapeControls } from '../escape.ts';
import { EXIT, Failure } from '../failure.ts';
import { nearest } from '../nearest.ts';
import { ABBREVIATIONS, RENAMED } from './zone-names.ts';

/** Why a text is not a time zone, for those who collect faults instead of throwing. */
export interface ZoneFault {
  readonly reason: 'abbreviation' | 'offset' | 'unknown-zone';
  readonly message: string;
  readonly remedy: string;
}

/**
 * The zone's name as the IANA tz database spells it (`europe/paris` → `Europe/Paris`), or null where there is no such
 * zone. Links keep their own name: `Asia/Calcutta` does not become `Asia/Kolkata`.
 *
 * A zone here is `Area/Place`, or `UTC`. The database's names without a slash (`CET`, `GMT`, `EST5EDT`, `Japan`) are
 * left out: they are what people write when they mean something else.
 */
export function canonicalZone(text: string): string | null {
  const name = text.trim();
  if (/^utc$/i.test(name)) return 'UTC';
  if (!/^[a-z]\w*(\/[\w+-]+)+$/i.test(name)) return null;
  return spelledByRuntime(name);
}

export function isKnownZone(text: string): boolean {
  return canonicalZone(text) !== null;
}

/** The zone's canonical name; throws Failure `unknown-zone` where there is none. */
export function requireZone(text: string): string {
  const zone = canonicalZone(text);
  if (zone !== null) return zone;
  const { message, remedy } = zoneFault(text);
  throw new Failure({
    code: 'unknown-zone',
    exit: EXIT.usage,
    message,
    remedy,
    details: { zone: text, nearest: nearestZones(text) },
  });
}

/**
 * Zones a person may have meant, few and the likeliest first: by abbreviation (`CET`), by place alone
 * (`new york`), by an alias (`Japan`), by spelling (`Europe/Pariss`).
 */
export function nearestZones(text: string): readonly string[] {
  const wanted = text.trim().replace(/\s+/g, '_');
  const known = ABBREVIATIONS[wanted.toUpperCase()];
  if (known !== undefined) return known.zones;
  const names = zoneNames();
  const places = new Map(names.map((name) => [placeOf(name).toLowerCase(), name]));
  const meant = places.get(wanted.toLowerCase()) ?? targetOfAlias(wanted);
  if (meant !== undefined) return [meant];
  const place = placeOf(wanted);
  const nearPlace = nearest(place, places.keys(), place.length > 5 ? 2 : 1);
  const found = [nearest(wanted, names), nearPlace === null ? undefined : places.get(nearPlace)];
  return [...new Set(found.filter((name) => typeof name === 'string'))];
}

/** Why a text that is no zone is none, and what to write instead. */
export function zoneFault(text: string): ZoneFault {
  const shown = `"${escapeControls(text)}"`;
  const suggested = nearestZones(text);
  const choice = suggested.join(' or ');
  if (ABBREVIATIONS[text.trim().toUpperCase()] !== undefined) {
    const message = `${shown} is an abbreviation: it does not say where, nor whether clocks change`;
    return { reason: 'abbreviation', message, remedy: `Name a place, such as ${choice}, or write UTC` };
  }
  if (/^\s*[+-]?\d/.test(text)) {
    const message = `${shown} is an offset, which does not say when clocks change`;
    return { reason: 'offset', message, remedy: 'Name a place, such as Europe/Paris, or write UTC' };
  }
  return {
    reason: 'unknown-zone',
    message: `${shown} is not a known time zone of the form Area/Place`,
    remedy: choice === '' ? 'Use an IANA name, Area/Place, such as Europe/Paris' : `Did you mean ${choice}?`,
  };
}

function spelledByRuntime(name: string): string | null {
  try {
    return new Temporal.ZonedDateTime(0n, name).timeZoneId;
  } catch (error) {
    if (error instanceof RangeError) return null;
    throw error;
  }
}

function zoneNames(): readonly string[] {
  return Intl.supportedValuesOf('timeZone').map((name) => RENAMED[name] ?? name);
}

function placeOf(name: string): string {
  return name.slice(name.lastIndexOf('/') + 1);
}

/** `Japan` → `Asia/Tokyo`: the database's names without a slash are links to places. */
function targetOfAlias(name: string): string | undefined {
  if (!/^[a-z]\w*$/i.test(name) || spelledByRuntime(name) === null) return undefined;
  const target = new Intl.DateTimeFormat('en', { timeZone: name }).resolvedOptions().timeZone;
  return RENAMED[target] ?? target;
}
