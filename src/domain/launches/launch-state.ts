import type { LaunchSpec, SignoffSpec } from '../document/launch-schema.ts';
import { readInstant } from '../time/read-instant.ts';

/**
 * What a launch is in one market at an instant. `held` is a launch whose start has come and that nobody let go: it
 * does not sell. Derived from the launch and from what was signed, never set.
 */
export type LaunchState = 'scheduled' | 'held' | 'live' | 'ended' | 'cancelled';

/** That somebody let it go: who, when, and what it was then. */
export type Go = NonNullable<SignoffSpec['go']>;

/** The last go, and whether it is for the launch as it is now: any change of the launch voids it. */
export type GivenGo = Readonly<Go> & { readonly stands: boolean };

/** A launch in one market, with its instants in epoch milliseconds. */
export interface LaunchRun {
  readonly spec: LaunchSpec;
  readonly startsAt: number;
  /** Null where it goes on until it is cancelled. */
  readonly endsAt: number | null;
  /** The go that stands; one that was given to other terms does not. */
  readonly go: Go | null;
}

export function launchStateAt(run: LaunchRun, at: number): LaunchState {
  if (run.spec.cancelled !== undefined) return 'cancelled';
  if (run.endsAt !== null && at >= run.endsAt) return 'ended';
  if (at < run.startsAt) return 'scheduled';
  return needsGo(run.spec) && !givenBy(run.go, at) ? 'held' : 'live';
}

/** Whether somebody has to let it go: a launch with a checklist does not start by itself. */
export function needsGo(spec: LaunchSpec): boolean {
  return spec.checklist !== undefined;
}

function givenBy(go: Go | null, at: number): boolean {
  return go !== null && readInstant(go.at) <= at;
}

/** When the state is another one next, after `at`; null where it stays. */
export function nextLaunchChange(run: LaunchRun, at: number): number | null {
  const now = launchStateAt(run, at);
  const instants = [run.startsAt, run.endsAt].filter((instant) => instant !== null && instant > at);
  return (
    instants.toSorted((a, b) => (a ?? 0) - (b ?? 0)).find((instant) => launchStateAt(run, instant ?? at) !== now) ??
    null
  );
}
