import { type Products, productsOf } from '../../domain/catalogs/product.ts';
import type { ListingLine } from '../../domain/document/catalog-schema.ts';
import { listingOfLine, productOfLine } from '../../domain/document/content-lines.ts';
import { linesOfChunk } from '../store/rule-chunks.ts';
import type { Store } from '../store/store.ts';
import { StoreDamage } from '../store/store-damage.ts';
import { WeightedCache } from '../weighted-cache.ts';

/** Products and listings of contents, read whole and remembered while there is room. */
export interface SkuLibrary {
  /** Null where the store does not have this content. */
  products(content: string): Promise<Products | null>;
  /** In the order of their SKUs; null where the store does not have this content. */
  listings(content: string): Promise<readonly ListingLine[] | null>;
}

/** How many parsed lines are kept at most, over all contents: some 150 MB. */
const MOST_LINES = 500_000;

export function createSkuLibrary(store: Store): SkuLibrary {
  const products = new WeightedCache<Products>(MOST_LINES);
  const listings = new WeightedCache<readonly ListingLine[]>(MOST_LINES);
  return {
    async products(content) {
      const known = products.get(content);
      if (known !== undefined) return known;
      const lines = await linesOf(store, content, productOfLine);
      if (lines === null) return null;
      const read = productsOf(lines);
      products.set(content, read, read.size);
      return read;
    },
    async listings(content) {
      const known = listings.get(content);
      if (known !== undefined) return known;
      const lines = await linesOf(store, content, listingOfLine);
      if (lines !== null) listings.set(content, lines, lines.length);
      return lines;
    },
  };
}

function linesOf<L>(store: Store, content: string, read: (text: string) => L): Promise<readonly L[] | null> {
  return store.read(async ({ rules }) => {
    if ((await rules.count(content)) === null) return null;
    const lines: L[] = [];
    for (const chunk of await rules.chunks(content)) {
      const text = await rules.text(chunk);
      if (text === null) throw new StoreDamage(`has lost some of the lines ${content}`);
      try {
        for (const line of linesOfChunk(text)) lines.push(read(line));
      } catch (error) {
        throw new StoreDamage(`holds the lines ${content}, of which one cannot be read`, error);
      }
    }
    return lines;
  });
}
