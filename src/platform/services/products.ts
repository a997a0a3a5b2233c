import type { api } from '../../contract/operations/index.ts';
import { NO_PRODUCTS } from '../../domain/catalogs/product.ts';
import { type ProductUse, usesOf } from '../../domain/catalogs/uses.ts';
import { productOfLine, skuLineText } from '../../domain/document/content-lines.ts';
import type { Documents, Resource, SpecOf } from '../../domain/document/resources.ts';
import { ALL_PRODUCTS } from '../../domain/document/sections.ts';
import { EXIT, Failure } from '../../domain/failure.ts';
import type { Brought } from '../contents/brought.ts';
import { editedLines, type LineEdit } from '../contents/edited-lines.ts';
import type { Handler } from '../handler.ts';
import type { PlatformParts } from '../parts.ts';
import { notFound } from './not-found.ts';
import { etagOfLine, linesPage, parsedLines, requireSkuVersion, submittedLines, writeLines } from './sku-entries.ts';
import type { DerivedEntry } from './write-entry.ts';

type Operations = (typeof api)['products'];

/** The list of all products; null where there are none. */
async function allProducts({ store }: PlatformParts): Promise<Resource<'products'> | null> {
  return store.read(({ resources }) => resources.get('products', ALL_PRODUCTS));
}

export const listProducts: Handler<Operations['list']> = async ({ platform }, { query }) => {
  const all = await allProducts(platform);
  return { value: await linesPage(platform, 'products', all?.spec.items, query, productOfLine) };
};

export const exportProducts: Handler<Operations['export']> = async ({ platform }) => {
  const all = await allProducts(platform);
  return { value: parsedLines(platform, all?.spec.items, productOfLine) };
};

export const getProduct: Handler<Operations['get']> = async ({ platform }, { params: { sku } }) => {
  const all = await allProducts(platform);
  const line = all === null ? undefined : (await platform.skus.linesOf(all.spec.items.content, [sku])).get(sku);
  if (line === undefined) throw notFound('product', sku);
  return { value: productOfLine(line), etag: etagOfLine(line) };
};

export const putProduct: Handler<Operations['put']> = (call, { params: { sku }, body, ifMatch }) =>
  writeLines(call, body.consent, async ({ documents }) => {
    const { platform } = call;
    const all = documents.products.get(ALL_PRODUCTS);
    await requireSkuVersion(platform, { noun: 'product', sku, lines: all?.spec.items }, ifMatch);
    const line = skuLineText({ ...body.spec, sku });
    return { ...(await edited(platform, all, { put: [line] })), etag: etagOfLine(line) };
  });

export const removeProduct: Handler<Operations['remove']> = (call, { params: { sku }, body, ifMatch }) =>
  writeLines(call, body.consent, async ({ documents }) => {
    const { platform } = call;
    const all = documents.products.get(ALL_PRODUCTS);
    const lines = all?.spec.items;
    const there = lines !== undefined && (await platform.skus.linesOf(lines.content, [sku])).has(sku);
    if (!there) throw notFound('product', sku);
    await requireSkuVersion(platform, { noun: 'product', sku, lines }, ifMatch);
    const uses = await usesIn(platform, documents, sku);
    if (uses.length > 0) throw inUse(sku, uses);
    return edited(platform, all, { take: new Set([sku]) });
  });

export const importProducts: Handler<Operations['import']> = (call, { body }) =>
  writeLines(call, body.consent, async ({ documents }) => {
    const { platform } = call;
    const all = documents.products.get(ALL_PRODUCTS);
    const submitted = await submittedLines(platform, 'products', body.lines);
    if (body.mode === 'replace' || all === undefined) return entryOf(all, submitted.brought, submitted.reference);
    return edited(platform, all, { put: await submitted.texts() });
  });

async function edited(
  platform: PlatformParts,
  all: Resource<'products'> | undefined,
  edit: LineEdit,
): Promise<DerivedEntry> {
  const brought = await editedLines(platform, all?.spec.items, edit);
  return entryOf(all, brought, brought?.reference);
}

function entryOf(
  all: Resource<'products'> | undefined,
  brought: Brought | null,
  items: SpecOf['products']['items'] | undefined,
): DerivedEntry {
  const spec = items === undefined || items.count === 0 ? null : { ...all?.spec, items };
  return { desired: { kind: 'entry', section: 'products', id: ALL_PRODUCTS, spec }, brought };
}

/** What names a product: bundles, launches and certifications, and the catalogs that list it. */
async function usesIn(platform: PlatformParts, documents: Documents, sku: string): Promise<readonly ProductUse[]> {
  const items = documents.products.get(ALL_PRODUCTS)?.spec.items;
  const products = items === undefined ? NO_PRODUCTS : ((await platform.skus.products(items.content)) ?? NO_PRODUCTS);
  const uses = [...usesOf(sku, documents, products)];
  for (const { id, spec } of documents.catalogs.values()) {
    const { listings } = spec;
    if (listings === undefined || !(await platform.skus.linesOf(listings.content, [sku])).has(sku)) continue;
    uses.push({ by: `catalogs/${id}`, text: `catalog \`${id}\` lists it` });
  }
  return uses;
}

const SHOWN = 5;

function inUse(sku: string, uses: readonly ProductUse[]): Failure {
  const shown = uses.slice(0, SHOWN).map(({ text }) => text);
  const more = uses.length > SHOWN ? `, and ${uses.length - SHOWN} more use it` : '';
  return new Failure({
    code: 'in-use',
    exit: EXIT.blocked,
    message: `Product ${sku} is in use: ${shown.join(', ')}${more}. Nothing was written.`,
    remedy: 'Take it out of all of them first.',
    details: { sku, uses },
  });
}
