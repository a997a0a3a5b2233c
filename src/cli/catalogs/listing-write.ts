import type { Client } from '../../client/index.ts';
import { api } from '../../contract/operations/index.ts';
import { listingFault } from '../../domain/catalogs/formats/listings.ts';
import type { ListingLine, ListingSpec } from '../../domain/document/catalog-schema.ts';
import { pathOf, pointerOf } from '../../domain/document/pointer.ts';
import { EXIT, Failure, type Problem } from '../../domain/failure.ts';
import { editSpec, type Field, missingOf, type Said } from '../entries/fields.ts';
import { entryFlag } from '../entries/flags.ts';
import { callWrite } from '../plans/call-write.ts';
import type { PlannedWrite } from '../plans/carry-out.ts';
import type { Ask } from '../prompts/ask.ts';
import { missingFlags } from '../prompts/can-prompt.ts';

const LISTING_FIELDS: readonly Field[] = [
  { key: 'price', flag: 'price', kind: 'text', needed: true },
  { key: 'window.from', flag: 'from', kind: 'time' },
  { key: 'window.until', flag: 'until', kind: 'time' },
];

export const listingFlags = {
  price: entryFlag.text('What it costs: an amount and its ISO 4217 currency, as in "14.99 USD".', 'PRICE'),
  from: entryFlag.time('On sale from this instant; read in the market’s own time unless it has a zone.'),
  until: entryFlag.time('No longer on sale from this instant.'),
};

export interface ListingOrder {
  readonly catalog: string;
  readonly sku: string;
  readonly said: Said;
  /** Asks for the price of a new listing; null where nobody can be asked. */
  readonly ask: Ask | null;
}

interface FoundListing {
  readonly listing: ListingLine;
  readonly etag: string;
}

/** A listing of a catalog; null where the product is not listed there. */
async function findListing(client: Client, catalog: string, sku: string): Promise<FoundListing | null> {
  try {
    const { value, etag = '*' } = await client.call(api.listings.get, { params: { id: catalog, sku } });
    return { listing: value, etag };
  } catch (error) {
    if (error instanceof Failure && error.code === 'not-found') return null;
    throw error;
  }
}

/**
 * A product listed, or its listing changed: what is not said of one that is there stays.
 *
 * @throws Failure `input-needed` where a new listing has no price
 */
export async function listingWrite(client: Client, { catalog, sku, said, ask }: ListingOrder): Promise<PlannedWrite> {
  const present = await findListing(client, catalog, sku);
  const missing = present === null ? missingOf(LISTING_FIELDS, said) : [];
  if (missing.length > 0 && ask === null) throw missingFlags(missing);
  const asked = missing.length > 0 && ask !== null ? { price: await askPrice(ask, sku) } : {};
  const { sku: _, ...kept } = present?.listing ?? { sku };
  const spec = editSpec(LISTING_FIELDS, { ...said, ...asked }, kept) as unknown as ListingSpec;
  return callWrite({
    confirm: [catalog],
    send: async (consent, dryRun) => {
      const ifMatch = present?.etag ?? null;
      const params = { id: catalog, sku };
      return (await client.call(api.listings.put, { params, query: { dryRun }, ifMatch, body: { spec, consent } }))
        .value;
    },
    ...placesOf(catalog, sku),
  });
}

async function askPrice(ask: Ask, sku: string): Promise<string> {
  const reply = await ask({
    kind: 'text',
    message: `What does ${sku} cost there? (an amount and its currency, as in 14.99 USD)`,
    check: (typed) => listingFault({ sku, price: typed }),
  });
  return String(reply).trim();
}

/** @throws Failure `not-found` where the product is not listed there */
export async function delistingWrite(client: Client, catalog: string, sku: string): Promise<PlannedWrite> {
  const present = await findListing(client, catalog, sku);
  if (present === null) throw notListed(catalog, sku);
  return callWrite({
    confirm: [catalog],
    send: async (consent, dryRun) => {
      const params = { id: catalog, sku };
      const sent = { params, query: { dryRun }, ifMatch: present.etag, body: { consent } };
      return (await client.call(api.listings.remove, sent)).value;
    },
    ...placesOf(catalog, sku),
  });
}

function placesOf(catalog: string, sku: string) {
  const base = ['catalogs', catalog, 'listings', sku];
  return {
    placed(problem: Problem): Problem {
      const path = pathOf(problem.place?.pointer ?? '');
      if (!base.every((step, i) => path[i] === step)) return problem;
      const inside = path.slice(base.length).join('.');
      const field = LISTING_FIELDS.find(({ key }) => key === inside);
      return field === undefined ? { ...problem, place: {} } : { ...problem, place: { file: `--${field.flag}` } };
    },
    pointerOf: (pointer: string) => pointerOf([...base, ...pathOf(pointer.replace(/^\/(?:body\/)?spec(?=\/|$)/, ''))]),
  };
}

function notListed(catalog: string, sku: string): Failure {
  return new Failure({
    code: 'not-found',
    exit: EXIT.notFound,
    message: `Catalog ${catalog} does not list ${sku}.`,
    remedy: `See what it lists with: storectl catalogs show ${catalog} --listings`,
    details: { noun: 'listing', catalog, sku },
  });
}
