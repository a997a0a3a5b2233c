import { Temporal } from 'temporal-polyfill';
import { Failure } from '../failure.ts';
import { occurrences } from './clock-change.ts';
import { type ResolvedTime, resolveTime } from './resolve-time.ts';
import { parseWrittenTime, type WrittenTime } from './written-time.ts';
import { isKnownZone } from './zone.ts';

/** A written time that another tz database reads as another instant. */
export interface MovedTime {
  /** Epoch milliseconds: the instant that is in force. */
  readonly from: number;
  /** Epoch milliseconds: what the same text means now. */
  readonly to: number;
  readonly tzdbFrom: string;
  readonly tzdbTo: string;
  /** Set where the text cannot stay as it is: it is skipped now, repeated, or its offset contradicts its zone. */
  readonly problem: Failure | null;
}

/**
 * Reads a stored time again under the present tz database. null: it still is the same instant.
 *
 * A text that has become ambiguous has not moved as long as one of its two occurrences is the stored instant. One that
 * has become impossible is said to move to what its clock time comes nearest to, with the problem beside it.
 *
 * @param tzdb version of the present tz database. It must be the one the runtime uses.
 */
export function movedBy(stored: ResolvedTime, tzdb: string): MovedTime | null {
  if (stored.tzdb === tzdb) return null;
  const written = parseWrittenTime(stored.text);
  const { to, problem } = readAgain(written, stored, tzdb);
  if (to === stored.at) return null;
  return { from: stored.at, to, tzdbFrom: stored.tzdb, tzdbTo: tzdb, problem };
}

function readAgain(written: WrittenTime, stored: ResolvedTime, tzdb: string): Pick<MovedTime, 'to' | 'problem'> {
  try {
    return { to: resolveTime(written, stored.zone, tzdb).at, problem: null };
  } catch (error) {
    const to = error instanceof Failure ? nearestReading(written, stored) : null;
    if (to === null || !(error instanceof Failure)) throw error;
    return { to, problem: error };
  }
}

/** null where it is not the clock time that is at fault. */
function nearestReading(written: WrittenTime, stored: ResolvedTime): number | null {
  if (written.kind !== 'zoned' && written.kind !== 'civil') return null;
  const zone = written.kind === 'zoned' ? written.zone : stored.zone;
  if (zone === null || !isKnownZone(zone)) return null;
  const candidates = occurrences(written.civil, zone);
  if (candidates.length > 1 && candidates.includes(stored.at)) return stored.at;
  return Temporal.PlainDateTime.from(written.civil).toZonedDateTime(zone).epochMilliseconds;
}
