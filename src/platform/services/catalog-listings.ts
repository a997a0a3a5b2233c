import type { api } from '../../contract/operations/index.ts';
import { listingOfLine, skuLineText } from '../../domain/document/content-lines.ts';
import type { Documents, Resource, SpecOf } from '../../domain/document/resources.ts';
import type { Brought } from '../contents/brought.ts';
import { editedLines, type LineEdit } from '../contents/edited-lines.ts';
import type { Handler } from '../handler.ts';
import type { PlatformParts } from '../parts.ts';
import { notFound } from './not-found.ts';
import { etagOfLine, linesPage, parsedLines, requireSkuVersion, submittedLines, writeLines } from './sku-entries.ts';
import type { DerivedEntry } from './write-entry.ts';

type Operations = (typeof api)['listings'];
type Catalog = Resource<'catalogs'>;

async function storedCatalog({ store }: PlatformParts, id: string): Promise<Catalog> {
  const catalog = await store.read(({ resources }) => resources.get('catalogs', id));
  if (catalog === null) throw notFound('catalog', id);
  return catalog;
}

/** The catalog of the state that a write is planned on. */
export function catalogIn({ catalogs }: Documents, id: string): Catalog {
  const catalog = catalogs.get(id);
  if (catalog === undefined) throw notFound('catalog', id);
  return catalog;
}

export const listListings: Handler<Operations['list']> = async ({ platform }, { params: { id }, query }) => {
  const { spec } = await storedCatalog(platform, id);
  return { value: await linesPage(platform, `catalogs/${id}`, spec.listings, query, listingOfLine) };
};

export const exportListings: Handler<Operations['export']> = async ({ platform }, { params: { id } }) => {
  const { spec } = await storedCatalog(platform, id);
  return { value: parsedLines(platform, spec.listings, listingOfLine) };
};

export const getListing: Handler<Operations['get']> = async ({ platform }, { params: { id, sku } }) => {
  const { spec } = await storedCatalog(platform, id);
  const { listings } = spec;
  const line = listings === undefined ? undefined : (await platform.skus.linesOf(listings.content, [sku])).get(sku);
  if (line === undefined) throw notFound('listing', `${sku} in catalog ${id}`);
  return { value: listingOfLine(line), etag: etagOfLine(line) };
};

export const putListing: Handler<Operations['put']> = (call, { params: { id, sku }, body, ifMatch }) =>
  writeLines(call, body.consent, async ({ documents }) => {
    const catalog = catalogIn(documents, id);
    await requireSkuVersion(call.platform, listingOf(catalog, sku), ifMatch);
    const line = skuLineText({ ...body.spec, sku });
    return { ...(await edited(call.platform, catalog, { put: [line] })), etag: etagOfLine(line) };
  });

export const removeListing: Handler<Operations['remove']> = (call, { params: { id, sku }, body, ifMatch }) =>
  writeLines(call, body.consent, async ({ documents }) => {
    const catalog = catalogIn(documents, id);
    const { listings } = catalog.spec;
    const there = listings !== undefined && (await call.platform.skus.linesOf(listings.content, [sku])).has(sku);
    if (!there) throw notFound('listing', `${sku} in catalog ${id}`);
    await requireSkuVersion(call.platform, listingOf(catalog, sku), ifMatch);
    return edited(call.platform, catalog, { take: new Set([sku]) });
  });

export const importListings: Handler<Operations['import']> = (call, { params: { id }, body }) =>
  writeLines(call, body.consent, async ({ documents }) => {
    const { platform } = call;
    const catalog = catalogIn(documents, id);
    const submitted = await submittedLines(platform, 'listings', body.lines);
    if (body.mode === 'replace' || catalog.spec.listings === undefined)
      return catalogEntry(catalog, submitted.brought, submitted.reference);
    return edited(platform, catalog, { put: await submitted.texts() });
  });

function listingOf(catalog: Catalog, sku: string) {
  return { noun: `listing in catalog ${catalog.id} of`, sku, lines: catalog.spec.listings };
}

async function edited(platform: PlatformParts, catalog: Catalog, edit: LineEdit): Promise<DerivedEntry> {
  const brought = await editedLines(platform, catalog.spec.listings, edit);
  return catalogEntry(catalog, brought, brought?.reference);
}

/** A catalog with other listings; `more` is what else of it is to be otherwise. */
export function catalogEntry(
  { id, spec: { listings: _, ...rest } }: Catalog,
  brought: Brought | null,
  listings: SpecOf['catalogs']['listings'],
  more: Partial<SpecOf['catalogs']> = {},
): DerivedEntry {
  const spec = { ...rest, ...(listings === undefined || listings.count === 0 ? {} : { listings }), ...more };
  return { desired: { kind: 'entry', section: 'catalogs', id, spec }, brought };
}
