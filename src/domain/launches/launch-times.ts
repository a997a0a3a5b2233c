import type { SignoffSpec } from '../document/launch-schema.ts';
import { instantIn, type Resource } from '../document/resources.ts';
import type { Interval } from '../time/interval.ts';
import type { GivenGo, LaunchRun } from './launch-state.ts';

/** When a launch sells in a market, by its dates alone. */
export function launchInterval(launch: Resource<'launches'>, market: string): Interval {
  return {
    from: instantIn(launch.times, 'startsAt', market) ?? Number.POSITIVE_INFINITY,
    until: instantIn(launch.times, 'endsAt', market) ?? Number.POSITIVE_INFINITY,
  };
}

/** The last go that a launch was given, and whether it is for the launch as it is; null where it has none. */
export function givenGo(
  { version }: Pick<Resource<'launches'>, 'version'>,
  signoff: SignoffSpec | undefined,
): GivenGo | null {
  const go = signoff?.go;
  return go === undefined ? null : { ...go, stands: go.version === version };
}

/** A launch as it runs in a market. A go that was given to an earlier version of it does not stand. */
export function launchRun(launch: Resource<'launches'>, market: string, signoff: SignoffSpec | undefined): LaunchRun {
  const { from, until } = launchInterval(launch, market);
  const go = givenGo(launch, signoff);
  return {
    spec: launch.spec,
    startsAt: from,
    endsAt: Number.isFinite(until) ? until : null,
    go: go?.stands === true ? go : null,
  };
}
