import { type Documents, instantIn, type Resource } from '../document/resources.ts';
import type { Money } from '../money/money.ts';
import { offersIn } from './launch-items.ts';
import { type GivenGo, type LaunchState, launchStateAt } from './launch-state.ts';
import { givenGo, launchRun } from './launch-times.ts';
import { LIMIT_SCOPE } from './reserve.ts';

/** Units of an item of a launch in a market that are spoken for. */
export interface UnitsTaken {
  readonly launch: string;
  readonly market: string;
  readonly sku: string;
  readonly held: number;
  readonly confirmed: number;
}

export interface ItemStock {
  readonly sku: string;
  readonly price: Money;
  /** Null where there is no bound. */
  readonly allocation: number | null;
  readonly held: number;
  readonly confirmed: number;
  /** Null where there is no bound; none where more are taken than there should be. */
  readonly left: number | null;
  readonly limitPerBuyer: number | null;
}

export interface MarketStock {
  readonly market: string;
  readonly state: LaunchState;
  /** Epoch milliseconds. */
  readonly startsAt: number;
  readonly endsAt: number | null;
  readonly zone: string | null;
  readonly items: readonly ItemStock[];
}

export interface LaunchStock {
  readonly launch: string;
  readonly version: number;
  /** Epoch milliseconds, on the platform's clock: when the units were counted. */
  readonly now: number;
  /** When the states are told for. */
  readonly at: number;
  readonly limitScope: string;
  /** The last go; null where nobody has let it go. */
  readonly go: GivenGo | null;
  readonly markets: readonly MarketStock[];
}

/** What a launch is in each market at an instant, and how much of it is left there. */
export function launchStock(
  documents: Documents,
  launch: Resource<'launches'>,
  taken: readonly UnitsTaken[],
  { now, at }: { readonly now: number; readonly at: number },
): LaunchStock {
  const units = new Map(taken.map((row) => [`${row.market}/${row.sku}`, row]));
  const signoff = documents.signoffs.get(launch.id)?.spec;
  return {
    launch: launch.id,
    version: launch.version,
    now,
    at,
    limitScope: LIMIT_SCOPE,
    go: givenGo(launch, signoff),
    markets: launch.spec.markets.map((market): MarketStock => {
      const run = launchRun(launch, market, signoff);
      return {
        market,
        state: launchStateAt(run, at),
        startsAt: run.startsAt,
        endsAt: instantIn(launch.times, 'endsAt', market) ?? null,
        zone: documents.markets.get(market)?.spec.timeZone ?? null,
        items: offersIn(launch.spec, market).map(({ sku, price, allocation, limitPerBuyer }): ItemStock => {
          const { held = 0, confirmed = 0 } = units.get(`${market}/${sku}`) ?? {};
          const left = allocation === null ? null : Math.max(0, allocation - held - confirmed);
          return { sku, price, allocation, held, confirmed, left, limitPerBuyer };
        }),
      };
    }),
  };
}
