import type { Interval } from '../time/interval.ts';
import { instantIn, type ResolvedTimes } from './resources.ts';

/** When an exception with these times holds in a market; one without a start always did, one without an end goes on. */
export function exceptionInterval(times: ResolvedTimes, market: string): Interval {
  return {
    from: instantIn(times, 'startsAt', market) ?? Number.NEGATIVE_INFINITY,
    until: instantIn(times, 'endsAt', market) ?? Number.POSITIVE_INFINITY,
  };
}
