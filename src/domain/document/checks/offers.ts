import { bundleFaults } from '../../catalogs/bundles.ts';
import { listingsIn, listingWindow, productsIn, type SkuContents, taxonomyIn } from '../../catalogs/contents.ts';
import { MOST_DEPTH } from '../../catalogs/policy.ts';
import type { Product, Products } from '../../catalogs/product.ts';
import type { Taxonomy } from '../../catalogs/taxonomy.ts';
import { Failure, type Problem } from '../../failure.ts';
import { valueIn } from '../../launches/launch-items.ts';
import { parsePrice } from '../../money/money.ts';
import { nearest } from '../../nearest.ts';
import { resolveTime } from '../../time/resolve-time.ts';
import { parseWrittenTime } from '../../time/written-time.ts';
import type { ListingLine } from '../catalog-schema.ts';
import { FaultList } from '../fault-list.ts';
import type { DocumentPath } from '../pointer.ts';
import { type Documents, type Resource, windowField } from '../resources.ts';
import type { Section } from '../sections.ts';
import { isFree, warnOfFreeItems, warnOfFreeListings } from './free-offers.ts';
import { checkLocale } from './markets.ts';
import { checkDistinct } from './references.ts';

/** What there is to check; everything unless a plan knows better. */
export interface OffersToCheck {
  readonly any: boolean;
  /** Whether products themselves may have changed; true unless told. */
  readonly products?: boolean;
  /** Null for every catalog. */
  readonly catalogs: ReadonlySet<string> | null;
  /** Sections that are wholly known; what lies in others is not judged. All of them unless told. */
  readonly known?: ReadonlySet<Section>;
}

/** So many faults are told one by one: a file of another kind would otherwise be repeated back whole. */
const MOST_FAULTS = 1_000;

/**
 * Checks products, listings and what launches sell of them against each other: categories that are known, components
 * that exist and lead nowhere in a circle, prices in a currency that the market takes, windows that open before they
 * close. What a market's policy allows is a guard's question, and not asked here.
 */
export function checkOffers(
  documents: Documents,
  contents: SkuContents,
  { any, products: changed = true, catalogs, known }: OffersToCheck,
): readonly Problem[] {
  if (!any) return [];
  const faults = new FaultList();
  const products = productsIn(documents, contents);
  const offered: Offered = {
    documents,
    products,
    isKnown: (section) => known?.has(section) ?? true,
    faults,
  };
  if (changed) checkProducts(offered, taxonomyIn(documents));
  for (const catalog of documents.catalogs.values()) {
    if (catalogs?.has(catalog.id) === false) continue;
    const free: string[] = [];
    for (const listing of listingsIn(catalog, contents)) {
      if (faults.problems.length >= MOST_FAULTS) return faults.problems;
      checkListing(catalog, listing, offered);
      if (isFree(listing.price)) free.push(listing.sku);
    }
    warnOfFreeListings(free, catalog.id, faults);
  }
  for (const launch of documents.launches.values()) {
    checkItems(launch, offered);
    checkStock(launch, offered);
    if (launch.spec.cancelled === undefined) warnOfFreeItems(launch.id, launch.spec, faults);
  }
  return faults.problems;
}

/** What there is, and where to report. */
interface Offered {
  readonly documents: Documents;
  readonly products: Products;
  isKnown(section: Section): boolean;
  readonly faults: FaultList;
}

function checkProducts(offered: Offered, taxonomy: Taxonomy): void {
  const { products, documents, isKnown, faults } = offered;
  // A shop has few locales and many products.
  const tags = new Set<string>();
  for (const product of products.all()) {
    if (faults.problems.length >= MOST_FAULTS) return;
    const path: DocumentPath = ['products', product.sku];
    if (isKnown('taxonomies') && !taxonomy.has(product.category)) {
      const suggestion = nearest(product.category, taxonomy.keys());
      faults.error(
        'unknown-category',
        [...path, 'category'],
        `\`${product.category}\` is no category of the taxonomy`,
        suggestion === null ? 'name one that it has, or add it to the taxonomy' : `did you mean \`${suggestion}\`?`,
      );
    }
    for (const market of Object.keys(product.stock ?? {})) {
      if (!isKnown('markets') || documents.markets.has(market)) continue;
      faults.error('unknown-reference', [...path, 'stock', market], `there is no market \`${market}\``);
    }
    checkLocales(product, faults, tags);
    checkComponents(product, products, faults);
  }
  for (const fault of bundleFaults(products)) {
    if (faults.problems.length >= MOST_FAULTS) return;
    const path: DocumentPath = ['products', fault.sku, 'components'];
    if (fault.kind === 'cycle') {
      const way = shortened(fault.path);
      faults.error('component-cycle', path, `${way}: it contains itself`, 'take one of them out of the other');
    } else {
      faults.error('too-deep', path, `its bundles are nested more than ${MOST_DEPTH} deep`, 'take some of them apart');
    }
  }
}

/** @param tags those that were found good before */
function checkLocales({ sku, locales = [] }: Product, faults: FaultList, tags: Set<string>): void {
  const path: DocumentPath = ['products', sku, 'locales'];
  if (new Set(locales).size < locales.length) checkDistinct({ faults }, locales, path);
  locales.forEach((tag, i) => {
    if (tags.has(tag)) return;
    if (checkLocale({ faults }, tag, [...path, i])) tags.add(tag);
  });
}

/** So many SKUs of a way are named. */
const MOST_OF_WAY = 12;

function shortened(path: readonly string[]): string {
  if (path.length <= MOST_OF_WAY) return path.join(' → ');
  const left = path.length - MOST_OF_WAY;
  return [...path.slice(0, MOST_OF_WAY / 2), `… ${left} more …`, ...path.slice(-MOST_OF_WAY / 2)].join(' → ');
}

function checkComponents(product: Product, products: Products, faults: FaultList): void {
  const path: DocumentPath = ['products', product.sku, 'components'];
  for (const sku of Object.keys(product.components ?? {})) {
    if (products.get(sku) === undefined) {
      faults.error('unknown-sku', [...path, sku], `there is no product \`${sku}\``, suggested(sku, products));
    }
  }
}

function checkListing(catalog: Resource<'catalogs'>, listing: ListingLine, offered: Offered): void {
  const { products, documents, isKnown, faults } = offered;
  const path: DocumentPath = ['catalogs', catalog.id, 'listings', listing.sku];
  if (isKnown('products') && products.get(listing.sku) === undefined) {
    faults.error('unknown-sku', path, `there is no product \`${listing.sku}\``, suggested(listing.sku, products));
  }
  const offer = { sku: listing.sku, market: catalog.spec.market, price: listing.price };
  checkPrice(offer, documents, [...path, 'price'], faults);
  checkWindow(catalog, listing, path, offered);
}

function checkWindow(
  catalog: Resource<'catalogs'>,
  listing: ListingLine,
  path: DocumentPath,
  { documents, faults }: Offered,
): void {
  const zone = documents.markets.get(catalog.spec.market)?.spec.timeZone ?? null;
  for (const key of ['from', 'until'] as const) {
    const text = listing.window?.[key];
    if (text === undefined || catalog.times[windowField(text)] !== undefined) continue;
    // It could not be resolved before, and that says why.
    faults.attempt([...path, 'window', key], () => resolveTime(parseWrittenTime(text), zone, ''));
  }
  const { from, until } = listingWindow(catalog, listing);
  if (from < until) return;
  faults.error(
    'dates',
    [...path, 'window', 'until'],
    `\`${listing.window?.until}\` is not after \`${listing.window?.from}\``,
  );
}

/** A price is in the market's currency, or in another that it accepts. */
export function checkPrice(
  { sku, market, price }: { readonly sku: string; readonly market: string; readonly price: string },
  documents: Pick<Documents, 'markets'>,
  path: DocumentPath,
  faults: FaultList,
): void {
  let currency: string;
  try {
    ({ currency } = parsePrice(price));
  } catch (error) {
    if (!(error instanceof Failure)) throw error;
    faults.error(error.code, path, error.message, error.remedy);
    return;
  }
  const spec = documents.markets.get(market)?.spec;
  if (spec === undefined || spec.currency === currency || spec.currencies?.includes(currency) === true) return;
  const accepted = [spec.currency, ...(spec.currencies ?? [])].join(', ');
  faults.error(
    'currency-not-accepted',
    path,
    `market \`${market}\` does not accept ${currency}, which \`${sku}\` is priced in; it accepts ${accepted}`,
    `price it in one of them, or add ${currency} to the market's \`currencies\``,
  );
}

function checkItems(launch: Resource<'launches'>, { products, isKnown, faults }: Offered): void {
  if (!isKnown('products')) return;
  for (const sku of Object.keys(launch.spec.items)) {
    if (products.get(sku) !== undefined) continue;
    const path: DocumentPath = ['launches', launch.id, 'items', sku];
    faults.error('unknown-sku', path, `there is no product \`${sku}\``, suggested(sku, products));
  }
}

/** More is allocated than is at hand: worth a look, as stock may still be on its way. */
function checkStock(launch: Resource<'launches'>, { products, faults }: Offered): void {
  if (launch.spec.cancelled !== undefined) return;
  for (const [sku, item] of Object.entries(launch.spec.items)) {
    const stock = products.get(sku)?.stock ?? {};
    const short = launch.spec.markets.flatMap((market) => {
      const [units, atHand] = [valueIn<number>(item.allocation, market), stock[market]];
      return units === undefined || atHand === undefined || units <= atHand ? [] : [`${market} ${units} of ${atHand}`];
    });
    if (short.length === 0) continue;
    const named = short.slice(0, 5).join(', ');
    const message = `\`${sku}\` has a larger allocation than stock: ${named}${short.length > 5 ? ` and ${short.length - 5} more` : ''}`;
    faults.warning('allocation-above-stock', ['launches', launch.id, 'items', sku, 'allocation'], message);
  }
}

/** The nearest SKU of a list that may be looked through. */
function suggested(sku: string, products: Products): string {
  const few = products.size <= 10_000;
  const suggestion = few
    ? nearest(
        sku,
        Array.from(products.all(), (product) => product.sku),
      )
    : null;
  return suggestion === null ? 'import it first' : `did you mean \`${suggestion}\`?`;
}
