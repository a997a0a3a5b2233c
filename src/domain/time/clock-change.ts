import { Temporal } from 'temporal-polyfill';
import { EXIT, Failure } from '../failure.ts';
import { quoted } from './invalid-time.ts';
import type { WrittenCivil, WrittenZoned } from './written-time.ts';

/** Epoch milliseconds at which a civil time happens in a zone: none where a clock change skips it, two where it repeats it. */
export function occurrences(civil: string, zone: string): readonly number[] {
  const plain = Temporal.PlainDateTime.from(civil);
  const earlier = plain.toZonedDateTime(zone, { disambiguation: 'earlier' });
  const later = plain.toZonedDateTime(zone, { disambiguation: 'later' });
  if (earlier.epochMilliseconds === later.epochMilliseconds) return [earlier.epochMilliseconds];
  return earlier.toPlainDateTime().equals(plain) ? [earlier.epochMilliseconds, later.epochMilliseconds] : [];
}

/** The zone's offset at an instant, `±HH:MM`. RFC 9557 rounds the few old offsets with seconds, so this does too. */
export function offsetAt(at: number, zone: string): string {
  const { offsetNanoseconds } = Temporal.Instant.fromEpochMilliseconds(at).toZonedDateTimeISO(zone);
  const minutes = Math.round(Math.abs(offsetNanoseconds) / 60e9);
  const [hours, rest] = [Math.floor(minutes / 60), minutes % 60];
  return `${offsetNanoseconds < 0 ? '-' : '+'}${String(hours).padStart(2, '0')}:${String(rest).padStart(2, '0')}`;
}

/** Failure for a civil time that a clock change of the zone skips, with the nearest times that exist. */
export function timeSkipped(written: WrittenCivil | WrittenZoned, zone: string): Failure {
  // Shifted back by the length of the gap it lies before the change, and no other change lies between.
  const shiftedBack = Temporal.PlainDateTime.from(written.civil).toZonedDateTime(zone, { disambiguation: 'earlier' });
  const change = shiftedBack.getTimeZoneTransition('next') ?? shiftedBack;
  const suffix = written.kind === 'zoned' ? `[${zone}]` : '';
  const [before, after] = [change.subtract({ minutes: 1 }), change].map((time) => `${shortCivil(time)}${suffix}`);
  return new Failure({
    code: 'time-skipped',
    exit: EXIT.usage,
    message: `${quoted(written.text)} does not exist in ${zone}: the clocks skip it, between ${before} and ${after}`,
    remedy: `Write ${before} or ${after}, the nearest times before and after`,
    details: { text: written.text, zone, before, after },
  });
}

/** Failure for a civil time that a clock change of the zone repeats. `at`: both instants in epoch milliseconds. */
export function timeAmbiguous(
  { kind, text, civil }: WrittenCivil | WrittenZoned,
  zone: string,
  at: readonly [number, number],
): Failure {
  const [first, second] = [offsetAt(at[0], zone), offsetAt(at[1], zone)];
  const note = kind === 'civil' ? '; either is then one instant for every market' : '';
  return new Failure({
    code: 'time-ambiguous',
    exit: EXIT.usage,
    message: `${quoted(text)} happens twice in ${zone}: at ${first} and, after the clocks go back, at ${second}`,
    remedy: `Write ${civil}${first}[${zone}] for the first or ${civil}${second}[${zone}] for the second${note}`,
    details: { text, zone, at, offsets: [first, second] },
  });
}

/** `2024-03-31T02:00`, with seconds only where there are any. */
function shortCivil(time: Temporal.ZonedDateTime): string {
  return time.toPlainDateTime().toString().replace(/:00$/, '');
}
