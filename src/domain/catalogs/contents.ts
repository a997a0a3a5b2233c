import type { ListingLine } from '../document/catalog-schema.ts';
import { type Documents, instantIn, type Resource, windowField } from '../document/resources.ts';
import { ALL_PRODUCTS } from '../document/sections.ts';
import { NO_PRODUCTS, type Products } from './product.ts';
import { shippedTaxonomy, type Taxonomy } from './taxonomy.ts';

/** Products and listings by content, as somebody has loaded them. */
export interface SkuContents {
  productsOf(content: string): Products;
  /** In the order of their SKUs. */
  listingsOf(content: string): readonly ListingLine[];
}

/** For documents that state neither products nor listings. */
export const NO_CONTENTS: SkuContents = { productsOf: () => NO_PRODUCTS, listingsOf: () => [] };

/** Every product that documents state. */
export function productsIn(documents: Documents, contents: SkuContents): Products {
  const all = documents.products.get(ALL_PRODUCTS);
  return all === undefined ? NO_PRODUCTS : contents.productsOf(all.spec.items.content);
}

export function listingsIn(catalog: Resource<'catalogs'>, contents: SkuContents): readonly ListingLine[] {
  const { listings } = catalog.spec;
  return listings === undefined ? [] : contents.listingsOf(listings.content);
}

/** The organisation's own taxonomy; the shipped one where it states none. */
export function taxonomyIn(documents: Documents): Taxonomy {
  const [own] = documents.taxonomies.values();
  return own === undefined ? shippedTaxonomy() : new Map(Object.entries(own.spec.categories));
}

/** The catalog of a market; a market has one at most. */
export function catalogOf(documents: Documents, market: string): Resource<'catalogs'> | undefined {
  return [...documents.catalogs.values()].find(({ spec }) => spec.market === market);
}

/** One listing of many that are in order; undefined where the SKU is not listed. */
export function findListing(listings: readonly ListingLine[], sku: string): ListingLine | undefined {
  let [low, high] = [0, listings.length - 1];
  while (low <= high) {
    const middle = (low + high) >> 1;
    const listing = listings[middle];
    if (listing === undefined || listing.sku === sku) return listing;
    if (listing.sku < sku) low = middle + 1;
    else high = middle - 1;
  }
  return undefined;
}

/** When a listing is on sale, in epoch milliseconds; open ends are infinite. */
export function listingWindow(
  catalog: Resource<'catalogs'>,
  { window }: ListingLine,
): { readonly from: number; readonly until: number } {
  const at = (text: string | undefined): number | undefined =>
    text === undefined ? undefined : instantIn(catalog.times, windowField(text), catalog.spec.market);
  return {
    from: at(window?.from) ?? Number.NEGATIVE_INFINITY,
    until: at(window?.until) ?? Number.POSITIVE_INFINITY,
  };
}
