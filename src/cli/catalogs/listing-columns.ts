import type { ListingLine } from '../../domain/document/catalog-schema.ts';
import type { Column } from '../output/columns.ts';

export const LISTING_COLUMNS: readonly Column<ListingLine>[] = [
  { key: 'sku', header: 'SKU', value: ({ sku }) => sku, keep: true },
  { key: 'price', header: 'PRICE', value: ({ price }) => price, whole: true, align: 'right' },
  { key: 'from', header: 'FROM', value: ({ window }) => window?.from },
  { key: 'until', header: 'UNTIL', value: ({ window }) => window?.until },
];
