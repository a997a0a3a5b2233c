import { parseAt } from '../../domain/time/resolve-time.ts';
import { isCommon, parseWrittenTime } from '../../domain/time/written-time.ts';

/** The tz database of this process; the platform has its own. */
export const TZDB = process.versions.tz ?? 'unknown';

/** A time flag, read: the same instant everywhere, or one to be read in each market's own zone. */
export type AskedTime =
  /** `text` is as good as what was written, for whoever is asked. */
  { readonly kind: 'common'; readonly text: string } | { readonly kind: 'local'; readonly text: string };

/** @throws Failure `invalid-time` and its kin */
export function readAskedTime(text: string): AskedTime {
  if (/^\s*now\s*$/i.test(text)) return { kind: 'common', text: 'now' };
  return { kind: isCommon(parseWrittenTime(text)) ? 'common' : 'local', text };
}

/**
 * Epoch milliseconds of an asked time.
 *
 * @param now epoch milliseconds
 * @param zone where a local one is read; null: nowhere, and then it needs a zone of its own
 * @throws Failure `zone-needed` and what `resolveTime` throws
 */
export function instantOf(asked: AskedTime, now: number, zone: string | null): number {
  return parseAt(asked.text, now, zone, TZDB);
}
