import type { SignoffSpec } from '../document/launch-schema.ts';
import type { Documents, Resource } from '../document/resources.ts';
import { type LaunchOffer, offersIn } from '../launches/launch-items.ts';
import { type LaunchState, launchStateAt } from '../launches/launch-state.ts';
import { launchInterval, launchRun } from '../launches/launch-times.ts';
import { formatMoney } from '../money/money.ts';
import { formatInstant } from '../time/format-time.ts';
import type { PlanOperation } from './plan.ts';

/** So many changes are named in one reason. */
const NAMED = 5;

/**
 * Why buyers would notice a change of a launch at once: it sells now and did not, or no longer does, or sells on other
 * terms; or it starts earlier than was said.
 */
export function launchEffect({ id, before, after }: PlanOperation, current: Documents, now: number): string | null {
  const was = before as Resource<'launches'> | null;
  const next = after === null ? null : ({ kind: 'launches', id, version: 0, ...after } as Resource<'launches'>);
  const live = marketsThat(was, current.signoffs.get(id)?.spec, now, ['live']);
  // What is written is another version of it, for which no go stands. A go that is void is told as such.
  const ahead = marketsThat(next, undefined, now, ['live', 'held']);
  const stopped = live.filter((market) => !ahead.includes(market));
  if (stopped.length > 0) return `it sells now in ${stopped.join(', ')}, and ends there at once`;
  const selling = marketsThat(next, undefined, now, ['live']);
  const begun = selling.filter((market) => !live.includes(market));
  if (begun.length > 0) return `it sells now in ${begun.join(', ')}, at once`;
  if (was === null || next === null) return null;
  const terms = selling.flatMap((market) => changedTerms(was, next, market));
  if (terms.length > 0) return `buyers notice at once: ${inBrief(terms)}`;
  return pulledForward(was, next);
}

function marketsThat(
  launch: Resource<'launches'> | null,
  signoff: SignoffSpec | undefined,
  now: number,
  states: readonly LaunchState[],
): readonly string[] {
  if (launch === null) return [];
  return launch.spec.markets.filter((market) =>
    states.includes(launchStateAt(launchRun(launch, market, signoff), now)),
  );
}

/** What a buyer is told other things about from one moment to the next; another product beside them surprises nobody. */
function changedTerms(
  { spec: was }: Resource<'launches'>,
  { spec: next }: Resource<'launches'>,
  market: string,
): readonly string[] {
  const offers = new Map(offersIn(next, market).map((offer) => [offer.sku, offer]));
  return offersIn(was, market).flatMap((old) => {
    const offer = offers.get(old.sku);
    return offer === undefined ? [`${old.sku} is no longer sold in ${market}`] : changesOf(old, offer, market);
  });
}

function changesOf(old: LaunchOffer, next: LaunchOffer, market: string): readonly string[] {
  const [from, to] = [formatMoney(old.price), formatMoney(next.price)];
  const units = (count: number | null): string => (count === null ? 'none' : String(count));
  const lowered = (next.allocation ?? Number.POSITIVE_INFINITY) < (old.allocation ?? Number.POSITIVE_INFINITY);
  return [
    ...(from === to ? [] : [`price of ${old.sku} in ${market} ${from} → ${to}`]),
    ...(old.limitPerBuyer === next.limitPerBuyer
      ? []
      : [`limit per buyer of ${old.sku} in ${market} ${units(old.limitPerBuyer)} → ${units(next.limitPerBuyer)}`]),
    ...(lowered ? [`allocation of ${old.sku} in ${market} ${units(old.allocation)} → ${units(next.allocation)}`] : []),
  ];
}

function inBrief(changes: readonly string[]): string {
  const more = changes.length > NAMED ? `, and ${changes.length - NAMED} more` : '';
  return `${changes.slice(0, NAMED).join(', ')}${more}`;
}

function pulledForward(was: Resource<'launches'>, next: Resource<'launches'>): string | null {
  if (was.spec.cancelled !== undefined || next.spec.cancelled !== undefined) return null;
  const earlier = next.spec.markets.flatMap((market) => {
    const [from, to] = [launchInterval(was, market).from, launchInterval(next, market).from];
    return was.spec.markets.includes(market) && to < from ? [`${market} at ${formatInstant(to)}`] : [];
  });
  return earlier.length === 0 ? null : `it is pulled forward: ${earlier.join(', ')}`;
}
