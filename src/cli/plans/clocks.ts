import type { AffectedMarket } from '../../domain/document/resolve-resource.ts';
import { COMMON } from '../../domain/document/resources.ts';
import type { InstantChange } from '../../domain/plan/plan.ts';
import { formatLocal } from '../../domain/time/format-time.ts';

/** Markets that read the same instants of a field on the same clock. */
export interface Clock {
  /** None where no market is known: the instant is common to all. */
  readonly markets: readonly string[];
  readonly zone: string | null;
  /** Epoch milliseconds; null where the field had, or will have, no instant there. */
  readonly before: number | null;
  readonly after: number | null;
}

/**
 * What a field's instants are on each market's clock, the earliest first. A common instant is on the clock of every
 * affected market; what is the same before and after is left out.
 */
export function clocksOf(instants: readonly InstantChange[], affected: readonly AffectedMarket[]): readonly Clock[] {
  const common = instants.find(({ market }) => market === COMMON);
  const own = new Map(instants.filter(({ market }) => market !== COMMON).map((instant) => [instant.market, instant]));
  const stay = new Set(affected.map(({ id }) => id));
  const zones = new Map(affected.map(({ id, zone }) => [id, zone]));
  for (const { market, zone } of own.values()) if (zone !== null) zones.set(market, zone);

  const names = common === undefined ? [...own.keys()] : [...new Set([...zones.keys(), ...own.keys()])];
  if (names.length === 0 && common !== undefined) return [{ ...common, zone: null, markets: [] }];
  const single = names.map((market) => ({
    market,
    zone: zones.get(market) ?? null,
    before: own.get(market)?.before ?? common?.before ?? null,
    // A market that was affected, and no longer is, has no part in what is common from now on.
    after: own.get(market)?.after ?? (stay.has(market) ? (common?.after ?? null) : null),
  }));
  const moved = single.filter(({ before, after }) => before !== after);
  return grouped(moved).toSorted((a, b) => (a.after ?? a.before ?? 0) - (b.after ?? b.before ?? 0));
}

type SingleClock = Omit<Clock, 'markets'> & { readonly market: string };

function grouped(clocks: readonly SingleClock[]): Clock[] {
  const local = (at: number | null, zone: string | null): string =>
    at === null || zone === null ? '' : formatLocal(at, zone);
  const alike = Map.groupBy(clocks, ({ before, after, zone }) =>
    [before, after, local(before, zone), local(after, zone)].join('|'),
  );
  return [...alike.values()].flatMap((group): Clock[] => {
    const [first] = group;
    if (first === undefined) return [];
    const { zone, before, after } = first;
    return [{ markets: group.map(({ market }) => market), zone, before, after }];
  });
}
