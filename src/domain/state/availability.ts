import {
  catalogOf,
  findListing,
  listingsIn,
  listingWindow,
  productsIn,
  type SkuContents,
  taxonomyIn,
} from '../catalogs/contents.ts';
import { exemptionsByMarket, type MarketExemption } from '../catalogs/exemptions.ts';
import { type Offence, offencePath, offenceText, policyJudge } from '../catalogs/policy.ts';
import type { ListingLine } from '../document/catalog-schema.ts';
import type { Resource } from '../document/resources.ts';
import { type LaunchOffer, offerIn } from '../launches/launch-items.ts';
import { type LaunchRun, type LaunchState, launchStateAt } from '../launches/launch-state.ts';
import { launchRun } from '../launches/launch-times.ts';
import { type Money, parsePrice } from '../money/money.ts';
import { contains } from '../time/interval.ts';
import { readInstant } from '../time/read-instant.ts';
import type { DocumentIndex } from './document-index.ts';
import { sellingSite } from './selling-site.ts';

/** What a shopper meets of a product in a market at an instant. */
export interface Availability {
  readonly market: string;
  readonly sku: string;
  /** Epoch milliseconds. */
  readonly at: number;
  readonly title: string | null;
  readonly visible: boolean;
  readonly buyable: boolean;
  readonly price: Money | null;
  readonly limitPerBuyer: number | null;
  /** Units that the market has in all; what is left of them at this moment the platform knows. */
  readonly allocation: number | null;
  readonly decidedBy: AvailabilityDecider;
  readonly why: readonly AvailabilityReason[];
  /** When it is next otherwise; null where that is never, as things stand. */
  readonly nextChangeAt: number | null;
}

export interface AvailabilityDecider {
  readonly kind: 'launch' | 'listing' | 'policy' | 'site' | 'none';
  readonly id: string | null;
}

export interface AvailabilityReason {
  readonly kind: 'product' | 'site' | 'catalog' | 'exception' | 'listing' | 'launch';
  readonly id: string;
  readonly role: 'decides' | 'applies' | 'passed-over';
  readonly text: string;
}

/** Everything of the documents that is about one product in one market, found once for any number of instants. */
interface Subject {
  readonly market: string;
  readonly sku: string;
  readonly title: string | null;
  readonly sites: readonly Resource<'sites'>[];
  readonly catalog: Resource<'catalogs'> | undefined;
  readonly offence: Offence | null;
  readonly exemptions: readonly MarketExemption[];
  readonly listing: ListingLine | undefined;
  readonly launches: readonly { readonly id: string; readonly run: LaunchRun; readonly offer: LaunchOffer }[];
}

/** Whether a shopper sees a product, can buy it, at what price, and what decides. */
export function availabilityAt(
  index: DocumentIndex,
  contents: SkuContents,
  market: string,
  sku: string,
  at: number,
): Availability {
  const subject = subjectOf(index, contents, market, sku);
  const now = decide(index, subject, at);
  const later = changePoints(index, subject, at).find((instant) => differs(now, decide(index, subject, instant)));
  return { market, sku, at, title: subject.title, ...now, nextChangeAt: later ?? null };
}

type Decision = Omit<Availability, 'market' | 'sku' | 'at' | 'title' | 'nextChangeAt'>;

function differs(a: Decision, b: Decision): boolean {
  const gist = ({ visible, buyable, price, decidedBy }: Decision) =>
    JSON.stringify([visible, buyable, price?.minor, price?.currency, decidedBy.kind, decidedBy.id]);
  return gist(a) !== gist(b);
}

function subjectOf({ documents }: DocumentIndex, contents: SkuContents, market: string, sku: string): Subject {
  const products = productsIn(documents, contents);
  const catalog = catalogOf(documents, market);
  return {
    market,
    sku,
    title: products.get(sku)?.title ?? null,
    sites: [...documents.sites.values()].filter(({ spec }) => spec.market === market),
    catalog,
    offence: policyJudge(catalog?.spec ?? { mode: 'full' }, products, taxonomyIn(documents)).offence(sku),
    exemptions: (exemptionsByMarket(documents, 'catalog').get(market) ?? []).filter(
      ({ skus }) => skus?.has(sku) ?? true,
    ),
    listing: catalog === undefined ? undefined : findListing(listingsIn(catalog, contents), sku),
    launches: [...documents.launches.values()].flatMap((launch) => {
      const offer = offerIn(launch.spec, sku, market);
      if (offer === null) return [];
      return [{ id: launch.id, run: launchRun(launch, market, documents.signoffs.get(launch.id)?.spec), offer }];
    }),
  };
}

function changePoints(index: DocumentIndex, subject: Subject, at: number): readonly number[] {
  const { sites, exemptions, listing, catalog, launches } = subject;
  const window = listing === undefined || catalog === undefined ? null : listingWindow(catalog, listing);
  const instants = [
    ...sites.flatMap(({ id }) => index.segmentsOf(id).map(({ from }) => from)),
    ...exemptions.flatMap(({ from, until }) => [from, until]),
    ...(window === null ? [] : [window.from, window.until]),
    ...launches.flatMap(({ run }) => [run.startsAt, run.endsAt ?? at, run.go === null ? at : readInstant(run.go.at)]),
  ];
  return [...new Set(instants)].filter((instant) => Number.isFinite(instant) && instant > at).toSorted((a, b) => a - b);
}

const NOTHING = { visible: false, buyable: false, price: null, limitPerBuyer: null, allocation: null } as const;

/** The site first, then the policy, then a launch that runs, then the listing. */
function decide(index: DocumentIndex, subject: Subject, at: number): Decision {
  const { sku, title } = subject;
  const why: AvailabilityReason[] = [];
  const site = sellingSite(index, subject.market, at);
  if (title === null) {
    why.push({ kind: 'product', id: sku, role: 'decides', text: 'there is no such product' });
    return { ...NOTHING, decidedBy: { kind: 'none', id: null }, why };
  }
  if (site === null) {
    const text = `${subject.market} has no site, so nobody sees anything there`;
    why.push({ kind: 'site', id: subject.market, role: 'decides', text });
    return { ...NOTHING, decidedBy: { kind: 'site', id: null }, why };
  }
  if (site.state !== 'active' && site.state !== 'frozen') {
    why.push({
      kind: 'site',
      id: site.id,
      role: 'decides',
      text: `it is ${site.state}, so nobody sees anything there`,
    });
    return { ...NOTHING, decidedBy: { kind: 'site', id: site.id }, why };
  }
  why.push({ kind: 'site', id: site.id, role: 'applies', text: `it is ${site.state}` });
  const refused = policyRefusal(subject, at, why);
  if (refused !== null) return { ...NOTHING, decidedBy: refused, why };
  const sold = launchDecision(subject, at, why) ?? listingDecision(subject, at, why);
  if (sold === null) return { ...NOTHING, decidedBy: whyNothing(subject, at, why), why };
  if (site.state !== 'frozen') return { ...sold, why };
  const shown = why.map((reason) => (reason.role === 'decides' ? { ...reason, role: 'applies' as const } : reason));
  const frozen = {
    kind: 'site',
    id: site.id,
    role: 'decides',
    text: 'it is frozen, so it takes no new orders',
  } as const;
  return { ...sold, buyable: false, decidedBy: { kind: 'site', id: site.id }, why: [...shown, frozen] };
}

/** What nobody sells: held back by the launch that would, or offered by nothing at all. */
function whyNothing(
  { market, catalog, launches }: Subject,
  at: number,
  why: AvailabilityReason[],
): AvailabilityDecider {
  const held = launches.find(({ run }) => launchStateAt(run, at) === 'held');
  const reason = why.findIndex(({ kind, id }) => kind === 'launch' && id === held?.id);
  const found = why[reason];
  if (held !== undefined && found !== undefined) {
    why.splice(reason, 1);
    why.push({ ...found, role: 'decides' });
    return { kind: 'launch', id: held.id };
  }
  why.push({ kind: 'catalog', id: catalog?.id ?? market, role: 'decides', text: `${market} does not list it then` });
  return { kind: 'none', id: null };
}

function policyRefusal(subject: Subject, at: number, why: AvailabilityReason[]): AvailabilityDecider | null {
  const { market, catalog, offence, exemptions } = subject;
  const exemption = exemptions.find((one) => contains(one, at));
  if (catalog === undefined && exemption === undefined) {
    why.push({ kind: 'catalog', id: market, role: 'decides', text: `${market} has no catalog, so it sells nothing` });
    return { kind: 'policy', id: null };
  }
  const id = catalog?.id ?? market;
  if (offence === null) {
    why.push({ kind: 'catalog', id, role: 'applies', text: `its policy (${catalog?.spec.mode ?? 'none'}) allows it` });
    return null;
  }
  const path = offence.path.length > 1 ? `${offencePath(offence)}: ` : '';
  const text = `${path}${offenceText(offence, catalog?.spec.mode ?? 'full')}`;
  if (exemption === undefined) {
    why.push({ kind: 'catalog', id, role: 'decides', text });
    return { kind: 'policy', id };
  }
  why.push({ kind: 'catalog', id, role: 'passed-over', text });
  why.push({ kind: 'exception', id: exemption.exception, role: 'applies', text: 'it takes it out of the policy' });
  return null;
}

type Sold = Omit<Decision, 'why'>;

const LAUNCH_TEXT: Readonly<Record<LaunchState, string>> = {
  scheduled: 'it has not started yet',
  held: 'it is held: its start has come, and nobody let it go',
  live: 'another launch sells it then',
  ended: 'it has ended',
  cancelled: 'it is cancelled',
};

function launchDecision({ launches }: Subject, at: number, why: AvailabilityReason[]): Sold | null {
  let sold: Sold | null = null;
  for (const { id, run, offer } of launches) {
    const state = launchStateAt(run, at);
    if (state !== 'live' || sold !== null) {
      why.push({ kind: 'launch', id, role: 'passed-over', text: LAUNCH_TEXT[state] });
      continue;
    }
    why.push({ kind: 'launch', id, role: 'decides', text: 'it is live, and sells it' });
    const { price, limitPerBuyer, allocation } = offer;
    sold = { visible: true, buyable: true, price, limitPerBuyer, allocation, decidedBy: { kind: 'launch', id } };
  }
  return sold;
}

function listingDecision({ catalog, listing }: Subject, at: number, why: AvailabilityReason[]): Sold | null {
  if (catalog === undefined || listing === undefined) return null;
  const window = listingWindow(catalog, listing);
  const id = `${catalog.id}/${listing.sku}`;
  if (!contains(window, at)) {
    why.push({
      kind: 'listing',
      id,
      role: 'passed-over',
      text: at < window.from ? 'it is not on sale yet' : 'its window is over',
    });
    return null;
  }
  why.push({ kind: 'listing', id, role: 'decides', text: `it is listed at ${listing.price}` });
  const price = parsePrice(listing.price);
  return { ...NOTHING, visible: true, buyable: true, price, decidedBy: { kind: 'listing', id } };
}
