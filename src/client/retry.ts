import type { Failure } from '../domain/failure.ts';

export type Pause = (milliseconds: number) => Promise<void>;

const ATTEMPTS = 5;
/** Each of these has already cost its whole patience. */
const ATTEMPTS_WITHOUT_ANSWER = 3;
const FIRST_PAUSE = 200;
const LONGEST_PAUSE = 10_000;
/** A platform that asks for more patience than this, in seconds, is told to a person instead. */
const LONGEST_RETRY_AFTER = 60;

/** Codes after which the same request may succeed: nothing is wrong with it. */
const TRANSIENT = ['unavailable', 'rate-limited', 'store-busy', 'idempotency-in-flight'];

/** What a failure says of itself to those who may send again. */
interface Hints {
  /** It will not get better by asking again. */
  readonly permanent?: boolean;
  /** No answer came while there was patience for one. */
  readonly timedOut?: boolean;
  /** Seconds that the platform asks for. */
  readonly retryAfter?: number;
}

/** How often a request that ended like this is sent in all. */
export function attemptsAfter(failure: Failure): number {
  const { permanent, timedOut } = hintsOf(failure);
  if (!TRANSIENT.includes(failure.code) || permanent === true) return 1;
  // Its first sending is at work there and will be answered: only the call's own deadline ends this.
  if (failure.code === 'idempotency-in-flight') return Number.POSITIVE_INFINITY;
  return timedOut === true ? ATTEMPTS_WITHOUT_ANSWER : ATTEMPTS;
}

export function timedOut(failure: Failure): boolean {
  return hintsOf(failure).timedOut === true;
}

/**
 * Milliseconds before the next attempt, or null where there is none. The platform's own Retry-After is obeyed;
 * otherwise a random time under a limit that doubles ("full jitter"), so that many clients do not return at once.
 */
export function retryPause(attempt: number, failure: Failure, random: () => number = Math.random): number | null {
  if (attempt >= attemptsAfter(failure)) return null;
  const { retryAfter } = hintsOf(failure);
  if (retryAfter !== undefined) return retryAfter > LONGEST_RETRY_AFTER ? null : Math.ceil(retryAfter * 1000);
  return Math.ceil(random() * Math.min(LONGEST_PAUSE, FIRST_PAUSE * 2 ** attempt));
}

function hintsOf({ details }: Failure): Hints {
  if (typeof details !== 'object' || details === null) return {};
  const { permanent, timedOut, retryAfter } = details as Readonly<Record<keyof Hints, unknown>>;
  return {
    permanent: permanent === true,
    timedOut: timedOut === true,
    ...(typeof retryAfter === 'number' && retryAfter >= 0 ? { retryAfter } : {}),
  };
}
