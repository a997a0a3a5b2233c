import { NO_PRODUCTS, type Product, type Products, productsOf } from '../../domain/catalogs/product.ts';
import { productOfLine, skuOfLine } from '../../domain/document/content-lines.ts';
import type { Documents } from '../../domain/document/resources.ts';
import { ALL_PRODUCTS } from '../../domain/document/sections.ts';
import type { PlatformParts } from '../parts.ts';
import { WeightedCache } from '../weighted-cache.ts';
import type { SkuLibrary } from './sku-library.ts';

/**
 * These products and everything that they are made of, at any depth; those that are not there are left out. Reads only
 * the chunks that hold them, however many products there are, and what was asked for lately not again.
 */
export async function productsAround(
  { skus }: Pick<PlatformParts, 'skus'>,
  { products }: Documents,
  wanted: Iterable<string>,
): Promise<Products> {
  const content = products.get(ALL_PRODUCTS)?.spec.items.content;
  if (content === undefined) return NO_PRODUCTS;
  const found = new Map<string, Product | null>();
  for (let next = [...wanted]; next.length > 0; ) {
    const read = await readProducts(skus, content, next);
    for (const sku of next) found.set(sku, read.get(sku) ?? null);
    const parts = [...read.values()].flatMap((product) => Object.keys(product?.components ?? {}));
    next = [...new Set(parts)].filter((part) => !found.has(part));
  }
  return productsOf([...found.values()].filter((product) => product !== null));
}

/** Characters of lines whose products are remembered; a content never changes, so neither does what it has under a SKU. */
const MOST_REMEMBERED = 20_000_000;

const remembered = new WeakMap<SkuLibrary, WeightedCache<Product | null>>();

async function readProducts(
  skus: SkuLibrary,
  content: string,
  wanted: readonly string[],
): Promise<ReadonlyMap<string, Product | null>> {
  const memory = remembered.get(skus) ?? new WeightedCache(MOST_REMEMBERED);
  remembered.set(skus, memory);
  const read = new Map<string, Product | null>();
  const missing: string[] = [];
  for (const sku of wanted) {
    const known = memory.get(`${content} ${sku}`);
    if (known === undefined) missing.push(sku);
    else read.set(sku, known);
  }
  if (missing.length === 0) return read;
  const lines = await skus.linesOf(content, missing);
  for (const sku of missing) {
    const line = lines.get(sku);
    const product = line === undefined ? null : productOfLine(line);
    memory.set(`${content} ${sku}`, product, line?.length ?? sku.length);
    read.set(sku, product);
  }
  return read;
}

/** So many are looked through for the one that was meant. */
const MOST_NEIGHBOURS = 10_000;

/** SKUs that may have been meant by one that there is not: all where they are few, else those that differ in its end. */
export async function skusLike(
  { skus }: Pick<PlatformParts, 'skus'>,
  { products }: Documents,
  sku: string,
): Promise<readonly string[]> {
  const items = products.get(ALL_PRODUCTS)?.spec.items;
  if (items === undefined) return [];
  const start = items.count <= MOST_NEIGHBOURS ? null : sku.slice(0, -2);
  return (await skus.linesAfter(items.content, start, MOST_NEIGHBOURS)).map(skuOfLine);
}
