import { type Products, productsOf } from '../../domain/catalogs/product.ts';
import type { ListingLine } from '../../domain/document/catalog-schema.ts';
import {
  isLineOf,
  lineWith,
  listingOfLine,
  productOfLine,
  type SkuContentKind,
  skuOfLine,
} from '../../domain/document/content-lines.ts';
import { linesOfChunk } from '../store/rule-chunks.ts';
import type { ReadTables, Store } from '../store/store.ts';
import { StoreDamage } from '../store/store-damage.ts';
import { WeightedCache } from '../weighted-cache.ts';

/** Products and listings of contents, read whole and remembered while there is room, or only as far as they are asked for. */
export interface SkuLibrary {
  /** Null where the store does not have this content, or it is none of products. */
  products(content: string): Promise<Products | null>;
  /** In the order of their SKUs; null where the store does not have this content, or it is none of listings. */
  listings(content: string): Promise<readonly ListingLine[] | null>;
  /** The lines of these SKUs, as they are kept; those that are not there are left out. Reads only chunks that may hold them. */
  linesOf(content: string, skus: Iterable<string>): Promise<ReadonlyMap<string, string>>;
  /** Up to `limit` lines after a SKU, in their order. Reads only the chunks that hold them. */
  linesAfter(content: string, after: string | null, limit: number): Promise<readonly string[]>;
  /** Every line in its order, chunk by chunk. */
  blocks(content: string): AsyncGenerator<readonly string[]>;
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
      const lines = await linesOfKind(store, content, 'products', productOfLine);
      if (lines === null) return null;
      const read = productsOf(lines);
      products.set(content, read, read.size);
      return read;
    },
    async listings(content) {
      const known = listings.get(content);
      if (known !== undefined) return known;
      const lines = await linesOfKind(store, content, 'listings', listingOfLine);
      if (lines !== null) listings.set(content, lines, lines.length);
      return lines;
    },
    linesOf: (content, skus) => store.read((tables) => new ChunkReader(tables, content).linesOf(skus)),
    linesAfter: (content, after, limit) =>
      store.read((tables) => new ChunkReader(tables, content).linesAfter(after, limit)),
    async *blocks(content) {
      const chunks = await store.read(({ rules }) => rules.chunks(content));
      for (const chunk of chunks) yield await store.read((tables) => linesIn(tables, content, chunk));
    },
  };
}

async function linesOfKind<L>(
  store: Store,
  content: string,
  kind: SkuContentKind,
  read: (text: string) => L,
): Promise<readonly L[] | null> {
  return store.read(async (tables) => {
    if ((await tables.rules.count(content)) === null) return null;
    const lines: L[] = [];
    for (const chunk of await tables.rules.chunks(content)) {
      try {
        for (const line of await linesIn(tables, content, chunk)) {
          // All lines of a content are of one kind: they were held against it before they were stored.
          if (lines.length === 0 && !isLineOf(kind, line)) return null;
          lines.push(read(line));
        }
      } catch (error) {
        if (error instanceof StoreDamage) throw error;
        throw new StoreDamage(`holds the lines ${content}, of which one cannot be read`, error);
      }
    }
    return lines;
  });
}

async function linesIn(tables: ReadTables, content: string, chunk: string): Promise<readonly string[]> {
  return linesOfChunk(await textIn(tables, content, chunk));
}

async function textIn({ rules }: ReadTables, content: string, chunk: string): Promise<string> {
  const text = await rules.text(chunk);
  if (text === null) throw new StoreDamage(`has lost some of the lines ${content}`);
  return text;
}

/** Finds lines by their SKU: chunks are in their order, so that a few of them tell which one to look in. */
class ChunkReader {
  readonly #tables: ReadTables;
  readonly #content: string;
  /** Texts of chunks that were read: most are looked at for their first line alone, so they are not taken apart. */
  readonly #read = new Map<string, string>();

  constructor(tables: ReadTables, content: string) {
    this.#tables = tables;
    this.#content = content;
  }

  async linesOf(skus: Iterable<string>): Promise<ReadonlyMap<string, string>> {
    const chunks = await this.#tables.rules.chunks(this.#content);
    const found = new Map<string, string>();
    for (const sku of skus) {
      const index = await this.#chunkOf(chunks, sku);
      const line = index < 0 ? null : lineWith(sku, await this.#text(chunks[index] ?? ''));
      if (line !== null) found.set(sku, line);
    }
    return found;
  }

  async linesAfter(after: string | null, limit: number): Promise<readonly string[]> {
    const chunks = await this.#tables.rules.chunks(this.#content);
    const taken: string[] = [];
    const start = after === null ? 0 : Math.max(0, await this.#chunkOf(chunks, after));
    for (const chunk of chunks.slice(start)) {
      const lines = linesOfChunk(await this.#text(chunk));
      const from = taken.length > 0 || after === null ? 0 : firstFrom(lines, after);
      for (const line of lines.slice(from)) {
        if (taken.length === limit) return taken;
        if (after === null || skuOfLine(line) > after) taken.push(line);
      }
    }
    return taken;
  }

  /** The last chunk that begins no later than with this SKU; -1 where all begin later. */
  async #chunkOf(chunks: readonly string[], sku: string): Promise<number> {
    let [low, high] = [0, chunks.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      const text = await this.#text(chunks[middle] ?? '');
      if (skuOfLine(text.slice(0, text.indexOf('\n'))) <= sku) low = middle + 1;
      else high = middle;
    }
    return low - 1;
  }

  async #text(chunk: string): Promise<string> {
    const known = this.#read.get(chunk);
    if (known !== undefined) return known;
    const text = await textIn(this.#tables, this.#content, chunk);
    this.#read.set(chunk, text);
    return text;
  }
}

/** The index of the first line whose SKU is not before this one. */
function firstFrom(lines: readonly string[], sku: string): number {
  let [low, high] = [0, lines.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (skuOfLine(lines[middle] ?? '') < sku) low = middle + 1;
    else high = middle;
  }
  return low;
}
