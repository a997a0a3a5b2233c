import type { SignoffSpec } from '../document/launch-schema.ts';
import { instantIn, type Resource } from '../document/resources.ts';
import type { Interval } from '../time/interval.ts';
import type { Go, LaunchRun } from './launch-state.ts';

/** When a launch sells in a market, by its dates alone. */
export function launchInterval(launch: Resource<'launches'>, market: string): Interval {
  return {
    from: instantIn(launch.times, 'startsAt', market) ?? Number.POSITIVE_INFINITY,
    until: instantIn(launch.times, 'endsAt', market) ?? Number.POSITIVE_INFINITY,
  };
}

/** A launch as it runs in a market. A go that was given to an earlier version of it does not stand. */
export function launchRun(launch: Resource<'launches'>, market: string, signoff: SignoffSpec | undefined): LaunchRun {
  const { from, until } = launchInterval(launch, market);
  const go: Go | undefined = signoff?.go;
  return {
    spec: launch.spec,
    startsAt: from,
    endsAt: Number.isFinite(until) ? until : null,
    go: go !== undefined && go.version === launch.version ? go : null,
  };
}
