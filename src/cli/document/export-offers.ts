import { type Client, rulesReference } from '../../client/index.ts';
import { api } from '../../contract/operations/index.ts';
import { type WrittenLines, writeListings, writeProducts } from '../../domain/catalogs/formats/write.ts';
import type { ContentReference, ListingLine, ProductLine } from '../../domain/document/catalog-schema.ts';
import { skuLineText } from '../../domain/document/content-lines.ts';
import type { StoreDocument, StoredDocument } from '../../domain/document/schema.ts';
import { ALL_PRODUCTS } from '../../domain/document/sections.ts';
import { EXIT, Failure } from '../../domain/failure.ts';

/** Products or listings that stand in the document itself; more of them go to a file beside it. */
const INLINE = 50;

/** The sections of a document that are kept by SKU, and the files beside it that they name. */
export interface ExportedOffers {
  readonly products?: NonNullable<StoreDocument['products']>;
  readonly catalogs?: NonNullable<StoreDocument['catalogs']>;
  /** By path beside the document. */
  readonly files: ReadonlyMap<string, string>;
}

/**
 * Reads products and listings. With `beside` false all of them stand in the document, however many.
 *
 * @throws Failure `stale` (6) where they changed while they were read
 */
export async function exportOffers(
  client: Client,
  stored: Pick<StoredDocument, 'products' | 'catalogs'>,
  { beside }: { readonly beside: boolean },
): Promise<ExportedOffers> {
  const files = new Map<string, string>();
  const items = stored.products?.[ALL_PRODUCTS]?.items;
  const products = items === undefined ? undefined : await productsIn(client, items, beside, files);
  if (stored.catalogs === undefined) return { ...(products === undefined ? {} : { products }), files };
  const catalogs: NonNullable<StoreDocument['catalogs']> = {};
  for (const [id, { listings, ...spec }] of Object.entries(stored.catalogs)) {
    catalogs[id] =
      listings === undefined ? spec : { ...spec, listings: await listingsIn(client, id, listings, beside, files) };
  }
  return { ...(products === undefined ? {} : { products }), catalogs, files };
}

type Lines<L> = Readonly<Record<string, Omit<L, 'sku'>>> | string;

async function productsIn(
  client: Client,
  items: ContentReference,
  beside: boolean,
  files: Map<string, string>,
): Promise<NonNullable<StoreDocument['products']>> {
  const { value } = await client.call(api.products.export);
  const lines = await gathered<ProductLine>(value, items, 'products');
  return inDocumentOr(lines, beside, () => fileOf(files, 'products', writeProducts(lines)));
}

async function listingsIn(
  client: Client,
  id: string,
  listings: ContentReference,
  beside: boolean,
  files: Map<string, string>,
): Promise<Lines<ListingLine>> {
  const { value } = await client.call(api.listings.export, { params: { id } });
  const lines = await gathered<ListingLine>(value, listings, `listings of ${id}`);
  return inDocumentOr(lines, beside, () => fileOf(files, `catalogs/${id}`, writeListings(lines)));
}

function inDocumentOr<L extends { readonly sku: string }>(
  lines: readonly L[],
  beside: boolean,
  file: () => string,
): Record<string, Omit<L, 'sku'>> | string {
  if (beside && lines.length > INLINE) return file();
  return Object.fromEntries(lines.map(({ sku, ...line }) => [sku, line]));
}

function fileOf(files: Map<string, string>, name: string, { text, extension }: WrittenLines): string {
  const file = `${name}.${extension}`;
  files.set(file, text);
  return file;
}

async function gathered<L extends ProductLine | ListingLine>(
  stream: AsyncIterable<L>,
  wanted: ContentReference,
  what: string,
): Promise<readonly L[]> {
  const lines: L[] = [];
  for await (const line of stream) lines.push(line);
  if (rulesReference(lines.map(skuLineText)).content === wanted.content) return lines;
  throw new Failure({
    code: 'stale',
    exit: EXIT.stale,
    message: `The ${what} changed while they were exported. Nothing was written.`,
    remedy: 'Export again.',
  });
}
