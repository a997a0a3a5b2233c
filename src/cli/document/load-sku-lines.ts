import { rulesReference } from '../../client/index.ts';
import { readListings } from '../../domain/catalogs/formats/listings.ts';
import { readProducts } from '../../domain/catalogs/formats/products.ts';
import type { SkuLines } from '../../domain/catalogs/formats/sku-lines.ts';
import type { ContentReference, ListingLine, ProductLine } from '../../domain/document/catalog-schema.ts';
import { bySku, listingLines, productLines, type SkuLine, skuLineText } from '../../domain/document/content-lines.ts';
import { type DocumentPath, pointerOf } from '../../domain/document/pointer.ts';
import type { StoreDocument } from '../../domain/document/schema.ts';
import { Failure, type Place, type Problem } from '../../domain/failure.ts';
import type { Surroundings } from '../surroundings.ts';
import { besideDocument } from './load-rules.ts';
import { readText } from './read-text.ts';

/** Products or listings in the order of contents, and where each was written. */
export interface LoadedLines<L extends SkuLine> {
  readonly reference: ContentReference;
  readonly lines: readonly L[];
  placeOf(index: number): Place;
  readonly problems: readonly Problem[];
}

/** What a document says of products and listings; absent where it says nothing. */
export interface LoadedOffer {
  readonly products?: LoadedLines<ProductLine>;
  /** By catalog. */
  readonly listings: ReadonlyMap<string, LoadedLines<ListingLine>>;
}

export const NO_OFFER: LoadedOffer = { listings: new Map() };

/** A million listings of usual length. */
const LARGEST_FILE = 256 * 1024 * 1024;

export interface OfferSource {
  readonly surroundings: Surroundings;
  /** The document's own path, which files are named beside. */
  readonly file: string;
  placeOf(pointer: string): Place;
}

/** Reads what a document says of products and listings, and the files that it names for them. */
export async function loadOffer(source: OfferSource, document: StoreDocument): Promise<LoadedOffer> {
  const listings = new Map<string, LoadedLines<ListingLine>>();
  for (const [id, { listings: written }] of Object.entries(document.catalogs ?? {})) {
    if (written === undefined) continue;
    const path = ['catalogs', id, 'listings'];
    const loaded =
      typeof written === 'string'
        ? await fromFile(source, written, path, readListings)
        : inDocument(source, listingLines(written), path);
    listings.set(id, loaded);
  }
  const { products } = document;
  if (products === undefined) return { listings };
  const loaded =
    typeof products === 'string'
      ? await fromFile(source, products, ['products'], readProducts)
      : inDocument(source, productLines(products), ['products']);
  return { products: loaded, listings };
}

function inDocument<L extends SkuLine & (ProductLine | ListingLine)>(
  { placeOf }: OfferSource,
  lines: readonly L[],
  path: DocumentPath,
): LoadedLines<L> {
  return {
    reference: referenceOf(lines),
    lines,
    placeOf: (index) => placeOf(pointerOf([...path, lines[index]?.sku ?? ''])),
    problems: [],
  };
}

async function fromFile<L extends SkuLine & (ProductLine | ListingLine)>(
  source: OfferSource,
  named: string,
  path: DocumentPath,
  read: (text: string, file: string) => SkuLines<L>,
): Promise<LoadedLines<L>> {
  const file = besideDocument(source.file, named);
  const namedAt = source.placeOf(pointerOf(path));
  let text: string;
  try {
    ({ text } = await readText(source.surroundings, file, { what: `file of ${path.at(-1)}`, limit: LARGEST_FILE }));
  } catch (error) {
    if (!(error instanceof Failure)) throw error;
    const { code, message, remedy } = error;
    const problem: Problem = { code, severity: 'error', message, place: namedAt, ...(remedy ? { remedy } : {}) };
    return { reference: referenceOf([]), lines: [], placeOf: () => namedAt, problems: [problem] };
  }
  const { lines, places, problems } = read(text, file);
  const sorted = lines.map((line, index) => ({ line, at: places[index] })).toSorted((a, b) => bySku(a.line, b.line));
  const ordered = sorted.map(({ line }) => line);
  return {
    reference: referenceOf(ordered),
    lines: ordered,
    placeOf(index) {
      const line = sorted[index]?.at;
      return line === undefined ? namedAt : { file, line };
    },
    problems,
  };
}

export function referenceOf(lines: readonly (ProductLine | ListingLine)[]): ContentReference {
  return rulesReference(textsOf(lines));
}

function* textsOf(lines: readonly (ProductLine | ListingLine)[]): Generator<string> {
  for (const line of lines) yield skuLineText(line);
}
