import { findListing, listingsIn, listingWindow, type SkuContents } from '../catalogs/contents.ts';
import type { ListingLine } from '../document/catalog-schema.ts';
import type { Resource } from '../document/resources.ts';
import { parsePrice } from '../money/money.ts';
import type { DocumentIndex } from '../state/document-index.ts';
import { sellingSite } from '../state/selling-site.ts';
import { contains } from '../time/interval.ts';
import type { PlanOperation } from './plan.ts';

/** So many products are named of each kind of change. */
const NAMED = 3;

/**
 * Why buyers would notice a change of a catalog at once: another price, or nothing to buy any more, of what is on sale
 * now. What is listed anew surprises nobody, nor does anything in a market whose sites nobody visits.
 *
 * @param now epoch milliseconds
 */
export function catalogEffect(
  { id, before, after }: PlanOperation,
  index: DocumentIndex,
  contents: SkuContents,
  now: number,
): string | null {
  if (before === null) return null;
  const was = before as Resource<'catalogs'>;
  const { market } = was.spec;
  if (!isVisited(index, market, now)) return null;
  const next = after === null ? null : ({ kind: 'catalogs', id, version: 0, ...after } as Resource<'catalogs'>);
  const lines = next?.spec.market === market ? listingsIn(next, contents) : [];
  const [prices, gone]: [string[], string[]] = [[], []];
  for (const line of listingsIn(was, contents)) {
    if (!isOnSale(was, line, now)) continue;
    const listing = findListing(lines, line.sku);
    if (listing === undefined || next === null || !isOnSale(next, listing, now)) gone.push(line.sku);
    else if (isRepriced(line, listing)) prices.push(`${line.sku} ${line.price} → ${listing.price}`);
  }
  const told = [
    ...(prices.length === 0 ? [] : [`${counted(prices, 'price changes', 'prices change')}: ${inBrief(prices)}`]),
    ...(gone.length === 0 ? [] : [`${counted(gone, 'product goes', 'products go')} off sale: ${inBrief(gone)}`]),
  ];
  return told.length === 0 ? null : `buyers in ${market} notice at once: ${told.join('; ')}`;
}

function isVisited(index: DocumentIndex, market: string, now: number): boolean {
  const state = sellingSite(index, market, now)?.state;
  return state === 'active' || state === 'frozen';
}

function isOnSale(catalog: Resource<'catalogs'>, listing: ListingLine, now: number): boolean {
  return listing.window === undefined || contains(listingWindow(catalog, listing), now);
}

function isRepriced(old: ListingLine, next: ListingLine): boolean {
  if (old.price === next.price) return false;
  const [from, to] = [parsePrice(old.price), parsePrice(next.price)];
  return from.minor !== to.minor || from.currency !== to.currency;
}

function counted({ length }: readonly string[], one: string, many: string): string {
  return `${length} ${length === 1 ? one : many}`;
}

function inBrief(named: readonly string[]): string {
  const more = named.length > NAMED ? `, and ${named.length - NAMED} more` : '';
  return `${named.slice(0, NAMED).join(', ')}${more}`;
}
