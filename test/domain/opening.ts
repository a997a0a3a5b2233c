import { createHash } from 'node:crypto';
import type { SkuContents } from '../../src/domain/catalogs/contents.ts';
import { productsOf } from '../../src/domain/catalogs/product.ts';
import type { ListingSpec, ProductSpec } from '../../src/domain/document/catalog-schema.ts';
import { checkDocuments } from '../../src/domain/document/check-documents.ts';
import { listingLines, productLines } from '../../src/domain/document/content-lines.ts';
import { type Documents, emptyDocuments } from '../../src/domain/document/resources.ts';
import type { StoredDocument } from '../../src/domain/document/schema.ts';
import { SECTIONS } from '../../src/domain/document/sections.ts';
import { specsOfDocument } from '../../src/domain/document/specs.ts';
import type { Problem } from '../../src/domain/failure.ts';
import { withListingTimes } from '../../src/domain/plan/window-times.ts';
import { createTimeResolver } from '../../src/domain/time/time-resolver.ts';

/** The opening of 2015: four markets, accessories only, a flash sale at 13:00 German time. */

export const TZDB = '2025b';

export const PRODUCTS: Readonly<Record<string, ProductSpec>> = {
  'mi-headphones': item('Mi Headphones', 'audio/headphones'),
  'mi-power-bank-10400': item('Mi Power Bank 10400 mAh', 'power/power-banks'),
  'mi-power-bank-5000': item('Mi Power Bank 5000 mAh', 'power/power-banks'),
  'mi-band': item('Mi Band', 'wearables/fitness-bands'),
  'mi-note': { title: 'Mi Note', category: 'phones/smartphones' },
  'mi-note-case': { title: 'Mi Note case', category: 'phones/cases' },
  'phone-kit': { title: 'Phone kit', category: 'bundles', components: { 'mi-note': 1, 'mi-note-case': 1 } },
  'starter-set': { title: 'Starter set', category: 'bundles', components: { 'mi-band': 1, 'phone-kit': 1 } },
};

function item(title: string, category: string): ProductSpec {
  return {
    title,
    category,
    locales: ['en-US', 'en-GB', 'fr-FR', 'de-DE'],
    stock: { us: 500, gb: 500, fr: 500, de: 500 },
  };
}

const SOLD = ['mi-headphones', 'mi-power-bank-10400', 'mi-power-bank-5000', 'mi-band'];

export const PRICES: Readonly<Record<string, string>> = {
  'mi-headphones': '79.99 USD',
  'mi-power-bank-10400': '13.99 USD',
  'mi-power-bank-5000': '9.99 USD',
  'mi-band': '14.99 USD',
};

const contentOf = (lines: unknown): string => createHash('sha256').update(JSON.stringify(lines)).digest('hex');

export interface Shop {
  readonly products: Readonly<Record<string, ProductSpec>>;
  /** By catalog. */
  readonly listings: Readonly<Record<string, Readonly<Record<string, ListingSpec>>>>;
}

export const SHOP: Shop = {
  products: PRODUCTS,
  listings: { us: Object.fromEntries(SOLD.map((sku) => [sku, { price: PRICES[sku] ?? '' }])) },
};

type Sections = Omit<StoredDocument, 'version'>;

const catalog = (market: string) => ({ market, mode: 'accessories-only' as const });
const level = (market: string) => ({
  market,
  paymentMethods: ['credit-card', 'paypal'],
  delivery: { workingDays: 7, shippedFrom: 'China' },
  duties: 'estimated-at-checkout' as const,
  returns: { days: 14, atCostOf: 'buyer' as const },
  warrantyMonths: 12,
});

export const OPENING = {
  markets: {
    us: { name: 'United States', countries: ['US'], currency: 'USD', locales: ['en-US'], timeZone: 'America/New_York' },
    gb: {
      name: 'United Kingdom',
      countries: ['GB'],
      currency: 'GBP',
      currencies: ['USD'],
      locales: ['en-GB'],
      timeZone: 'Europe/London',
    },
    fr: {
      name: 'France',
      countries: ['FR'],
      currency: 'EUR',
      currencies: ['USD'],
      locales: ['fr-FR'],
      timeZone: 'Europe/Paris',
    },
    de: {
      name: 'Germany',
      countries: ['DE'],
      currency: 'EUR',
      currencies: ['USD'],
      locales: ['de-DE'],
      timeZone: 'Europe/Berlin',
    },
  },
  sites: {
    'mi-us': { brand: 'mi', market: 'us', role: 'unified', urls: ['https://www.mi.com/us/'] },
    'mi-gb': { brand: 'mi', market: 'gb', role: 'unified', urls: ['https://www.mi.com/uk/'] },
    'mi-fr': { brand: 'mi', market: 'fr', role: 'unified', urls: ['https://www.mi.com/fr/'] },
    'mi-de': { brand: 'mi', market: 'de', role: 'unified', urls: ['https://www.mi.com/de/'] },
  },
  catalogs: { us: catalog('us'), gb: catalog('gb'), fr: catalog('fr'), de: catalog('de') },
  certifications: {
    fcc: { title: 'FCC', markets: ['us'], skus: SOLD },
    ce: { title: 'CE', markets: ['gb', 'fr', 'de'], skus: SOLD, until: 'end of 2019-12-31' },
  },
  serviceLevels: { us: level('us'), gb: level('gb'), fr: level('fr'), de: level('de') },
  launches: {
    'mi-store-opening': {
      kind: 'flash-sale',
      markets: ['us', 'gb', 'fr', 'de'],
      startsAt: '2015-05-19T13:00+02:00[Europe/Berlin]',
      endsAt: '2015-05-20T13:00+02:00[Europe/Berlin]',
      items: Object.fromEntries(
        SOLD.map((sku) => [sku, { allocation: 500, limitPerBuyer: 2, price: PRICES[sku] ?? '' }]),
      ),
      checklist: 'flash-sale',
    },
  },
} satisfies Sections;

export interface World {
  readonly documents: Documents;
  readonly contents: SkuContents;
  readonly problems: readonly Problem[];
}

/** Documents that state a shop, with the contents that they name. */
export function worldOf(sections: Sections, shop: Shop = SHOP): World {
  const document = withShop(sections, shop);
  const { documents, problems } = checkDocuments(specsOfDocument(document).specs, {
    tzdb: TZDB,
    known: new Set(SECTIONS),
  });
  const contents = contentsOf(shop);
  const resolver = createTimeResolver(TZDB);
  return { documents: withListingTimes(documents, emptyDocuments(), contents, resolver), contents, problems };
}

export function withShop(sections: Sections, { products, listings }: Shop): StoredDocument {
  return {
    version: 1,
    ...sections,
    products: { all: { items: { content: contentOf(products), count: Object.keys(products).length } } },
    ...(sections.catalogs === undefined
      ? {}
      : {
          catalogs: Object.fromEntries(
            Object.entries(sections.catalogs).map(([id, spec]) => {
              const own = listings[id];
              if (own === undefined) return [id, spec];
              return [id, { ...spec, listings: { content: contentOf(own), count: Object.keys(own).length } }];
            }),
          ),
        }),
  };
}

export function contentsOf({ products, listings }: Shop): SkuContents {
  const loaded = productsOf(productLines(products));
  const byContent = new Map(Object.values(listings).map((own) => [contentOf(own), listingLines(own)]));
  return { productsOf: () => loaded, listingsOf: (content) => byContent.get(content) ?? [] };
}
