import { ProductLine } from '../../document/catalog-schema.ts';
import { type Cell, countsCell, wordsCell } from './cells.ts';
import { readSkuLines, type SkuFormat, type SkuLines } from './sku-lines.ts';

const FORMAT: SkuFormat<ProductLine> = {
  noun: 'product',
  schema: ProductLine,
  columns: {
    sku: 'sku',
    title: 'title',
    name: 'title',
    category: 'category',
    components: 'components',
    locales: 'locales',
    stock: 'stock',
  },
  required: ['sku', 'title', 'category'],
  fromCells({ sku, title, category, components, locales, stock }): Cell<unknown> {
    const parts = components === undefined ? { value: undefined } : countsCell(components, 'components', true);
    const units = stock === undefined ? { value: undefined } : countsCell(stock, 'stock', false);
    if ('fault' in parts) return parts;
    if ('fault' in units) return units;
    return {
      value: {
        sku,
        title,
        category,
        ...(parts.value === undefined ? {} : { components: parts.value }),
        ...(locales === undefined ? {} : { locales: wordsCell(locales) }),
        ...(units.value === undefined ? {} : { stock: units.value }),
      },
    };
  },
  fault: () => null,
};

/**
 * Reads products from CSV (`sku,title,category` and, where there are any, `components` as `mi-band:1 strap:2`, `locales`
 * as `en-US fr-FR`, `stock` as `us:500 gb:300`) or from NDJSON with the keys of the document and `sku`.
 */
export function readProducts(text: string, file: string): SkuLines<ProductLine> {
  return readSkuLines(text, file, FORMAT);
}
