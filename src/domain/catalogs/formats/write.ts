import { writeField } from '../../../redirects/formats/csv-records.ts';
import type { ListingLine, ProductLine } from '../../document/catalog-schema.ts';
import { skuLineText } from '../../document/content-lines.ts';
import { readListings } from './listings.ts';
import { readProducts } from './products.ts';
import type { SkuLines } from './sku-lines.ts';

/** Products or listings as the text of a file. */
export interface WrittenLines {
  readonly text: string;
  /** The file's ending: CSV, or NDJSON where CSV could not say one of the lines the same. */
  readonly extension: 'csv' | 'ndjson';
}

/** Products as CSV, with the columns that are needed; reading it gives the same lines. */
export function writeProducts(lines: readonly ProductLine[]): WrittenLines {
  const cells = ({ sku, title, category, components, locales, stock }: ProductLine): Cells => ({
    sku,
    title,
    category,
    components: countsText(components),
    locales: locales?.join(' '),
    stock: countsText(stock),
  });
  return written(lines, ['sku', 'title', 'category', 'components', 'locales', 'stock'], cells, readProducts);
}

/** The same of a catalog's listings. */
export function writeListings(lines: readonly ListingLine[]): WrittenLines {
  const cells = ({ sku, price, window }: ListingLine): Cells => ({
    sku,
    price,
    from: window?.from,
    until: window?.until,
  });
  return written(lines, ['sku', 'price', 'from', 'until'], cells, readListings);
}

type Cells = Readonly<Record<string, string | undefined>>;

function written<L extends ProductLine | ListingLine>(
  lines: readonly L[],
  columns: readonly string[],
  cellsOf: (line: L) => Cells,
  read: (text: string, file: string) => SkuLines<L>,
): WrittenLines {
  const rows = lines.map(cellsOf);
  const needed = columns.filter((column) => rows.some((row) => (row[column] ?? '') !== ''));
  const text = [needed, ...rows.map((row) => needed.map((column) => row[column] ?? ''))]
    .map((row) => `${row.map(writeField).join(',')}\n`)
    .join('');
  const again = read(text, '').lines;
  const same =
    again.length === lines.length &&
    again.every((line, i) => {
      const original = lines[i];
      return original !== undefined && skuLineText(line) === skuLineText(original);
    });
  if (same) return { text, extension: 'csv' };
  return { text: lines.map((line) => `${skuLineText(line)}\n`).join(''), extension: 'ndjson' };
}

function countsText(counts: Readonly<Record<string, number>> | undefined): string | undefined {
  return counts === undefined
    ? undefined
    : Object.entries(counts)
        .map(([name, count]) => `${name}:${count}`)
        .join(' ');
}
