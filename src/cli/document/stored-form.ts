import type { AssertionSpec } from '../../domain/document/assertion-schema.ts';
import { pathOf } from '../../domain/document/pointer.ts';
import type { ReadDocument } from '../../domain/document/read-document.ts';
import type { StoreDocument, StoredDocument } from '../../domain/document/schema.ts';
import { ALL_PRODUCTS } from '../../domain/document/sections.ts';
import type { Place } from '../../domain/failure.ts';
import { type LoadedRules, referenceOf } from './load-rules.ts';
import type { LoadedOffer } from './load-sku-lines.ts';
import type { LoadedUrls } from './load-urls.ts';

/** What a document names and does not hold itself, as it was loaded. */
export interface LoadedParts {
  /** By ruleset. */
  readonly rules: ReadonlyMap<string, LoadedRules>;
  /** By assertion. */
  readonly lists: ReadonlyMap<string, LoadedUrls>;
  readonly offer: LoadedOffer;
}

/** A document as the platform keeps it: what goes in bulk is named by content. */
export function storedForm(document: StoreDocument, { rules, lists, offer }: LoadedParts): StoredDocument {
  const { rulesets, assertions, products, catalogs, settings: _, ...others } = document;
  return {
    ...others,
    ...(assertions === undefined ? {} : { assertions: withUrls(assertions, lists) }),
    ...(rulesets === undefined ? {} : { rulesets: withRules(rulesets, rules) }),
    ...(products === undefined ? {} : { products: withProducts(offer) }),
    ...(catalogs === undefined ? {} : { catalogs: withListings(catalogs, offer) }),
  };
}

type Sections<K extends keyof StoreDocument> = NonNullable<StoreDocument[K]>;
type Stored<K extends keyof StoredDocument> = NonNullable<StoredDocument[K]>;

function withRules(rulesets: Sections<'rulesets'>, rules: LoadedParts['rules']): Stored<'rulesets'> {
  return Object.fromEntries(
    Object.entries(rulesets).map(([id, spec]) => {
      const loaded = rules.get(id);
      return [id, { ...spec, rules: loaded?.reference ?? referenceOf(loaded?.rules ?? []) }];
    }),
  );
}

/** A document that states no product at all states that there are none. */
function withProducts({ products }: LoadedOffer): Stored<'products'> {
  if (products === undefined || products.reference.count === 0) return {};
  return { [ALL_PRODUCTS]: { items: products.reference } };
}

function withListings(catalogs: Sections<'catalogs'>, { listings }: LoadedOffer): Stored<'catalogs'> {
  return Object.fromEntries(
    Object.entries(catalogs).map(([id, { listings: _, ...spec }]) => {
      const reference = listings.get(id)?.reference;
      return [id, reference === undefined || reference.count === 0 ? spec : { ...spec, listings: reference }];
    }),
  );
}

/** Assertions with the URLs themselves where a file was named. */
function withUrls(assertions: Sections<'assertions'>, lists: LoadedParts['lists']): Stored<'assertions'> {
  return Object.fromEntries(
    Object.entries(assertions).map(([id, spec]): [string, AssertionSpec] => {
      if (spec.kind !== 'every-url-ends') return [id, spec];
      const urls = typeof spec.urls === 'string' ? (lists.get(id)?.urls ?? []) : spec.urls;
      return [id, { ...spec, urls: [...urls] }];
    }),
  );
}

/** Where something was written: what a file beside the document says is there, and not in the document. */
export function placeIn(pointer: string, read: ReadDocument, { rules, lists, offer }: LoadedParts): Place {
  const [section, id = '', key, index] = pathOf(pointer);
  const lines = linesAt(section, id, key, offer);
  if (lines !== undefined) {
    const at = lines.loaded.lines.findIndex(({ sku }) => sku === (section === 'products' ? id : index));
    if (at >= 0) return { ...lines.loaded.placeOf(at), pointer };
  }
  if (key === undefined || index === undefined) return read.placeOf(pointer);
  if (section === 'assertions' && key === 'urls') {
    const list = lists.get(id);
    const line = list?.lines[Number(index)];
    if (list !== undefined && line !== undefined) return { file: list.file, line, pointer };
  }
  if (section === 'rulesets' && key === 'rules') {
    const origin = rules.get(id)?.origins(Number(index));
    const inDocument = read.placeOf(pointer);
    // A rule of the document itself has a finer place there: the column, and the key that is meant.
    if (origin?.file !== undefined && origin.file !== inDocument.file) return { ...origin, pointer };
    return inDocument;
  }
  return read.placeOf(pointer);
}

/** The lines that a pointer goes into; undefined where it stays in the document. */
function linesAt(section: unknown, id: string, key: unknown, { products, listings }: LoadedOffer) {
  if (section === 'products' && products !== undefined) return { loaded: products };
  const loaded = section === 'catalogs' && key === 'listings' ? listings.get(id) : undefined;
  return loaded === undefined ? undefined : { loaded };
}
