import { exceptionInterval } from '../document/exception-interval.ts';
import type { Documents, Resource } from '../document/resources.ts';
import type { Interval } from '../time/interval.ts';

/** When an exception takes a market out of its catalog policy, or out of launches. */
export interface MarketExemption extends Interval {
  readonly exception: string;
  /** The products that it is about; null where it is about all. */
  readonly skus: ReadonlySet<string> | null;
}

/** The exemptions of one kind by market: those that name the market, or a site of it. */
export function exemptionsByMarket(
  documents: Documents,
  kind: 'catalog' | 'launch',
): ReadonlyMap<string, readonly MarketExemption[]> {
  const byMarket = new Map<string, MarketExemption[]>();
  for (const exception of documents.exceptions.values()) {
    if (!exception.spec.from.includes(kind)) continue;
    for (const market of marketsOf(documents, exception)) {
      const list = byMarket.get(market) ?? [];
      byMarket.set(market, list);
      list.push({
        exception: exception.id,
        skus: exception.spec.skus === undefined ? null : new Set(exception.spec.skus),
        ...exceptionInterval(exception.times, market),
      });
    }
  }
  return byMarket;
}

function marketsOf(documents: Documents, { spec }: Resource<'exceptions'>): ReadonlySet<string> {
  const ofSites = (spec.sites ?? []).flatMap((site) => documents.sites.get(site)?.spec.market ?? []);
  return new Set([...(spec.markets ?? []), ...ofSites]);
}

/** The exemption that covers a product for the whole of an interval; undefined where none does. */
export function exemptionFor(
  exemptions: readonly MarketExemption[],
  sku: string,
  { from, until }: Interval,
): MarketExemption | undefined {
  return exemptions.find(
    (exemption) => exemption.from <= from && until <= exemption.until && (exemption.skus?.has(sku) ?? true),
  );
}
