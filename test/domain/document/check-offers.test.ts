import { describe, expect, test } from 'vitest';
import type { ListingSpec, ProductSpec } from '../../../src/domain/document/catalog-schema.ts';
import { checkOffers } from '../../../src/domain/document/checks/offers.ts';
import type { LaunchSpec } from '../../../src/domain/document/launch-schema.ts';
import { OPENING, PRODUCTS, SHOP, worldOf } from '../opening.ts';

const EVERYTHING = { any: true, catalogs: null };

/** `code pointer`, and `warning` where it is none to stop for. */
function faults(sections: object = {}, shop: Partial<typeof SHOP> = {}): string[] {
  const { documents, contents, problems } = worldOf({ ...OPENING, ...sections }, { ...SHOP, ...shop });
  return [...problems, ...checkOffers(documents, contents, EVERYTHING)].map(({ code, severity, place }) =>
    [severity === 'warning' ? 'warning ' : '', code, ' ', place?.pointer].join(''),
  );
}

const products = (own: Record<string, Partial<ProductSpec>>) => ({
  products: { ...PRODUCTS, ...(own as Record<string, ProductSpec>) },
});
const listed = (own: Record<string, ListingSpec>) => ({ listings: { us: own } });
const launch = (own: Partial<LaunchSpec>) => ({
  launches: { 'mi-store-opening': { ...OPENING.launches['mi-store-opening'], ...own } },
});
const band = (own: object) =>
  launch({ items: { 'mi-band': { price: '14.99 USD', allocation: 500, limitPerBuyer: 2, ...own } } });

test('the opening of 2015 has no fault', () => {
  expect(faults()).toEqual([]);
});

describe('products', () => {
  const at = (sku: string, rest: string) => `/products/${sku}${rest}`;
  test.each<[string, Record<string, Partial<ProductSpec>>, string[]]>([
    [
      'an unknown category',
      { x: { title: 'X', category: 'phone/smartphones' } },
      [`unknown-category ${at('x', '/category')}`],
    ],
    [
      'an unknown component',
      { x: { title: 'X', category: 'bundles', components: { 'mi-bnd': 1 } } },
      [`unknown-sku ${at('x', '/components/mi-bnd')}`],
    ],
    [
      'a bundle in itself, told once',
      {
        a: { title: 'A', category: 'bundles', components: { b: 1 } },
        b: { title: 'B', category: 'bundles', components: { a: 1 } },
      },
      [`component-cycle ${at('a', '/components')}`],
    ],
    [
      'a locale that is none, one that is spelt otherwise, and one twice',
      { x: { title: 'X', category: 'tablets', locales: ['xx_YY!', 'en-gb', 'de-DE', 'de-DE'] } },
      [
        `duplicate ${at('x', '/locales/3')}`,
        `invalid-locale ${at('x', '/locales/0')}`,
        `invalid-locale ${at('x', '/locales/1')}`,
      ],
    ],
    [
      'stock in no market',
      { x: { title: 'X', category: 'tablets', stock: { uk: 3 } } },
      [`unknown-reference ${at('x', '/stock/uk')}`],
    ],
  ])('%s', (_, own, expected) => {
    expect(faults({}, products(own))).toEqual(expected);
  });

  test('a long chain of bundles overflows nothing', () => {
    const chain = Object.fromEntries(
      Array.from({ length: 20_000 }, (_, i) => [
        `b-${i}`,
        { title: 'B', category: 'bundles', ...(i < 19_999 ? { components: { [`b-${i + 1}`]: 1 } } : {}) },
      ]),
    );
    expect(faults({}, products(chain))[0]).toMatch(/^too-deep \/products\/b-\d+\/components$/);
  });
});

describe('listings', () => {
  const at = (sku: string, rest = '') => `/catalogs/us/listings/${sku}${rest}`;
  test.each<[string, Record<string, ListingSpec>, string[]]>([
    ['a product that there is not', { 'mi-bnd': { price: '1 USD' } }, [`unknown-sku ${at('mi-bnd')}`]],
    ['too many decimals', { 'mi-band': { price: '14.999 USD' } }, [`invalid-money ${at('mi-band', '/price')}`]],
    [
      'a currency that the market does not take',
      { 'mi-band': { price: '14.99 EUR' } },
      [`currency-not-accepted ${at('mi-band', '/price')}`],
    ],
    [
      'a window that closes before it opens',
      { 'mi-band': { price: '14.99 USD', window: { from: 'start of 2015-06-02', until: 'end of 2015-06-01' } } },
      [`dates ${at('mi-band', '/window/until')}`],
    ],
    [
      'a window that opens in a clock change',
      { 'mi-band': { price: '14.99 USD', window: { from: '2015-03-08T02:30' } } },
      [`time-skipped ${at('mi-band', '/window/from')}`],
    ],
    [
      'a window that opens twice, and one without a time of day',
      { 'mi-band': { price: '14.99 USD', window: { from: '2015-11-01T01:30', until: '2015-12-01' } } },
      [`time-ambiguous ${at('mi-band', '/window/from')}`, `invalid-time ${at('mi-band', '/window/until')}`],
    ],
    [
      'a window on the clock of its market',
      { 'mi-band': { price: '14.99 USD', window: { from: 'start of 2015-06-01' } } },
      [],
    ],
  ])('%s', (_, own, expected) => {
    expect(faults({}, listed(own))).toEqual(expected);
  });
});

test('more allocated than is at hand is worth a look, for the markets whose stock is known', () => {
  const stock = { us: 499, gb: 500 };
  const own = products({ 'mi-band': { title: 'Mi Band', category: 'wearables/fitness-bands', stock } });
  expect(faults(band({}), own)).toEqual([
    'warning allocation-above-stock /launches/mi-store-opening/items/mi-band/allocation',
  ]);
  expect(faults(band({ allocation: { us: 499, gb: 500, fr: 9_000, de: 9_000 } }), own)).toEqual([]);
});

test('what costs nothing is worth a look, once for a catalog and for a launch', () => {
  expect(faults({}, listed({ 'mi-band': { price: '0 USD' }, 'mi-headphones': { price: '0.00 USD' } }))).toEqual([
    'warning price-zero /catalogs/us/listings',
  ]);
  expect(faults({}, listed({ 'mi-band': { price: '0.01 USD' } }))).toEqual([]);
  const priced = (price: object) => band({ price }).launches;
  const launches = priced({ us: '14.99 USD', gb: '0.00 GBP', fr: '0 EUR', de: '14.99 EUR' });
  const { documents, contents } = worldOf({ ...OPENING, launches }, SHOP);
  expect(checkOffers(documents, contents, EVERYTHING)).toMatchObject([
    { code: 'price-zero', message: 'launch `mi-store-opening` sells at a price of zero: mi-band (gb, fr)' },
  ]);
  expect(faults(launch({ ...launches['mi-store-opening'], cancelled: 'Off' }))).toEqual([]);
});

describe('catalogs', () => {
  test.each<[string, object, string[]]>([
    [
      'two for a market',
      { catalogs: { ...OPENING.catalogs, 'us-2': { market: 'us', mode: 'full' } } },
      ['duplicate /catalogs/us-2/market'],
    ],
    [
      'a market that there is not',
      { catalogs: { ...OPENING.catalogs, it: { market: 'it', mode: 'full' } } },
      ['unknown-reference /catalogs/it/market'],
    ],
    [
      'a category that there is not',
      { catalogs: { ...OPENING.catalogs, us: { market: 'us', mode: 'full', exclude: { categories: ['phnes'] } } } },
      ['unknown-category /catalogs/us/exclude/categories/0'],
    ],
    [
      'one that includes what its mode never sells',
      {
        catalogs: {
          ...OPENING.catalogs,
          us: { market: 'us', mode: 'accessories-only', include: { categories: ['phones/smartphones'] } },
        },
      },
      ['warning no-accessory /catalogs/us/include/categories/0'],
    ],
    [
      'two taxonomies',
      { taxonomies: { a: { categories: {} }, b: { categories: {} } } },
      expect.arrayContaining(['duplicate /taxonomies/b']) as string[],
    ],
  ])('%s', (_, own, expected) => {
    expect(faults(own)).toEqual(expected);
  });
});

describe('launches', () => {
  const at = (rest: string) => `/launches/mi-store-opening${rest}`;
  test.each<[string, object, string[]]>([
    ['a market that there is not', launch({ markets: ['us', 'uk'] }), [`unknown-reference ${at('/markets/1')}`]],
    ['an end before the start', launch({ endsAt: '2015-05-19T12:00+02:00' }), [`dates ${at('/endsAt')}`]],
    [
      'a start that a clock change skips in one market',
      launch({ startsAt: '2015-03-29T01:30', endsAt: '2016-01-01T00:00Z' }),
      [`time-skipped ${at('/startsAt')}`],
    ],
    ['a checklist that there is not', launch({ checklist: 'flash-sales' }), [`unknown-reference ${at('/checklist')}`]],
    ['no items', launch({ items: {} }), [`empty-launch ${at('/items')}`]],
    [
      'an item that is no product',
      launch({ items: { 'mi-bnd': { price: '1 USD', allocation: 5, limitPerBuyer: 1 } } }),
      [`unknown-sku ${at('/items/mi-bnd')}`],
    ],
    [
      'a price for some markets only',
      band({ price: { us: '14.99 USD', gb: '9.99 GBP', fr: '14.99 EUR' } }),
      [`missing-price ${at('/items/mi-band/price')}`],
    ],
    [
      'a price for no market of it',
      band({ price: { us: '1 USD', gb: '1 GBP', fr: '1 EUR', de: '1 EUR', it: '1 EUR' } }),
      [`unknown-reference ${at('/items/mi-band/price/it')}`],
    ],
    [
      'a price that a market does not take',
      band({ price: '14.99 JPY' }),
      [`invalid-money ${at('/items/mi-band/price')}`],
    ],
    [
      'a limit above the allocation',
      band({ limitPerBuyer: { us: 2, gb: 2, fr: 2, de: 501 } }),
      [`limit-above-allocation ${at('/items/mi-band/limitPerBuyer')}`],
    ],
    [
      'a flash sale without a limit',
      band({ limitPerBuyer: undefined }),
      Array.from({ length: 4 }, () => `missing-limit ${at('/items/mi-band/limitPerBuyer')}`),
    ],
    [
      'a flash sale without an allocation',
      band({ allocation: { us: 1, gb: 1, fr: 1 }, limitPerBuyer: 1 }),
      [`missing-allocation ${at('/items/mi-band/allocation')}`],
    ],
  ])('%s', (_, own, expected) => {
    expect([...new Set(faults(own))]).toEqual([...new Set(expected)]);
  });
});
