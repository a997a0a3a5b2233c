import type { ListingLine } from '../document/catalog-schema.ts';
import { type Documents, type Resource, type Target, targetOf } from '../document/resources.ts';
import { launchInterval } from '../launches/launch-times.ts';
import type { Interval } from '../time/interval.ts';
import { catalogOf, listingsIn, listingWindow, productsIn, type SkuContents, taxonomyIn } from './contents.ts';
import { exemptionFor, exemptionsByMarket, type MarketExemption } from './exemptions.ts';
import { type CatalogMode, type Offence, offencePath, offenceText, type PolicyJudge, policyJudge } from './policy.ts';
import type { Products } from './product.ts';
import type { Taxonomy } from './taxonomy.ts';

/** Something that is sold, or is going to be, where the market's policy does not allow it. */
export interface PolicyFinding {
  readonly subject: 'listing' | 'launch-item';
  readonly target: Target;
  readonly market: string;
  readonly sku: string;
  /** Null where the market has no catalog at all, and so nothing that it may sell. */
  readonly mode: CatalogMode | null;
  readonly offence: Offence | null;
}

export interface Audited {
  readonly listings: number;
  readonly launchItems: number;
}

/** What one market may sell, with what is exempt from it. */
interface Market {
  readonly id: string;
  readonly catalog: Resource<'catalogs'> | undefined;
  readonly judge: PolicyJudge;
  readonly exemptions: readonly MarketExemption[];
}

/**
 * Holds every listing and every launch item that is not over by `now` against its market's policy, through bundles at any
 * depth. Listings are looked at catalog by catalog, so that no more than one catalog's need be in memory.
 *
 * @param now epoch milliseconds
 * @param wanted the catalogs to look at; all where it is left out
 * @returns how much was looked at
 */
export function* auditCatalogs(
  documents: Documents,
  contents: SkuContents,
  now: number,
  wanted?: ReadonlySet<string>,
): Generator<PolicyFinding, Audited> {
  const auditing = { documents, products: productsIn(documents, contents), taxonomy: taxonomyIn(documents) };
  const exemptions = exemptionsByMarket(documents, 'catalog');
  const markets = new Map<string, Market>();
  const marketOf = (id: string): Market => {
    const known = markets.get(id) ?? marketFor(id, auditing, exemptions.get(id) ?? []);
    markets.set(id, known);
    return known;
  };
  const counts = { listings: 0, launchItems: 0 };
  for (const catalog of documents.catalogs.values()) {
    if (wanted !== undefined && !wanted.has(catalog.id)) continue;
    const market = marketOf(catalog.spec.market);
    for (const listing of listingsIn(catalog, contents)) {
      counts.listings += 1;
      const finding = listingFinding(market, catalog, listing, now);
      if (finding !== null) yield finding;
    }
  }
  for (const launch of documents.launches.values()) {
    for (const id of launch.spec.markets) {
      const market = marketOf(id);
      if (wanted !== undefined && !(market.catalog !== undefined && wanted.has(market.catalog.id))) continue;
      counts.launchItems += Object.keys(launch.spec.items).length;
      yield* launchFindings(market, launch, now);
    }
  }
  return counts;
}

interface Auditing {
  readonly documents: Documents;
  readonly products: Products;
  readonly taxonomy: Taxonomy;
}

function marketFor(
  id: string,
  { documents, products, taxonomy }: Auditing,
  exemptions: readonly MarketExemption[],
): Market {
  const catalog = catalogOf(documents, id);
  return { id, catalog, judge: policyJudge(catalog?.spec ?? { mode: 'full' }, products, taxonomy), exemptions };
}

function listingFinding(
  market: Market,
  catalog: Resource<'catalogs'>,
  listing: ListingLine,
  now: number,
): PolicyFinding | null {
  const { sku } = listing;
  const offence = market.judge.offence(sku);
  if (offence === null) return null;
  const window = upcoming(listingWindow(catalog, listing), now);
  if (window === null || exemptionFor(market.exemptions, sku, window) !== undefined) return null;
  const { mode } = catalog.spec;
  return { subject: 'listing', target: targetOf(catalog), market: market.id, sku, mode, offence };
}

function* launchFindings(market: Market, launch: Resource<'launches'>, now: number): Generator<PolicyFinding> {
  if (launch.spec.cancelled !== undefined) return;
  const interval = upcoming(launchInterval(launch, market.id), now);
  if (interval === null) return;
  const found = { subject: 'launch-item', target: targetOf(launch), market: market.id } as const;
  for (const sku of Object.keys(launch.spec.items)) {
    if (exemptionFor(market.exemptions, sku, interval) !== undefined) continue;
    if (market.catalog === undefined) {
      yield { ...found, sku, mode: null, offence: null };
      continue;
    }
    const offence = market.judge.offence(sku);
    if (offence !== null) yield { ...found, sku, mode: market.catalog.spec.mode, offence };
  }
}

/** What of an interval is still to come; null where it is over. What was once sold is history, and no offence. */
function upcoming({ from, until }: Interval, now: number): Interval | null {
  return until <= now ? null : { from: Math.max(from, now), until };
}

/** A finding in one sentence, with the path through bundles where it goes through any. */
export function findingText({ subject, target, market, sku, mode, offence }: PolicyFinding): string {
  const what = subject === 'listing' ? `${market} lists \`${sku}\`` : `${target} sells \`${sku}\` in ${market}`;
  if (mode === null || offence === null) return `${what}, and ${market} has no catalog that would allow it`;
  const path = offence.path.length > 1 ? ` (${offencePath(offence)})` : '';
  return `${what}${path}: ${offenceText(offence, mode)}`;
}
