import type { Failure } from '../domain/failure.ts';

export type Pause = (milliseconds: number) => Promise<void>;

const ATTEMPTS = 5;
const FIRST_PAUSE = 200;
const LONGEST_PAUSE = 10_000;
/** A platform that asks for more patience than this, in seconds, is told to a person instead. */
const LONGEST_RETRY_AFTER = 60;

/** Codes after which the same request may succeed: nothing is wrong with it. */
const TRANSIENT = ['unavailable', 'rate-limited', 'store-busy', 'idempotency-in-flight'];

export function isTransient(failure: Failure): boolean {
  return TRANSIENT.includes(failure.code) && !refused(failure);
}

/** An answer that is no platform's will not become one by asking again. */
function refused({ details }: Failure): boolean {
  return (details as { readonly permanent?: unknown } | undefined)?.permanent === true;
}

/**
 * Milliseconds before the next attempt, or null where there is none. The platform's own Retry-After (seconds) is
 * obeyed; otherwise a random time under a limit that doubles ("full jitter"), so that many clients do not return at
 * once.
 */
export function retryPause(
  attempt: number,
  retryAfter: number | null,
  random: () => number = Math.random,
): number | null {
  if (attempt >= ATTEMPTS) return null;
  if (retryAfter !== null) return retryAfter > LONGEST_RETRY_AFTER ? null : Math.ceil(retryAfter * 1000);
  return Math.ceil(random() * Math.min(LONGEST_PAUSE, FIRST_PAUSE * 2 ** attempt));
}
