import { ListingLine } from '../../document/catalog-schema.ts';
import { Failure } from '../../failure.ts';
import { parsePrice } from '../../money/money.ts';
import { readSkuLines, type SkuFormat, type SkuLines } from './sku-lines.ts';

const FORMAT: SkuFormat<ListingLine> = {
  noun: 'listing',
  schema: ListingLine,
  columns: { sku: 'sku', price: 'price', from: 'from', until: 'until' },
  required: ['sku', 'price'],
  fromCells({ sku, price, from, until }) {
    const window = { ...(from === undefined ? {} : { from }), ...(until === undefined ? {} : { until }) };
    return { value: { sku, price, ...(Object.keys(window).length === 0 ? {} : { window }) } };
  },
  fault: listingFault,
};

/** What is wrong with a listing's price; null where nothing is. */
export function listingFault({ price }: ListingLine): string | null {
  try {
    parsePrice(price);
    return null;
  } catch (error) {
    if (error instanceof Failure) return error.message;
    throw error;
  }
}

/**
 * Reads a catalog's listings from CSV (`sku,price` and, where they have a window, `from` and `until`) or from NDJSON with
 * the keys of the document and `sku`. Prices are read and not only looked at; windows are resolved in their market later.
 */
export function readListings(text: string, file: string): SkuLines<ListingLine> {
  return readSkuLines(text, file, FORMAT);
}
