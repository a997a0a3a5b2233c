import { type Product, type Products, productsOf } from '../../domain/catalogs/product.ts';
import { productOfLine, skuOfLine } from '../../domain/document/content-lines.ts';
import type { Documents } from '../../domain/document/resources.ts';
import { ALL_PRODUCTS } from '../../domain/document/sections.ts';
import type { PlatformParts } from '../parts.ts';

/**
 * These products and everything that they are made of, at any depth; those that are not there are left out. Reads only
 * the chunks that hold them, however many products there are.
 */
export async function productsAround(
  { skus }: Pick<PlatformParts, 'skus'>,
  { products }: Documents,
  wanted: Iterable<string>,
): Promise<Products> {
  const content = products.get(ALL_PRODUCTS)?.spec.items.content;
  const found = new Map<string, Product>();
  const asked = new Set<string>();
  let next = content === undefined ? [] : [...wanted];
  while (content !== undefined && next.length > 0) {
    for (const sku of next) asked.add(sku);
    const parts = new Set<string>();
    for (const line of (await skus.linesOf(content, next)).values()) {
      const product = productOfLine(line);
      found.set(product.sku, product);
      for (const part of Object.keys(product.components ?? {})) if (!asked.has(part)) parts.add(part);
    }
    next = [...parts];
  }
  return productsOf(found.values());
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
