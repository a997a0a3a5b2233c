import { canonicalJson } from '../canonical-json.ts';
import type { ListingLine, ListingSpec, ProductLine, ProductSpec } from './catalog-schema.ts';

/**
 * Products and listings as text: one canonical line each, in the order of their SKUs, so that the same set has the
 * same digest in whatever order it was written. The digest is the one of rules: SHA-256 over the lines, each ended by a
 * line feed.
 */

/** What can stand in such a content. */
export interface SkuLine {
  readonly sku: string;
}

export function skuLineText(line: ProductLine | ListingLine): string {
  return canonicalJson(withoutEmpty(line));
}

/** The product of a line that {@link skuLineText} wrote. */
export function productOfLine(text: string): ProductLine {
  return JSON.parse(text) as ProductLine;
}

/** The listing of a line that {@link skuLineText} wrote. */
export function listingOfLine(text: string): ListingLine {
  return JSON.parse(text) as ListingLine;
}

/** What a content of such lines holds. */
export type SkuContentKind = 'products' | 'listings';

const KEY_OF: Readonly<Record<SkuContentKind, string>> = { products: 'category', listings: 'price' };

/** Whether a line can be one of this kind: each kind has a key that the other has not. */
export function isLineOf(kind: SkuContentKind, text: string): boolean {
  const line: unknown = JSON.parse(text);
  return typeof line === 'object' && line !== null && 'sku' in line && KEY_OF[kind] in line;
}

const SKU_KEY = '"sku":"';

/**
 * The SKU of a line that {@link skuLineText} wrote. Searches ask for it line by line, so the line is not parsed: a quote
 * inside a text is escaped, and no other member of that name has a text, so the key stands there once.
 */
export function skuOfLine(text: string): string {
  const key = text.indexOf(SKU_KEY);
  const end = text.indexOf('"', key + SKU_KEY.length);
  return key < 0 || end < 0 ? (JSON.parse(text) as SkuLine).sku : text.slice(key + SKU_KEY.length, end);
}

/** The line of a SKU among lines that {@link skuLineText} wrote, each ended by a line feed; null where it has none. */
export function lineWith(sku: string, lines: string): string | null {
  const key = lines.indexOf(`${SKU_KEY}${sku}"`);
  return key < 0 ? null : lines.slice(lines.lastIndexOf('\n', key) + 1, lines.indexOf('\n', key));
}

/** In the order in which contents keep them: by UTF-16 units, which for SKUs is the order of ASCII. */
export function bySku(a: SkuLine, b: SkuLine): number {
  return a.sku < b.sku ? -1 : a.sku > b.sku ? 1 : 0;
}

/** The entries of a map in a document as lines, in the order of contents. */
export function productLines(products: Readonly<Record<string, ProductSpec>>): readonly ProductLine[] {
  return Object.entries(products)
    .map(([sku, product]) => ({ sku, ...product }))
    .toSorted(bySku);
}

/** The same of a catalog's listings. */
export function listingLines(listings: Readonly<Record<string, ListingSpec>>): readonly ListingLine[] {
  return Object.entries(listings)
    .map(([sku, listing]) => ({ sku, ...listing }))
    .toSorted(bySku);
}

/** What is written empty says the same as what is left out. */
function withoutEmpty(line: object): Readonly<Record<string, unknown>> {
  return Object.fromEntries(Object.entries(line).filter(([, value]) => !isEmpty(value)));
}

function isEmpty(value: unknown): boolean {
  return value === undefined || (typeof value === 'object' && value !== null && Object.keys(value).length === 0);
}
