import type { SkuContents } from '../../domain/catalogs/contents.ts';
import { NO_PRODUCTS, productsOf } from '../../domain/catalogs/product.ts';
import type { LoadedOffer } from './load-sku-lines.ts';

/** Products and listings as a document states them, by the content that they are named by. */
export function offerContents(offer: LoadedOffer): SkuContents {
  const products = offer.products === undefined ? NO_PRODUCTS : productsOf(offer.products.lines);
  const listings = new Map([...offer.listings.values()].map(({ reference, lines }) => [reference.content, lines]));
  return { productsOf: () => products, listingsOf: (content) => listings.get(content) ?? [] };
}
