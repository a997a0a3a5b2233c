import type { LaunchSpec } from '../document/launch-schema.ts';
import { type Documents, instantIn, type ResolvedTimes, type Resource } from '../document/resources.ts';
import { launchStateAt } from '../launches/launch-state.ts';
import { launchRun } from '../launches/launch-times.ts';
import { formatInstant } from '../time/format-time.ts';
import { contains } from '../time/interval.ts';
import type { PlanOperation } from './plan.ts';

/** Why buyers would notice a change of a launch at once: it sells now and will not, or it starts earlier than was said. */
export function launchEffect({ id, before, after }: PlanOperation, current: Documents, now: number): string | null {
  if (before === null) return null;
  const was = before.spec as LaunchSpec;
  const is = after?.spec as LaunchSpec | undefined;
  if (was.cancelled !== undefined) return null;
  const signoff = current.signoffs.get(id)?.spec;
  // One that waits for its go sells nothing, whatever the clock says.
  const selling = was.markets.filter(
    (market) => launchStateAt(launchRun(before as Resource<'launches'>, market, signoff), now) === 'live',
  );
  const stopped = selling.filter(
    (market) =>
      is === undefined ||
      is.cancelled !== undefined ||
      !is.markets.includes(market) ||
      !contains(intervalOf(after?.times ?? {}, market), now),
  );
  if (stopped.length > 0) return `it sells now in ${stopped.join(', ')}, and ends there at once`;
  if (is === undefined || is.cancelled !== undefined) return null;
  const earlier = is.markets.flatMap((market) => {
    const [from, to] = [intervalOf(before.times, market).from, intervalOf(after?.times ?? {}, market).from];
    return was.markets.includes(market) && to < from ? [`${market} at ${formatInstant(to)}`] : [];
  });
  return earlier.length === 0 ? null : `it is pulled forward: ${[...new Set(earlier)].join(', ')}`;
}

function intervalOf(times: ResolvedTimes, market: string): { readonly from: number; readonly until: number } {
  return {
    from: instantIn(times, 'startsAt', market) ?? Number.POSITIVE_INFINITY,
    until: instantIn(times, 'endsAt', market) ?? Number.POSITIVE_INFINITY,
  };
}
