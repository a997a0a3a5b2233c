import type { LaunchSpec } from '../../src/domain/document/launch-schema.ts';
import type { SubmittedDocument } from '../../src/domain/document/schema.ts';

/** A flash sale in two markets that began at {@link SALE_START}. */
export const SALE_START = Date.parse('2015-05-19T11:00:00Z');
export const SALE = 'mi-store-opening';

export interface SaleTerms {
  readonly allocation: number;
  readonly limitPerBuyer: number;
}

/** What is sold: every SKU with what there is of it in each market, and how much of it one buyer may have. */
export function saleDocument(
  items: Readonly<Record<string, SaleTerms>>,
  more: Partial<LaunchSpec> = {},
): SubmittedDocument {
  const skus = Object.keys(items);
  const market = (country: string, currency: string, timeZone: string) => ({
    name: country,
    countries: [country],
    currency,
    currencies: currency === 'USD' ? [] : ['USD'],
    locales: ['en'],
    timeZone,
  });
  return {
    version: 1,
    markets: { us: market('US', 'USD', 'America/New_York'), de: market('DE', 'EUR', 'Europe/Berlin') },
    sites: {
      'mi-us': { brand: 'mi', market: 'us', role: 'unified', urls: ['https://www.mi.com/us/'] },
      'mi-de': { brand: 'mi', market: 'de', role: 'unified', urls: ['https://www.mi.com/de/'] },
    },
    products: { all: { items: skus.map((sku) => ({ sku, title: sku, category: 'wearables/fitness-bands' })) } },
    catalogs: { us: { market: 'us', mode: 'accessories-only' }, de: { market: 'de', mode: 'accessories-only' } },
    launches: {
      [SALE]: {
        kind: 'flash-sale',
        markets: ['us', 'de'],
        startsAt: '2015-05-19T13:00+02:00[Europe/Berlin]',
        items: Object.fromEntries(skus.map((sku) => [sku, { ...items[sku], price: '14.99 USD' }])),
        ...more,
      },
    },
  };
}
