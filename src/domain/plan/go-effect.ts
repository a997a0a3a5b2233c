import type { Documents, Resource } from '../document/resources.ts';
import { type LaunchState, launchStateAt } from '../launches/launch-state.ts';
import { launchRun } from '../launches/launch-times.ts';
import type { GuardResult, PlanOperation } from './plan.ts';

export interface GoChange {
  readonly current: Documents;
  /** What is planned; nothing in it has a version yet. */
  readonly wanted: Documents;
  readonly operations: readonly PlanOperation[];
  /** Epoch milliseconds. */
  readonly now: number;
}

/**
 * Why buyers would notice at once that a launch is let go, that its go is taken back, or that a change voids it: past its
 * start it sells with a go, and does not without one.
 */
export function goEffect(id: string, { current, wanted, operations, now }: GoChange): string | null {
  const present = current.launches.get(id);
  const next = wanted.launches.get(id);
  if (present === undefined || next === undefined) return null;
  const changes = operations.some((operation) => operation.kind === 'launches' && operation.id === id);
  const version = changes ? present.version + 1 : present.version;
  const was = statesOf(present, current.signoffs.get(id), now);
  const is = statesOf({ ...next, version }, wanted.signoffs.get(id), now);
  const begins = [...is].filter(([market, state]) => state === 'live' && was.get(market) === 'held');
  if (begins.length > 0) return `it begins to sell at once in ${namesOf(begins)}`;
  const stops = [...is].filter(([market, state]) => state === 'held' && was.get(market) === 'live');
  if (stops.length === 0) return null;
  return `it stops selling at once in ${namesOf(stops)}, until it is let go again`;
}

function namesOf(markets: readonly (readonly [market: string, state: LaunchState])[]): string {
  return markets.map(([market]) => market).join(', ');
}

function statesOf(
  launch: Resource<'launches'>,
  signoff: Resource<'signoffs'> | undefined,
  now: number,
): ReadonlyMap<string, LaunchState> {
  return new Map(
    launch.spec.markets.map((market) => [market, launchStateAt(launchRun(launch, market, signoff?.spec), now)]),
  );
}

/** A change of a launch that was let go: its go is void afterwards, whenever it starts. */
export function voidedGo(operation: PlanOperation, { signoffs }: Documents): GuardResult | null {
  const { kind, id, before, after, target } = operation;
  const go = signoffs.get(id)?.spec.go;
  if (kind !== 'launches' || before === null || after === null || go?.version !== before.version) return null;
  return {
    guard: 'launches',
    outcome: 'warn',
    message: `launch ${id}: this voids the go that ${go.by} gave at ${go.at}; let it go again afterwards with storectl launches go ${id}`,
    targets: [target],
    override: null,
    details: { go },
  };
}
