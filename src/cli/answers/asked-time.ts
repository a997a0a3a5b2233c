import { Failure } from '../../domain/failure.ts';
import { parseAt } from '../../domain/time/resolve-time.ts';
import { isCommon, parseWrittenTime } from '../../domain/time/written-time.ts';

/** The tz database of this process; the platform has its own. */
export const TZDB = process.versions.tz ?? 'unknown';

/** A time flag, read: the same instant everywhere, or one to be read in each market's own zone. */
export type AskedTime =
  /** `text` is as good as what was written, for whoever is asked. */
  { readonly kind: 'common'; readonly text: string } | { readonly kind: 'local'; readonly text: string };

/**
 * @param flag the flag that says it, which a fault is told by
 * @throws Failure `invalid-time` and its kin
 */
export function readAskedTime(text: string, flag = '--at'): AskedTime {
  if (/^\s*now\s*$/i.test(text)) return { kind: 'common', text: 'now' };
  return { kind: naming(flag, () => isCommon(parseWrittenTime(text))) ? 'common' : 'local', text };
}

function naming<T>(flag: string, work: () => T): T {
  try {
    return work();
  } catch (error) {
    if (!(error instanceof Failure)) throw error;
    const { code, exit, message, remedy, details } = error;
    throw new Failure({ code, exit, message: `${flag}: ${message}`, remedy, details, cause: error });
  }
}

/**
 * Epoch milliseconds of an asked time.
 *
 * @param now epoch milliseconds
 * @param zone where a local one is read; null: nowhere, and then it needs a zone of its own
 * @param flag the flag that says it
 * @throws Failure `zone-needed` and what `resolveTime` throws
 */
export function instantOf(asked: AskedTime, now: number, zone: string | null, flag = '--at'): number {
  return naming(flag, () => parseAt(asked.text, now, zone, TZDB));
}
