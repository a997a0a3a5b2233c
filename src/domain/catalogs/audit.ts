import type { ListingLine } from '../document/catalog-schema.ts';
import { type Documents, type Resource, type Target, targetOf } from '../document/resources.ts';
import { launchInterval } from '../launches/launch-times.ts';
import { formatInstant } from '../time/format-time.ts';
import type { Interval } from '../time/interval.ts';
import { listingsIn, listingWindow, productsIn, type SkuContents, taxonomyIn } from './contents.ts';
import { exemptionFor, exemptionsByMarket, type MarketExemption } from './exemptions.ts';
import { type CatalogMode, type Offence, offencePath, offenceText, type PolicyJudge, policyJudge } from './policy.ts';
import type { Products } from './product.ts';

/** Something that is sold, or is going to be, where the market's policy does not allow it. */
export interface PolicyFinding {
  readonly subject: 'listing' | 'launch-item';
  readonly target: Target;
  readonly market: string;
  readonly sku: string;
  /** Null where the market has no catalog at all, and so nothing that it may sell. */
  readonly mode: CatalogMode | null;
  readonly offence: Offence | null;
  /** An exception that covers it now, or later, and ends before what it covers does; epoch milliseconds. */
  readonly endsEarly?: { readonly exception: string; readonly until: number };
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

/** Holds what is sold against the markets' policies, a catalog at a time: no more than one need be in memory. */
export interface CatalogAuditor {
  /** Listings of one catalog. */
  listings(catalog: Resource<'catalogs'>, lines: Iterable<ListingLine>): Generator<PolicyFinding>;
  /** Items of launches in these markets, or in all where it is null; returns how many were looked at. */
  launchItems(markets: ReadonlySet<string> | null): Generator<PolicyFinding, number>;
}

/** @param now epoch milliseconds; what was over by then is history, and no offence */
export function catalogAuditor(documents: Documents, products: Products, now: number): CatalogAuditor {
  const taxonomy = taxonomyIn(documents);
  const exemptions = exemptionsByMarket(documents, 'catalog');
  const catalogs = new Map([...documents.catalogs.values()].map((catalog) => [catalog.spec.market, catalog]));
  const markets = new Map<string, Market>();
  const marketOf = (id: string): Market => {
    const known = markets.get(id);
    if (known !== undefined) return known;
    const catalog = catalogs.get(id);
    const judge = policyJudge(catalog?.spec ?? { mode: 'full' }, products, taxonomy);
    const market = { id, catalog, judge, exemptions: exemptions.get(id) ?? [] };
    markets.set(id, market);
    return market;
  };
  return {
    *listings(catalog, lines) {
      const market = marketOf(catalog.spec.market);
      for (const listing of lines) {
        const finding = listingFinding(market, catalog, listing, now);
        if (finding !== null) yield finding;
      }
    },
    *launchItems(wanted) {
      let count = 0;
      for (const launch of documents.launches.values()) {
        for (const id of launch.spec.markets) {
          if (wanted?.has(id) === false) continue;
          count += Object.keys(launch.spec.items).length;
          yield* launchFindings(marketOf(id), launch, now);
        }
      }
      return count;
    },
  };
}

/**
 * Holds every listing and every launch item that is not over by `now` against its market's policy, through bundles at any
 * depth.
 *
 * @param now epoch milliseconds
 * @param wanted the catalogs whose listings to look at; all where it is left out
 * @returns how much was looked at
 */
export function* auditCatalogs(
  documents: Documents,
  contents: SkuContents,
  now: number,
  wanted?: ReadonlySet<string>,
): Generator<PolicyFinding, Audited> {
  const auditor = catalogAuditor(documents, productsIn(documents, contents), now);
  let listings = 0;
  for (const catalog of documents.catalogs.values()) {
    if (wanted !== undefined && !wanted.has(catalog.id)) continue;
    const lines = listingsIn(catalog, contents);
    listings += lines.length;
    yield* auditor.listings(catalog, lines);
  }
  const launchItems = yield* auditor.launchItems(null);
  return { listings, launchItems };
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
  const found = { subject: 'listing', target: targetOf(catalog), market: market.id, sku, mode, offence } as const;
  return { ...found, ...endsEarly(market, sku, window) };
}

function endsEarly({ exemptions }: Market, sku: string, { from, until }: Interval): Pick<PolicyFinding, 'endsEarly'> {
  const early = exemptions.find((one) => one.from <= from && one.until > from && (one.skus?.has(sku) ?? true));
  return early === undefined || early.until >= until
    ? {}
    : { endsEarly: { exception: early.exception, until: early.until } };
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
    if (offence === null) continue;
    yield { ...found, sku, mode: market.catalog.spec.mode, offence, ...endsEarly(market, sku, interval) };
  }
}

/** What of an interval is still to come; null where it is over. What was once sold is history, and no offence. */
function upcoming({ from, until }: Interval, now: number): Interval | null {
  return until <= now ? null : { from: Math.max(from, now), until };
}

/** A finding in one sentence, with the path through bundles where it goes through any. */
export function findingText({ subject, target, market, sku, mode, offence, endsEarly: early }: PolicyFinding): string {
  const what = subject === 'listing' ? `${market} lists \`${sku}\`` : `${target} sells \`${sku}\` in ${market}`;
  if (mode === null || offence === null) return `${what}, and ${market} has no catalog that would allow it`;
  const path = offence.path.length > 1 ? ` (${offencePath(offence)})` : '';
  const covered =
    early === undefined
      ? ''
      : `; exception ${early.exception} covers it until ${formatInstant(early.until)}, and it is sold longer`;
  return `${what}${path}: ${offenceText(offence, mode)}${covered}`;
}
