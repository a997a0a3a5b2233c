import { randomUUID } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Answer, AnyOperation, OperationOutput, OperationRequest } from '../../src/contract/operation.ts';
import { api } from '../../src/contract/operations/index.ts';
import type { ListingLine, ProductLine } from '../../src/domain/document/catalog-schema.ts';
import type { SubmittedDocument } from '../../src/domain/document/schema.ts';
import type { Platform } from '../../src/platform/platform.ts';
import { ADMIN, failureOf, testPlatform } from './fixture.ts';

const PRODUCTS: readonly ProductLine[] = [
  { sku: 'mi-band', title: 'Mi Band', category: 'wearables/fitness-bands' },
  { sku: 'mi-note', title: 'Mi Note', category: 'phones/smartphones' },
  { sku: 'mi-note-case', title: 'Case', category: 'phones/cases' },
  { sku: 'phone-kit', title: 'Kit', category: 'bundles', components: { 'mi-note': 1, 'mi-note-case': 2 } },
  { sku: 'starter-set', title: 'Set', category: 'bundles', components: { 'mi-band': 1, 'phone-kit': 1 } },
];
const listing = (sku: string, price = '14.99 USD'): ListingLine => ({ sku, price });

const DOCUMENT: SubmittedDocument = {
  version: 1,
  markets: {
    us: { name: 'USA', countries: ['US'], currency: 'USD', locales: ['en-US'], timeZone: 'America/New_York' },
    gb: { name: 'UK', countries: ['GB'], currency: 'GBP', locales: ['en-GB'], timeZone: 'Europe/London' },
  },
  products: { all: { items: [...PRODUCTS] } },
  catalogs: {
    us: { market: 'us', mode: 'full', listings: [listing('mi-band'), listing('mi-note'), listing('starter-set')] },
    gb: { market: 'gb', mode: 'accessories-only', listings: [listing('mi-band', '12.99 GBP')] },
  },
};

const CONSENT = { allowDeletes: true, confirm: [], overrides: [] };

interface Shop {
  readonly platform: Platform;
  readonly clock: { now: number };
  call<Op extends AnyOperation>(operation: Op, request: OperationRequest<Op>): Promise<Answer<OperationOutput<Op>>>;
  version(id: string): Promise<number>;
}

async function shop(document: SubmittedDocument = DOCUMENT): Promise<Shop> {
  const { platform, clock } = await testPlatform();
  const call: Shop['call'] = (operation, request) =>
    platform.call(operation, { ...request, idempotencyKey: request.idempotencyKey ?? randomUUID() }, ADMIN);
  const { value: plan } = await call(api.plans.create, { body: { document } });
  await call(api.plans.apply, { params: { id: plan.id }, body: {} });
  return {
    platform,
    clock,
    call,
    version: async (id) => (await call(api.catalogs.get, { params: { id } })).value.version,
  };
}

async function gathered<T>(stream: AsyncIterable<T>): Promise<readonly T[]> {
  const items: T[] = [];
  for await (const item of stream) items.push(item);
  return items;
}

const skusOf = async ({ call }: Shop, id: string) =>
  (await gathered((await call(api.listings.export, { params: { id } })).value)).map(({ sku }) => sku);

describe('products', () => {
  test('are listed page by page, each once, in the order of their SKUs', async () => {
    const own = await shop();
    const seen: string[] = [];
    let cursor: string | undefined;
    do {
      const query = { limit: 2, ...(cursor === undefined ? {} : { cursor }) };
      const { value } = await own.call(api.products.list, { query });
      seen.push(...value.items.map(({ sku }) => sku));
      cursor = value.next;
    } while (cursor !== undefined);
    expect(seen).toEqual(PRODUCTS.map(({ sku }) => sku));
    const failure = await failureOf(own.call(api.products.list, { query: { cursor: 'WyJzaXRlcyIsImEiXQ' } }));
    expect(failure.code).toBe('invalid-cursor');
  });

  test('are read and replaced one by one, on the version that was read', async () => {
    const own = await shop();
    const params = { sku: 'mi-band' };
    const { value, etag } = await own.call(api.products.get, { params });
    expect(value).toEqual(PRODUCTS[0]);
    const put = (title: string, ifMatch: string | null) =>
      own.call(api.products.put, {
        params,
        ifMatch,
        body: { spec: { title, category: 'wearables/fitness-bands' }, consent: CONSENT },
      });
    // Another product is none of this one's.
    await own.call(api.products.import, {
      body: { lines: [{ sku: 'x', title: 'X', category: 'tv' }], consent: CONSENT },
    });
    const { etag: next } = await put('Band 1', etag ?? '');
    expect(next).not.toBe(etag);
    expect((await failureOf(put('Band 2', etag ?? ''))).code).toBe('stale');
    expect((await failureOf(put('Band 2', null))).code).toBe('stale');
    const { etag: last } = await put('Band 2', '*');
    expect(await own.call(api.products.get, { params })).toMatchObject({ value: { title: 'Band 2' }, etag: last });
    expect((await failureOf(put('Band 3', next ?? ''))).code).toBe('stale');
  });

  test('a write is done once per key', async () => {
    const own = await shop();
    const idempotencyKey = randomUUID();
    const body = { lines: [{ sku: 'tv-1', title: 'TV', category: 'tv' }], consent: CONSENT };
    const first = await own.call(api.products.import, { body, idempotencyKey });
    const again = await own.call(api.products.import, { body, idempotencyKey });
    expect(again).toEqual(first);
    expect((await own.call(api.changes.list, { query: {} })).value.items).toHaveLength(2);
  });

  test('a dry run does every check and writes nothing', async () => {
    const own = await shop();
    const request = { query: { dryRun: true }, body: { lines: [], mode: 'replace' as const, consent: CONSENT } };
    const { problems } = (await failureOf(own.call(api.products.import, request))).details as { problems: unknown[] };
    expect(problems.length).toBeGreaterThan(0);
    expect((await own.call(api.products.list, { query: {} })).value.items).toHaveLength(5);
  });

  test.each<[string, string, RegExp[]]>([
    ['listed', 'mi-band', [/catalog `gb` lists it/, /`starter-set` is made of it/]],
    ['a component', 'mi-note-case', [/`phone-kit` is made of it/]],
  ])('what is %s is not removed, and what uses it is named', async (_, sku, uses) => {
    const own = await shop();
    const failure = await failureOf(
      own.call(api.products.remove, { params: { sku }, ifMatch: '*', body: { consent: CONSENT } }),
    );
    expect([failure.code, failure.exit]).toEqual(['in-use', 7]);
    for (const use of uses) expect(failure.message).toMatch(use);
  });

  test('removing one takes consent to deletes', async () => {
    const own = await shop();
    const lines = [{ sku: 'spare', title: 'Spare', category: 'tv' }];
    await own.call(api.products.import, { body: { lines, consent: CONSENT } });
    const remove = (allowDeletes: boolean) =>
      own.call(api.products.remove, {
        params: { sku: 'spare' },
        ifMatch: '*',
        body: { consent: { ...CONSENT, allowDeletes } },
      });
    const failure = await failureOf(remove(false));
    expect([failure.code, failure.message]).toEqual(['deletes-not-allowed', 'the plan deletes products/spare']);
    await remove(true);
    expect((await failureOf(own.call(api.products.get, { params: { sku: 'spare' } }))).code).toBe('not-found');
  });

  test('a rollback brings back what a change replaced', async () => {
    const own = await shop();
    const lines = [{ sku: 'mi-band', title: 'Another', category: 'wearables' }];
    const { value } = await own.call(api.products.import, { body: { lines, consent: CONSENT } });
    const { value: plan } = await own.call(api.changes.rollback, { params: { id: value.change?.id ?? '' } });
    await own.call(api.plans.apply, { params: { id: plan.id }, body: { consent: CONSENT } });
    expect((await own.call(api.products.get, { params: { sku: 'mi-band' } })).value).toEqual(PRODUCTS[0]);
  });

  test('merging is what a map does, over any imports', async () => {
    const own = await shop({ version: 1 });
    const sku = fc.integer({ min: 0, max: 3_000 }).map((n) => `p-${n}`);
    const batches = fc.array(
      fc.record({
        mode: fc.constantFrom('merge' as const, 'replace' as const),
        skus: fc.uniqueArray(sku, { minLength: 1, maxLength: 2_500, size: 'max' }),
      }),
      { minLength: 1, maxLength: 3 },
    );
    let expected = new Map<string, ProductLine>();
    await fc.assert(
      fc.asyncProperty(batches, fc.nat(), async (imports, turn) => {
        for (const { mode, skus } of imports) {
          const lines = skus.map((id) => ({ sku: id, title: `${id} of ${turn}`, category: 'tv' }));
          const overrides = ['deletes' as const];
          const consent = { ...CONSENT, overrides, reason: 'a test' };
          await own.call(api.products.import, { body: { lines, mode, consent } });
          expected = new Map([
            ...(mode === 'merge' ? expected : []),
            ...lines.map((line) => [line.sku, line] as const),
          ]);
        }
        const sorted = [...expected.values()].sort((a, b) => (a.sku < b.sku ? -1 : 1));
        expect(await gathered((await own.call(api.products.export, {})).value)).toEqual(sorted);
        const asked = sorted[turn % sorted.length];
        if (asked === undefined) throw new Error('something was imported');
        expect((await own.call(api.products.get, { params: { sku: asked.sku } })).value).toEqual(asked);
        const gone = await own.call(api.products.get, { params: { sku: 'p-none' } }).catch((error) => error.code);
        expect(gone).toBe('not-found');
      }),
      { numRuns: 6 },
    );
  });
});

async function* blocks(lines: readonly unknown[]) {
  yield lines.map((line) => JSON.stringify(line));
}

describe('uploads of products', () => {
  async function upload({ call }: Shop, kind: 'products' | 'listings', ...parts: (readonly unknown[])[]) {
    const { value: begun } = await call(api.rules.begin, { query: { kind } });
    const params = { id: begun.id };
    let offset = 0;
    for (const lines of parts) {
      await call(api.rules.append, { params, query: { offset }, body: blocks(lines) });
      offset += lines.length;
    }
    return (await call(api.rules.complete, { params })).value;
  }

  test('are named by content, and imported whole', async () => {
    const own = await shop({ version: 1 });
    const lines = Array.from({ length: 3_000 }, (_, i) => ({
      sku: `p-${String(i).padStart(5, '0')}`,
      title: 'P',
      category: 'tv',
    }));
    const sealed = await upload(own, 'products', lines.slice(0, 1_234), lines.slice(1_234));
    expect(sealed).toMatchObject({ kind: 'products-upload', result: { count: 3_000 } });
    const { content = '', count = 0 } = sealed.result ?? {};
    await own.call(api.products.import, { body: { lines: { content, count }, consent: CONSENT } });
    expect((await own.call(api.products.get, { params: { sku: 'p-02999' } })).value.title).toBe('P');
    expect((await own.call(api.products.list, { query: { limit: 1 } })).value.next).toBeDefined();
  });

  const row = (sku: string) => ({ sku, title: sku, category: 'tv' });

  test.each<[string, 'products' | 'listings', (readonly unknown[])[], RegExp]>([
    ['out of order', 'products', [[row('b'), row('a')]], /`a` comes after `b`/],
    ['out of order across requests', 'products', [[row('b')], [row('a')]], /`a` comes after `b`/],
    ['twice', 'products', [[row('a'), row('a')]], /`a` is there twice/],
    ['of another kind', 'listings', [[row('a')]], /price/],
    ['with a price that is none', 'listings', [[{ sku: 'a', price: '1.005 EUR' }]], /too many decimals/],
    ['of negative quantities', 'products', [[{ ...row('a'), components: { b: -1 } }]], /components\/b/],
  ])('lines %s are told by number', async (_, kind, parts, message) => {
    const failure = await failureOf(upload(await shop({ version: 1 }), kind, ...parts));
    expect(failure.code).toBe('invalid-document');
    const { problems } = failure.details as { problems: readonly { message: string }[] };
    expect(problems[0]?.message).toMatch(message);
  });

  test('content of another kind is refused', async () => {
    const own = await shop();
    const sealed = await upload(own, 'listings', [listing('mi-band')]);
    const { content = '', count = 0 } = sealed.result ?? {};
    const failure = await failureOf(
      own.call(api.products.import, { body: { lines: { content, count }, consent: CONSENT } }),
    );
    expect([failure.code, failure.message]).toEqual([
      'invalid-document',
      expect.stringMatching(/no products of content/),
    ]);
  });
});

describe('listings', () => {
  test('of what a market may not sell are refused with the path, alone and inside bundles', async () => {
    const own = await shop();
    for (const [sku, path] of [
      ['mi-note', /`mi-note` \(phones\/smartphones\) is no accessory/],
      ['starter-set', /starter-set → phone-kit → mi-note/],
    ] as const) {
      const failure = await failureOf(
        own.call(api.listings.put, {
          params: { id: 'gb', sku },
          ifMatch: null,
          body: { spec: { price: '9.99 GBP' }, consent: CONSENT },
        }),
      );
      expect([failure.code, failure.exit]).toEqual(['guard-blocked', 7]);
      expect(failure.message).toMatch(path);
    }
    expect(await skusOf(own, 'gb')).toEqual(['mi-band']);
  });

  test.each<[string, string, string, RegExp]>([
    ['a currency that the market does not take', 'mi-note-case', '9.99 USD', /does not accept USD/],
    ['a product that there is not', 'mi-bnd', '9.99 GBP', /there is no product `mi-bnd`/],
  ])('of %s are wrong', async (_, sku, price, message) => {
    const own = await shop();
    const body = { spec: { price }, consent: CONSENT };
    const failure = await failureOf(own.call(api.listings.put, { params: { id: 'gb', sku }, ifMatch: null, body }));
    expect([failure.code, failure.message]).toEqual(['invalid-document', expect.stringMatching(message)]);
  });
});

describe('a change of products', () => {
  const kit: ProductLine = { sku: 'case-kit', title: 'Kit', category: 'bundles', components: { 'mi-note-case': 3 } };

  async function withKit(): Promise<Shop> {
    const own = await shop();
    await own.call(api.products.import, { body: { lines: [kit], consent: CONSENT } });
    const body = { spec: { price: '9.99 GBP' }, consent: CONSENT };
    await own.call(api.listings.put, { params: { id: 'gb', sku: 'case-kit' }, ifMatch: null, body });
    return own;
  }

  // One is looked up among the listings by itself; with very many others, all listings are read.
  test.each([0, 300])(
    'that makes a listed bundle one of a phone is blocked, with %i others beside it',
    async (others) => {
      const own = await withKit();
      const lines: ProductLine[] = [
        { sku: 'mi-note-case', title: 'No case', category: 'phones/smartphones' },
        ...Array.from({ length: others }, (_, i) => ({ sku: `p-${i}`, title: 'P', category: 'tv' })),
      ];
      const failure = await failureOf(own.call(api.products.import, { body: { lines, consent: CONSENT } }));
      expect([failure.code, failure.message]).toEqual([
        'guard-blocked',
        expect.stringMatching(/gb lists `case-kit` \(case-kit → mi-note-case\)/),
      ]);
    },
  );

  test('that takes away what is listed is wrong', async () => {
    const own = await withKit();
    const lines = PRODUCTS.filter(({ sku }) => sku !== 'mi-band' && sku !== 'starter-set');
    const failure = await failureOf(
      own.call(api.products.import, { body: { lines, mode: 'replace', consent: CONSENT } }),
    );
    const { problems } = failure.details as { problems: readonly { place: { pointer: string } }[] };
    expect(problems.map(({ place }) => place.pointer)).toEqual([
      '/catalogs/gb/listings/case-kit',
      '/catalogs/gb/listings/mi-band',
      '/catalogs/us/listings/mi-band',
      '/catalogs/us/listings/starter-set',
    ]);
  });

  test('in a document that forgets many of them is blocked as a mass change', async () => {
    const own = await shop();
    const catalogs = { us: { market: 'us', mode: 'full' as const }, gb: { market: 'gb', mode: 'full' as const } };
    const document: SubmittedDocument = {
      version: 1,
      products: { all: { items: [...PRODUCTS].slice(0, 2) } },
      catalogs,
    };
    const { value: plan } = await own.call(api.plans.create, { body: { document } });
    const blocked = plan.guards
      .filter(({ outcome }) => outcome === 'block')
      .map(({ guard, message }) => [guard, message]);
    expect(blocked).toContainEqual(['deletes', expect.stringMatching(/^3 of 5 products would be deleted \(60 %\)/)]);
    expect(blocked).toContainEqual(['deletes', expect.stringMatching(/^3 of 3 listings of us would be deleted/)]);
  });
});

describe('a change of mode', () => {
  const setMode = ({ call }: Shop, mode: 'full' | 'accessories-only', dryRun = false) =>
    call(api.catalogPolicies.setMode, { params: { id: 'us' }, query: { dryRun }, body: { mode, consent: CONSENT } });

  test('delists what it no longer allows in the same change set, and switching back revives nothing', async () => {
    const own = await shop();
    const { value: tried } = await setMode(own, 'accessories-only', true);
    expect(tried.change).toBeNull();
    expect(tried.delisted.first.map(({ path }) => path.join(' → '))).toEqual([
      'mi-note',
      'starter-set → phone-kit → mi-note',
    ]);
    expect(tried.plan.warnings).toContainEqual(expect.stringMatching(/^delists starter-set → phone-kit → mi-note: /));
    expect(await skusOf(own, 'us')).toHaveLength(3);

    const { value: done } = await setMode(own, 'accessories-only');
    expect(done.change?.operations).toHaveLength(1);
    expect(await skusOf(own, 'us')).toEqual(['mi-band']);
    const { value: back } = await setMode(own, 'full');
    expect(back.delisted.count).toBe(0);
    expect(await skusOf(own, 'us')).toEqual(['mi-band']);
  });

  test('needs consent to deletes', async () => {
    const own = await shop();
    const body = { mode: 'accessories-only' as const, consent: { ...CONSENT, allowDeletes: false } };
    const failure = await failureOf(own.call(api.catalogPolicies.setMode, { params: { id: 'us' }, body }));
    expect([failure.code, failure.exit]).toEqual(['deletes-not-allowed', 7]);
  });

  test('is refused where a launch sells what it would not allow', async () => {
    const launches = {
      'note-day': {
        kind: 'standard' as const,
        markets: ['us'],
        startsAt: '2024-11-19T13:00',
        items: { 'phone-kit': { price: '299.00 USD' } },
      },
    };
    const sites = {
      'mi-us': { brand: 'mi', market: 'us', role: 'unified' as const, urls: ['https://www.mi.com/us/'] },
    };
    const own = await shop({ ...DOCUMENT, sites, launches });
    const failure = await failureOf(setMode(own, 'accessories-only'));
    expect([failure.code, failure.exit]).toEqual(['guard-blocked', 7]);
    expect(failure.message).toMatch(/launches\/note-day sells `phone-kit` in us \(phone-kit → mi-note\)/);
    expect(await skusOf(own, 'us')).toHaveLength(3);
  });
});

describe('the audit', () => {
  test('looks at everything and finds what an exception that has ended no longer allows', async () => {
    const exceptions = {
      notes: {
        markets: ['gb'],
        from: ['catalog' as const],
        skus: ['mi-note', 'phone-kit'],
        reason: 'A trial',
        owner: 'gb@example.com',
        reviewBy: 'end of 2024-12-31',
      },
    };
    const own = await shop({ ...DOCUMENT, exceptions });
    const put = (sku: string) =>
      own.call(api.listings.put, {
        params: { id: 'gb', sku },
        ifMatch: null,
        body: { spec: { price: '9.99 GBP' }, consent: CONSENT },
      });
    await put('mi-note');
    const audit = async (query = {}) => gathered((await own.call(api.catalogPolicies.audit, { query })).value);
    expect(await audit()).toEqual([{ kind: 'audited', catalogs: 2, listings: 5, launchItems: 0, findings: 0 }]);
    expect((await audit({ market: 'gb' })).at(-1)).toMatchObject({ catalogs: 1, listings: 2 });
    expect((await failureOf(own.call(api.catalogPolicies.audit, { query: { market: 'uk' } }))).code).toBe('not-found');

    // What is exempt stays a fault of whoever takes the exception away.
    const etag = (await own.call(api.exceptions.get, { params: { id: 'notes' } })).etag ?? '';
    const consent = { ...CONSENT, confirm: ['notes'] };
    const failure = await failureOf(
      own.call(api.exceptions.remove, { params: { id: 'notes' }, ifMatch: etag, body: { consent } }),
    );
    expect([failure.code, failure.message]).toEqual(['guard-blocked', expect.stringMatching(/gb lists `mi-note`/)]);
  });
});
