import type { ProductLine } from '../../domain/document/catalog-schema.ts';
import type { Column } from '../output/columns.ts';

export const PRODUCT_COLUMNS: readonly Column<ProductLine>[] = [
  { key: 'sku', header: 'SKU', value: ({ sku }) => sku, keep: true },
  { key: 'title', header: 'TITLE', value: ({ title }) => title },
  { key: 'category', header: 'CATEGORY', value: ({ category }) => category },
  { key: 'components', header: 'COMPONENTS', value: ({ components }) => countedNames(components, '×') },
  { key: 'locales', header: 'LOCALES', value: ({ locales }) => locales },
  { key: 'stock', header: 'STOCK', value: ({ stock }) => countedNames(stock, ' ') },
];

/** `mi-band×2`, `us 500`. */
export function countedNames(
  counts: Readonly<Record<string, number>> | undefined,
  between: string,
): readonly string[] | undefined {
  return counts === undefined ? undefined : Object.entries(counts).map(([name, n]) => `${name}${between}${n}`);
}
