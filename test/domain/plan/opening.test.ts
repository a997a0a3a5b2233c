import { describe, expect, test } from 'vitest';
import { type Documents, documentsOf } from '../../../src/domain/document/resources.ts';
import type { StoredDocument } from '../../../src/domain/document/schema.ts';
import type { Desired } from '../../../src/domain/plan/desired.ts';
import { contentsForPlan, draftPlan } from '../../../src/domain/plan/draft-plan.ts';
import type { PlanDraft } from '../../../src/domain/plan/plan.ts';
import { contentsOf, OPENING, PRODUCTS, SHOP, type Shop, TZDB, withShop } from '../opening.ts';

const NOW = Date.parse('2015-05-01T00:00:00Z');
const NOTHING = documentsOf([]);

function drafted(current: Documents, desired: Desired, shop: Shop = SHOP, now = NOW): PlanDraft {
  const contents = contentsOf(shop);
  const announced = contentsForPlan(current, desired);
  const requireAnnounced = (kind: 'products' | 'listings', content: string): void => {
    const byProduct = kind === 'listings' ? (announced.byProduct?.listings ?? []) : [];
    if (![...announced[kind], ...byProduct].includes(content)) throw new Error(`${kind} ${content} were not announced`);
  };
  return draftPlan({
    current,
    desired,
    now,
    tzdb: TZDB,
    allowEmpty: true,
    rulesOf: () => [],
    contents: {
      productsOf(content) {
        requireAnnounced('products', content);
        return contents.productsOf(content);
      },
      listingsOf(content) {
        requireAnnounced('listings', content);
        return contents.listingsOf(content);
      },
    },
  });
}

const whole = (sections: object, shop: Shop = SHOP): Desired => ({
  kind: 'document',
  document: withShop(sections as Omit<StoredDocument, 'version'>, shop),
});

/** What stands once a plan of a whole document was carried out. */
function standing(sections: object, shop: Shop = SHOP): Documents {
  return documentsOf(
    drafted(NOTHING, whole(sections, shop), shop).operations.flatMap(({ kind, id, after }) =>
      after === null ? [] : [{ kind, id, version: 1, ...after }],
    ),
  );
}

const blocks = (draft: PlanDraft): string[] =>
  draft.guards
    .filter(({ outcome }) => outcome === 'block')
    .map(({ guard, message, override }) => `${guard}: ${message}${override === null ? '' : ` (${override})`}`);

const launch = (own: object) => ({ ...OPENING.launches['mi-store-opening'], ...own });

test('the opening of 2015 is planned without a block', () => {
  const draft = drafted(NOTHING, whole(OPENING));
  expect(blocks(draft)).toEqual([]);
  expect(draft.operations.find(({ kind }) => kind === 'products')?.items).toMatchObject({
    before: 0,
    after: 8,
    added: 8,
  });
  expect(draft.operations.find(({ target }) => target === 'catalogs/us')?.items?.examples.added).toContain('mi-band');
});

test('planning it again changes nothing', () => {
  expect(drafted(standing(OPENING), whole(OPENING)).operations).toEqual([]);
});

describe('the catalog policy', () => {
  test('refuses a phone in a listing, alone and inside a bundle, and no flag lets it through', () => {
    const shop = {
      ...SHOP,
      listings: {
        us: { ...SHOP.listings['us'], 'mi-note': { price: '300 USD' }, 'starter-set': { price: '350 USD' } },
      },
    };
    expect(blocks(drafted(NOTHING, whole(OPENING, shop), shop))).toEqual([
      'catalog-policy: us lists `mi-note`: `mi-note` (phones/smartphones) is no accessory, and the catalog is accessories-only',
      'catalog-policy: us lists `starter-set` (starter-set → phone-kit → mi-note): `mi-note` (phones/smartphones) is no accessory, and the catalog is accessories-only',
    ]);
  });

  test('counts what it does not tell one by one, and keeps it in the details', () => {
    const phones = Array.from({ length: 1_030 }, (_, i) => `phone-${i}`);
    const products = Object.fromEntries(phones.map((sku) => [sku, { title: sku, category: 'phones/smartphones' }]));
    const listings = { us: Object.fromEntries(phones.map((sku) => [sku, { price: '1 USD' }])) };
    const shop: Shop = { products: { ...PRODUCTS, ...products }, listings };
    const results = drafted(NOTHING, whole(OPENING, shop), shop).guards.filter(
      ({ guard }) => guard === 'catalog-policy',
    );
    expect(results).toHaveLength(21);
    expect(results.at(-1)).toMatchObject({
      outcome: 'block',
      message: expect.stringMatching(/^1010 more are outside their market's policy; --json has the first 1000 of them/),
      details: { count: 1_010, byReason: { 'no-accessory': 1_010 } },
    });
    expect(results.at(-1)?.details).toHaveProperty('findings.length', 1_000);
  });

  test('refuses a product that becomes a phone while it is listed', () => {
    const shop = {
      ...SHOP,
      products: { ...PRODUCTS, 'mi-band': { ...PRODUCTS['mi-band'], category: 'phones/feature-phones' } as never },
    };
    const found = blocks(drafted(standing(OPENING), whole(OPENING, shop), shop));
    expect(found[0]).toMatch(/us lists `mi-band`: `mi-band` \(phones\/feature-phones\) is no accessory/);
    expect(found).toHaveLength(5);
  });

  test('lets pass what an exception covers for as long as it is sold', () => {
    const sections = (endsAt: string) => ({
      ...OPENING,
      launches: {
        note: launch({ markets: ['us'], items: { 'mi-note': { price: '300 USD', allocation: 5, limitPerBuyer: 1 } } }),
      },
      exceptions: {
        trial: {
          markets: ['us'],
          from: ['catalog'],
          skus: ['mi-note'],
          reason: 'r',
          owner: 'o',
          endsAt,
          reviewBy: 'end of 2015-06-01',
        },
      },
    });
    expect(blocks(drafted(NOTHING, whole(sections('2015-05-20T11:00Z'))))).toEqual([]);
    expect(blocks(drafted(NOTHING, whole(sections('2015-05-20T10:59Z'))))).toEqual([
      expect.stringMatching(/; exception trial covers it until 2015-05-20T10:59:00Z, and it is sold longer$/),
    ]);
  });

  test('is not asked again where nothing that it depends on changes', () => {
    const markets = {
      ...OPENING.markets,
      jp: { name: 'Japan', countries: ['JP'], currency: 'JPY', locales: ['ja-JP'], timeZone: 'Asia/Tokyo' },
    };
    const desired: Desired = {
      kind: 'entry',
      section: 'freezeWindows',
      id: 'w',
      spec: { from: '2016-01-01T00:00Z', until: '2016-01-02T00:00Z', reason: 'r' },
    };
    expect(contentsForPlan(standing({ ...OPENING, markets }), desired).listings).toEqual([]);
  });
});

describe('launches', () => {
  test('a date that moves under a launch is refused as a whole, with what it breaks', () => {
    const sites = { ...OPENING.sites, 'mi-gb': { ...OPENING.sites['mi-gb'], opensAt: '2015-06-01T00:00Z' } };
    expect(blocks(drafted(standing(OPENING), whole({ ...OPENING, sites })))).toEqual([
      'launches: launch mi-store-opening: it starts in gb at 2015-05-19T11:00:00Z, when mi-gb is prelaunch',
    ]);
  });

  test('two that sell the same at once are told in one line, with every market of theirs', () => {
    const launches = { ...OPENING.launches, other: launch({ startsAt: '2015-05-19T12:00Z' }) };
    expect(blocks(drafted(NOTHING, whole({ ...OPENING, launches })))).toEqual([
      'launches: launch mi-store-opening: mi-headphones, mi-power-bank-10400, mi-power-bank-5000, mi-band are in launch other at the same time in us, gb, fr, de',
    ]);
  });

  test('one that is pulled forward has to be confirmed, and one that moves back not', () => {
    const moved = (startsAt: string) =>
      drafted(
        standing(OPENING),
        whole({ ...OPENING, launches: { 'mi-store-opening': launch({ startsAt }) } }),
      ).confirmations.map(({ why }) => why);
    expect(moved('2015-05-19T10:00Z')[0]).toMatch(/^it is pulled forward: us at 2015-05-19T10:00:00Z/);
    expect(moved('2015-05-19T12:00Z')).toEqual([]);
  });

  test('one that sells has to be confirmed before it is stopped', () => {
    const during = Date.parse('2015-05-19T12:00:00Z');
    const { checklist: _, ...byItself } = launch({});
    const present = standing({ ...OPENING, launches: { 'mi-store-opening': byItself } });
    const cancelled = whole({
      ...OPENING,
      launches: { 'mi-store-opening': { ...byItself, cancelled: 'no stock' } },
    });
    expect(drafted(present, cancelled, SHOP, during).confirmations.map(({ why }) => why)).toEqual([
      'it sells now in us, gb, fr, de, and ends there at once',
    ]);
    expect(drafted(present, cancelled).confirmations).toEqual([]);
    // One that nobody let go sells nothing that could end.
    expect(drafted(standing(OPENING), cancelled, SHOP, during).confirmations).toEqual([]);
  });

  test('what was signed goes with the launch that it was signed for', () => {
    const signed = documentsOf([
      ...Object.values(standing(OPENING)).flatMap((section) => [...section.values()]),
      { kind: 'signoffs', id: 'mi-store-opening', version: 1, spec: { evidence: {} }, times: {} },
    ]);
    const removed = drafted(signed, { kind: 'entry', section: 'launches', id: 'mi-store-opening', spec: null });
    expect(removed.operations.map(({ target, verb }) => `${verb} ${target}`)).toEqual([
      'delete signoffs/mi-store-opening',
      'delete launches/mi-store-opening',
    ]);
  });
});

describe('what buyers notice at once', () => {
  const during = Date.parse('2015-05-19T12:00:00Z');
  const { checklist: _, ...byItself } = launch({});
  const withLaunch = (spec: object) => ({ ...OPENING, launches: { 'mi-store-opening': spec } });
  const whys = (current: Documents, desired: Desired, shop: Shop = SHOP, now = during): readonly string[] =>
    drafted(current, desired, shop, now).confirmations.map(({ id, why }) => `${id}: ${why}`);
  const dated = (draft: PlanDraft): readonly string[] =>
    draft.guards.filter(({ guard, outcome }) => guard === 'dates' && outcome === 'warn').map(({ message }) => message);

  test('a launch whose start is past sells at once, unless it needs a go', () => {
    expect(whys(NOTHING, whole(withLaunch(byItself)))).toEqual([
      'mi-store-opening: it sells now in us, gb, fr, de, at once',
    ]);
    expect(whys(NOTHING, whole(OPENING))).toEqual([]);
    expect(whys(NOTHING, whole(withLaunch(byItself)), SHOP, NOW)).toEqual([]);
    expect(whys(standing(OPENING), whole(withLaunch(byItself)))).toEqual([
      'mi-store-opening: it sells now in us, gb, fr, de, at once',
    ]);
    expect(whys(standing(withLaunch({ ...byItself, cancelled: 'rain' })), whole(withLaunch(byItself)))).toEqual([
      'mi-store-opening: it sells now in us, gb, fr, de, at once',
    ]);
  });

  test('dates of a launch that are past when they are set are noted, with or without a go, and once only', () => {
    expect(dated(drafted(NOTHING, whole(OPENING), SHOP, during))).toEqual([
      'startsAt of mi-store-opening is in the past (us 2015-05-19 07:00 -04:00, gb 2015-05-19 12:00 +01:00, fr 2015-05-19 13:00 +02:00, de 2015-05-19 13:00 +02:00)',
    ]);
    expect(dated(drafted(standing(OPENING), whole(withLaunch(launch({ title: 'T' }))), SHOP, during))).toEqual([]);
  });

  test('other terms of a launch that sells, and not another product', () => {
    const items = byItself.items as Readonly<Record<string, object>>;
    const changed = (own: object, now = during) =>
      whys(standing(withLaunch(byItself)), whole(withLaunch({ ...byItself, items: { ...items, ...own } })), SHOP, now);
    const band = { ...items['mi-band'] };
    expect(
      changed({
        'mi-band': { ...band, price: { us: '15.99 USD', gb: '14.99 USD', fr: '14.99 USD', de: '14.99 USD' } },
      }),
    ).toEqual(['mi-store-opening: buyers notice at once: price of mi-band in us 14.99 USD → 15.99 USD']);
    expect(changed({ 'mi-band': { ...band, limitPerBuyer: { us: 1, gb: 2, fr: 2, de: 2 } } })).toEqual([
      'mi-store-opening: buyers notice at once: limit per buyer of mi-band in us 2 → 1',
    ]);
    expect(changed({ 'mi-band': { ...band, allocation: { us: 400, gb: 600, fr: 500, de: 500 } } })).toEqual([
      'mi-store-opening: buyers notice at once: allocation of mi-band in us 500 → 400',
    ]);
    expect(changed({ 'mi-note-case': { ...band } })).toEqual([]);
    expect(changed({ 'mi-band': { ...band, limitPerBuyer: 1 } }, NOW)).toEqual([]);
  });

  test('prices that change, and products that go off sale, and not those that are listed anew or are on sale later', () => {
    const listings = SHOP.listings['us'] ?? {};
    const { 'mi-band': band, ...others } = listings;
    if (band === undefined) throw new Error('it is listed');
    const relisted = (us: Shop['listings'][string], from = listings) => {
      const before = { ...SHOP, listings: { us: from } };
      const after = { ...SHOP, listings: { us } };
      const both = {
        ...contentsOf(before),
        listingsOf: (content: string) => [
          ...contentsOf(before).listingsOf(content),
          ...contentsOf(after).listingsOf(content),
        ],
      };
      const current = standing(OPENING, before);
      return draftPlan({
        current,
        desired: whole(OPENING, after),
        now: during,
        tzdb: TZDB,
        allowEmpty: true,
        rulesOf: () => [],
        contents: both,
      }).confirmations.map(({ id, why }) => `${id}: ${why}`);
    };
    expect(relisted({ ...others, 'mi-band': { price: '9.99 USD' } })).toEqual([
      'us: buyers in us notice at once: 1 price changes: mi-band 14.99 USD → 9.99 USD',
    ]);
    expect(relisted(others)).toEqual(['us: buyers in us notice at once: 1 product goes off sale: mi-band']);
    expect(relisted({ ...others, 'mi-band': { ...band, window: { until: '2015-05-19T11:00Z' } } })).toEqual([
      'us: buyers in us notice at once: 1 product goes off sale: mi-band',
    ]);
    expect(relisted({ ...listings, 'mi-note-case': { price: '5 USD' } })).toEqual([]);
    const later = { ...listings, 'mi-band': { ...band, window: { from: '2015-06-01T00:00Z' } } };
    expect(
      relisted({ ...later, 'mi-band': { price: '9.99 USD', window: { from: '2015-06-01T00:00Z' } } }, later),
    ).toEqual([]);
    expect(relisted({})).toEqual([
      'us: buyers in us notice at once: 4 products go off sale: mi-band, mi-headphones, mi-power-bank-10400, and 1 more',
    ]);
  });
});

describe('what others use', () => {
  const { 'mi-band': band, 'starter-set': _, ...others } = PRODUCTS;
  if (band === undefined) throw new Error('it is a product');
  const { us, ...elsewhere } = SHOP.listings;
  if (us === undefined) throw new Error('it is listed');

  test('a site that a shutdown closes stays, and so does a product that is sold since it came', () => {
    const old = { brand: 'old', market: 'gb', role: 'legacy', urls: ['https://old.example/uk/'] };
    const close = {
      title: 'C',
      sites: ['old-gb'],
      into: 'mi-us',
      freeze: 'start of 2016-01-01',
      dark: 'start of 2016-02-01',
      redirectsUntil: 'end of 2018-01-01',
    };
    const current = standing({ ...OPENING, sites: { ...OPENING.sites, 'old-gb': old }, shutdowns: { close } });
    expect(() => drafted(current, { kind: 'entry', section: 'sites', id: 'old-gb', spec: null })).toThrow(
      expect.objectContaining({
        code: 'in-use',
        exit: 7,
        message: 'What this takes away is still used: shutdowns/close uses it (there would be no site `old-gb`)',
      }),
    );
    const without: Shop = { products: others, listings: { ...elsewhere, us: {} } };
    const came = drafted(
      standing({ ...OPENING, launches: {}, certifications: {} }, without),
      whole({ ...OPENING, launches: {}, certifications: {} }),
    ).operations.filter(({ kind }) => kind === 'products');
    expect(came).toHaveLength(1);
    const contents = {
      ...contentsOf(SHOP),
      productsOf: (content: string) =>
        contentsOf(content === withShop(OPENING, without).products?.['all']?.items.content ? without : SHOP).productsOf(
          content,
        ),
    };
    const taken = () =>
      draftPlan({
        current: standing(OPENING),
        desired: { kind: 'rollback', operations: came },
        now: NOW,
        tzdb: TZDB,
        allowEmpty: true,
        rulesOf: () => [],
        contents,
      });
    expect(taken).toThrow(
      expect.objectContaining({
        code: 'in-use',
        message: expect.stringMatching(
          /^What this takes away is still used: catalogs\/us uses it \(there would be no product `mi-band`\)/,
        ),
      }),
    );
  });
});

test('a fault in what is sold is told with the rest, by pointer', () => {
  const shop = { ...SHOP, listings: { us: { 'mi-bnd': { price: '1 USD' } } } };
  expect(() => drafted(NOTHING, whole(OPENING, shop), shop)).toThrow(
    expect.objectContaining({
      code: 'invalid-document',
      message: expect.stringContaining('/catalogs/us/listings/mi-bnd'),
    }),
  );
});
