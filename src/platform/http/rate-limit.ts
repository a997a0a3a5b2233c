import { httpFailure } from './problem.ts';

export interface RateLimit {
  /** Requests a second that a token may make for ever. */
  readonly perSecond: number;
  /** Requests that it may make at once, after a rest. */
  readonly burst: number;
}

/** Far more than a person or a CI job needs; it stops a loop that has gone wild. */
export const RATE_LIMIT: RateLimit = { perSecond: 100, burst: 1000 };

interface Bucket {
  level: number;
  at: number;
}

const MOST_BUCKETS = 10_000;

/** A token bucket for each caller. */
export class RateLimiter {
  readonly #limit: RateLimit;
  readonly #buckets = new Map<string, Bucket>();

  constructor(limit: RateLimit) {
    this.#limit = limit;
  }

  /** Counts one request at `now` (epoch milliseconds). Throws Failure `rate-limited` with the seconds to wait. */
  take(caller: string, now: number): void {
    const { perSecond, burst } = this.#limit;
    const bucket = this.#buckets.get(caller) ?? { level: burst, at: now };
    // A clock that was set back must not lock anybody out.
    const rested = Math.max(0, now - bucket.at) / 1000;
    bucket.level = Math.min(burst, bucket.level + rested * perSecond);
    bucket.at = now;
    if (this.#buckets.size >= MOST_BUCKETS) this.#buckets.clear();
    this.#buckets.set(caller, bucket);
    if (bucket.level >= 1) {
      bucket.level -= 1;
      return;
    }
    const retryAfter = Math.max(1, Math.ceil((1 - bucket.level) / perSecond));
    throw httpFailure(
      'rate-limited',
      `${caller} makes more than ${perSecond} requests a second.`,
      `Wait ${retryAfter} s, then go on more slowly.`,
      { retryAfter },
    );
  }
}
