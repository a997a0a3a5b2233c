import { randomUUID } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { api } from '../../src/contract/operations/index.ts';
import type { LaunchSpec } from '../../src/domain/document/launch-schema.ts';
import type { Platform } from '../../src/platform/platform.ts';
import { ADMIN, failureOf, testPlatform } from './fixture.ts';
import { SALE, SALE_START, type SaleTerms, saleDocument } from './sale.ts';

const SHOP = { actor: 'shop', role: 'seller' } as const;
const MINUTE = 60_000;
const TERMS = { allocation: 3, limitPerBuyer: 2 };

async function sale(items: Readonly<Record<string, SaleTerms>> = { 'mi-band': TERMS }, more: Partial<LaunchSpec> = {}) {
  const opened = await testPlatform();
  opened.clock.now = SALE_START - MINUTE;
  const body = { document: saleDocument(items, more) };
  const { platform, clock } = opened;
  const { value } = await platform.call(api.plans.create, { body, idempotencyKey: randomUUID() }, ADMIN);
  await platform.call(api.plans.apply, { params: { id: value.id }, body: {}, idempotencyKey: randomUUID() }, ADMIN);
  clock.now = SALE_START;
  return { ...opened, ...shopOf(platform) };
}

interface Wish {
  readonly buyer?: string;
  readonly quantity?: number;
  readonly market?: string;
  readonly sku?: string;
}

function shopOf(platform: Platform) {
  const settle = (kind: 'confirm' | 'release', reservation: string) =>
    platform
      .call(api.reservations[kind], { params: { id: SALE, reservation }, idempotencyKey: randomUUID() }, SHOP)
      .then(({ value }) => value);
  return {
    async reserve(
      { buyer = 'ada', quantity = 1, market = 'us', sku = 'mi-band' }: Wish = {},
      key: string = randomUUID(),
    ) {
      const body = { market, sku, buyer, quantity };
      const request = { params: { id: SALE }, body, idempotencyKey: key };
      return (await platform.call(api.reservations.create, request, SHOP)).value;
    },
    confirm: (id: string) => settle('confirm', id),
    release: (id: string) => settle('release', id),
    async stock(market = 'us', sku = 'mi-band') {
      const { value } = await platform.call(api.launchStock.get, { params: { id: SALE } }, SHOP);
      const there = value.markets.find((one) => one.market === market);
      const item = there?.items.find((one) => one.sku === sku);
      return { state: there?.state, held: item?.held, confirmed: item?.confirmed, left: item?.left };
    },
  };
}

describe('a reservation', () => {
  it('holds units at the price of the launch until it is confirmed', async () => {
    const { reserve, confirm, stock } = await sale();
    const held = await reserve({ quantity: 2 });
    expect(held).toMatchObject({
      launch: SALE,
      market: 'us',
      sku: 'mi-band',
      buyer: 'ada',
      quantity: 2,
      price: { minor: 1499, currency: 'USD' },
      state: 'held',
      expiresAt: SALE_START + 15 * MINUTE,
      settledAt: null,
    });
    expect(await stock()).toEqual({ state: 'live', held: 2, confirmed: 0, left: 1 });
    expect(await confirm(held.id)).toMatchObject({ state: 'confirmed', settledAt: SALE_START });
    expect(await stock()).toEqual({ state: 'live', held: 0, confirmed: 2, left: 1 });
  });

  it('is refused where no site of the market takes orders, whatever the launch says', async () => {
    const { platform, reserve, clock } = await sale();
    await reserve();
    clock.now = SALE_START + MINUTE;
    const site = { brand: 'mi', market: 'us', role: 'unified', urls: ['https://www.mi.com/us/'] };
    const consent = { allowDeletes: false, confirm: ['mi-us'], overrides: [] };
    const { value, etag } = await platform.call(api.sites.get, { params: { id: 'mi-us' } }, ADMIN);
    expect(value.spec).toMatchObject(site);
    const spec = { ...value.spec, opensAt: '2015-06-01T00:00Z' };
    const request = {
      params: { id: 'mi-us' },
      ifMatch: etag ?? null,
      body: { spec, consent },
      idempotencyKey: randomUUID(),
    };
    await platform.call(api.sites.put, request, ADMIN);
    expect(await failureOf(reserve())).toMatchObject({
      code: 'site-closed',
      exit: 7,
      message: expect.stringContaining('site mi-us of us is prelaunch'),
    });
    expect(await reserve({ market: 'de', buyer: 'ben' })).toMatchObject({ state: 'held' });
  });

  it('comes back by itself when its time is over, to the millisecond', async () => {
    const { reserve, stock, clock, confirm } = await sale();
    const { id, expiresAt } = await reserve({ quantity: 2 });
    clock.now = expiresAt - 1;
    expect((await stock()).left).toBe(1);
    clock.now = expiresAt;
    expect(await stock()).toMatchObject({ held: 0, left: 3 });
    expect(await failureOf(confirm(id))).toMatchObject({ code: 'reservation-expired', exit: 7 });
    // Neither does the buyer have them any more.
    expect(await reserve({ quantity: 2 })).toMatchObject({ state: 'held' });
    expect(await stock()).toMatchObject({ held: 2, left: 1 });
  });

  it('is held as long as its launch says', async () => {
    const { reserve } = await sale({ 'mi-band': TERMS }, { holdMinutes: 3 });
    expect((await reserve()).expiresAt).toBe(SALE_START + 3 * MINUTE);
  });

  it('gives its units back when it is released, and only while they are not sold', async () => {
    const { reserve, release, confirm, stock } = await sale();
    const first = await reserve();
    expect(await release(first.id)).toMatchObject({ state: 'released' });
    expect(await release(first.id)).toMatchObject({ state: 'released' });
    expect(await stock()).toMatchObject({ held: 0, left: 3 });
    expect(await failureOf(confirm(first.id))).toMatchObject({ code: 'reservation-released' });
    const second = await reserve();
    await confirm(second.id);
    expect(await confirm(second.id)).toMatchObject({ state: 'confirmed' });
    expect(await failureOf(release(second.id))).toMatchObject({ code: 'reservation-confirmed' });
    expect(await stock()).toMatchObject({ confirmed: 1, left: 2 });
  });

  it.each<[string, Wish, string]>([
    ['more than one buyer may have', { quantity: 3 }, 'over-limit'],
    ['more than any counter holds', { quantity: 1_000_000 }, 'over-limit'],
    ['a product that is not in the launch', { sku: 'mi-tv' }, 'not-found'],
    ['a market that is not in the launch', { market: 'fr' }, 'not-found'],
    ['no unit', { quantity: 0 }, 'invalid-request'],
    ['a part of a unit', { quantity: 0.5 }, 'invalid-request'],
    ['less than nothing', { quantity: -1 }, 'invalid-request'],
    ['beyond the largest quantity', { quantity: 1_000_001 }, 'invalid-request'],
    ['for nobody', { buyer: '' }, 'invalid-request'],
    ['for a buyer with blanks around him', { buyer: 'ada ' }, 'invalid-request'],
    ['for a buyer with a control character', { buyer: 'a\nb' }, 'invalid-request'],
  ])('of %s is refused, and takes nothing', async (_, wish, code) => {
    const { reserve, stock } = await sale();
    expect(await failureOf(reserve(wish))).toMatchObject({ code });
    expect(await stock()).toMatchObject({ held: 0, left: 3 });
  });

  it('of more than is left says how much that is', async () => {
    const { reserve } = await sale();
    await reserve({ buyer: 'eve', quantity: 2 });
    expect(await failureOf(reserve({ quantity: 2 }))).toMatchObject({ code: 'sold-out', details: { left: 1 } });
    expect(await reserve({ quantity: 1 })).toMatchObject({ state: 'held' });
    expect(await failureOf(reserve({ quantity: 1 }))).toMatchObject({ code: 'sold-out', details: { left: 0 } });
  });

  it('counts a buyer across the markets of the launch, in one Unicode form', async () => {
    const { reserve } = await sale();
    await reserve({ buyer: 'Zo\u00eb', market: 'us' });
    await reserve({ buyer: 'Zoe\u0308', market: 'de' });
    expect(await failureOf(reserve({ buyer: 'Zo\u00eb', market: 'de' }))).toMatchObject({
      code: 'over-limit',
      details: { limit: 2, has: 2, left: 0, scope: expect.stringContaining('per buyer') },
    });
    expect(await reserve({ buyer: 'zo\u00eb' })).toMatchObject({ state: 'held' });
  });

  it('waits for the start and ends with the end, with the time that remains', async () => {
    const { reserve, clock, confirm } = await sale({ 'mi-band': TERMS }, { endsAt: '2015-05-19T14:00+02:00' });
    clock.now = SALE_START - 1;
    expect(await failureOf(reserve())).toMatchObject({
      code: 'launch-not-started',
      details: { millisecondsLeft: 1, startsAt: '2015-05-19T11:00:00Z' },
    });
    clock.now = SALE_START + 59 * MINUTE;
    const { id } = await reserve();
    clock.now = SALE_START + 60 * MINUTE;
    expect(await failureOf(reserve())).toMatchObject({ code: 'launch-ended' });
    expect(await confirm(id), 'what was held in time').toMatchObject({ state: 'confirmed' });
  });

  it('is neither made nor sold once the launch is cancelled', async () => {
    const { platform, reserve, confirm, release } = await sale();
    const { id } = await reserve();
    const { value, etag } = await platform.call(api.launches.get, { params: { id: SALE } }, ADMIN);
    const body = { spec: { ...value.spec, cancelled: 'wrong price' }, consent: { confirm: [SALE] } };
    const write = { params: { id: SALE }, body, ifMatch: etag ?? null, idempotencyKey: randomUUID() };
    await platform.call(api.launches.put, write, ADMIN);
    expect(await failureOf(reserve())).toMatchObject({ code: 'launch-cancelled' });
    expect(await failureOf(confirm(id))).toMatchObject({ code: 'launch-cancelled' });
    expect(await release(id)).toMatchObject({ state: 'released' });
  });

  it('is found by its buyer, page by page', async () => {
    const { platform, reserve } = await sale({ 'mi-band': { allocation: 50, limitPerBuyer: 9 } });
    for (let index = 0; index < 5; index += 1) await reserve({ buyer: index % 2 === 0 ? 'ada' : 'bob' });
    const first = await platform.call(
      api.reservations.list,
      { params: { id: SALE }, query: { buyer: 'ada', limit: 2 } },
      SHOP,
    );
    expect(first.value.items).toHaveLength(2);
    const query = { buyer: 'ada', limit: 2, ...(first.value.next === undefined ? {} : { cursor: first.value.next }) };
    const second = await platform.call(api.reservations.list, { params: { id: SALE }, query }, SHOP);
    expect(second.value.items).toHaveLength(1);
    expect(second.value.next).toBeUndefined();
    const all = [...first.value.items, ...second.value.items];
    expect(new Set(all.map(({ id }) => id)).size).toBe(3);
    expect(new Set(all.map(({ buyer }) => buyer))).toEqual(new Set(['ada']));
  });
});

describe('a repetition', () => {
  it('gets the first answer, whatever became of the reservation', async () => {
    const { reserve, confirm, stock, clock } = await sale();
    const first = await reserve({}, 'once');
    await confirm(first.id);
    clock.now += MINUTE;
    expect(await reserve({}, 'once')).toEqual(first);
    expect(await stock()).toMatchObject({ held: 0, confirmed: 1 });
  });

  it('at the same time is one reservation', async () => {
    const { reserve, stock } = await sale();
    const answers = await Promise.all(Array.from({ length: 20 }, () => reserve({}, 'once')));
    expect(new Set(answers.map(({ id }) => id)).size).toBe(1);
    expect(await stock()).toMatchObject({ held: 1 });
  });

  it('of another request is refused', async () => {
    const { reserve } = await sale();
    await reserve({}, 'once');
    expect(await failureOf(reserve({ quantity: 2 }, 'once'))).toMatchObject({ code: 'idempotency-key-reused' });
  });

  it('of a request that was refused is decided anew', async () => {
    const { reserve, release } = await sale({ 'mi-band': { allocation: 1, limitPerBuyer: 1 } });
    const { id } = await reserve({ buyer: 'ada' });
    expect(await failureOf(reserve({ buyer: 'bob' }, 'mine'))).toMatchObject({ code: 'sold-out' });
    await release(id);
    expect(await reserve({ buyer: 'bob' }, 'mine')).toMatchObject({ state: 'held' });
  });
});

describe('a launch that is changed', () => {
  async function changed(platform: Platform, change: (spec: LaunchSpec) => LaunchSpec | null) {
    const { value, etag } = await platform.call(api.launches.get, { params: { id: SALE } }, ADMIN);
    const spec = change(value.spec);
    const consent = { confirm: [SALE], allowDeletes: true };
    const write = { params: { id: SALE }, ifMatch: etag ?? null, idempotencyKey: randomUUID() };
    if (spec === null) return platform.call(api.launches.remove, { ...write, body: { consent } }, ADMIN);
    return platform.call(api.launches.put, { ...write, body: { spec, consent } }, ADMIN);
  }
  const allocated = (allocation: number) => (spec: LaunchSpec) => ({
    ...spec,
    items: { 'mi-band': { allocation: { us: allocation, de: 3 }, limitPerBuyer: 1, price: '14.99 USD' } },
  });

  it('keeps room for what is taken, in every market by itself', async () => {
    const { platform, reserve, release, stock } = await sale();
    const { id } = await reserve({ quantity: 2 });
    expect(await failureOf(changed(platform, allocated(1)))).toMatchObject({
      code: 'guard-blocked',
      message: expect.stringContaining('2 of mi-band are taken in us, 1 would be its allocation'),
    });
    await changed(platform, allocated(2));
    expect(await stock()).toMatchObject({ held: 2, left: 0 });
    await release(id);
    await changed(platform, allocated(1));
    expect(await stock()).toMatchObject({ held: 0, left: 1 });
  });

  it('says what was sold of it where it goes', async () => {
    const { platform, reserve, confirm } = await sale();
    await confirm((await reserve({ quantity: 2 })).id);
    await reserve({ buyer: 'bob', market: 'de' });
    const { value } = await changed(platform, () => null);
    expect(value.plan.guards.filter(({ guard }) => guard === 'allocations')).toMatchObject([
      {
        outcome: 'warn',
        message: expect.stringContaining('2 units are sold and 1 held in de, us, and would be removed'),
      },
    ]);
  });

  it('is planned again where units were taken meanwhile', async () => {
    const { platform, reserve } = await sale();
    const body = { document: saleDocument({ 'mi-band': { allocation: 1, limitPerBuyer: 1 } }) };
    const { value } = await platform.call(api.plans.create, { body, idempotencyKey: randomUUID() }, ADMIN);
    await reserve({ quantity: 2 });
    const apply = { params: { id: value.id }, body: {}, idempotencyKey: randomUUID() };
    expect(await failureOf(platform.call(api.plans.apply, apply, ADMIN))).toMatchObject({ code: 'guard-blocked' });
  });
});

describe('who may', () => {
  it('a seller sells and changes nothing; a viewer sees stock and no buyers', async () => {
    const { platform } = await sale();
    const viewer = { actor: 'eye', role: 'viewer' } as const;
    const body = { market: 'us', sku: 'mi-band', buyer: 'ada', quantity: 1 };
    const reserve = { params: { id: SALE }, body, idempotencyKey: 'k' };
    expect(await failureOf(platform.call(api.reservations.create, reserve, viewer))).toMatchObject({
      code: 'forbidden',
    });
    const list = platform.call(api.reservations.list, { params: { id: SALE } }, viewer);
    expect(await failureOf(list)).toMatchObject({ code: 'forbidden' });
    const remove = { params: { id: SALE }, body: {}, ifMatch: '*', idempotencyKey: 'k' };
    expect(await failureOf(platform.call(api.launches.remove, remove, SHOP))).toMatchObject({ code: 'forbidden' });
    expect((await platform.call(api.launchStock.get, { params: { id: SALE } }, viewer)).value.launch).toBe(SALE);
  });

  it('needs a key', async () => {
    const { platform } = await sale();
    const body = { market: 'us', sku: 'mi-band', buyer: 'ada', quantity: 1 };
    const call = platform.call(api.reservations.create, { params: { id: SALE }, body }, SHOP);
    expect(await failureOf(call)).toMatchObject({ code: 'idempotency-key-needed' });
  });
});

describe('whatever comes in whatever order', () => {
  const step = fc.record({
    buyer: fc.constantFrom('ada', 'bob', 'eve'),
    market: fc.constantFrom('us', 'de'),
    sku: fc.constantFrom('mi-band', 'mi-note'),
    quantity: fc.integer({ min: 1, max: 3 }),
    next: fc.constantFrom('hold', 'confirm', 'release', 'wait'),
  });

  it('nothing is oversold, no buyer is above the limit, and stock is the sum of reservations', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.array(step, { minLength: 1, maxLength: 6 }), { maxLength: 8 }), async (rounds) => {
        const items = {
          'mi-band': { allocation: 4, limitPerBuyer: 3 },
          'mi-note': { allocation: 2, limitPerBuyer: 2 },
        };
        const { platform, clock, reserve, confirm, release } = await sale(items);
        for (const round of rounds) {
          await Promise.all(
            round.map(async ({ next, ...wish }) => {
              const granted = await reserve(wish).catch(() => null);
              if (granted === null || next === 'hold') return;
              if (next === 'wait') clock.now += 8 * MINUTE;
              else await (next === 'confirm' ? confirm : release)(granted.id).catch(() => null);
            }),
          );
          await expectExact(platform, items);
        }
        await platform.close();
      }),
      { numRuns: 25 },
    );
  });
});

async function expectExact(platform: Platform, items: Readonly<Record<string, SaleTerms>>): Promise<void> {
  const { value: page } = await platform.call(
    api.reservations.list,
    { params: { id: SALE }, query: { limit: 1000 } },
    SHOP,
  );
  const { value: stock } = await platform.call(api.launchStock.get, { params: { id: SALE } }, SHOP);
  const units = (of: (one: (typeof page.items)[number]) => boolean) =>
    page.items.filter(of).reduce((sum, { quantity }) => sum + quantity, 0);
  for (const { market, items: there } of stock.markets) {
    for (const { sku, held, confirmed, left } of there) {
      const here = (state: string) => units((one) => one.market === market && one.sku === sku && one.state === state);
      expect({ held, confirmed }).toEqual({ held: here('held'), confirmed: here('confirmed') });
      expect(held + confirmed + (left ?? 0)).toBe(items[sku]?.allocation);
    }
  }
  for (const [sku, { limitPerBuyer }] of Object.entries(items)) {
    for (const buyer of new Set(page.items.map((one) => one.buyer))) {
      const has = units((one) => one.sku === sku && one.buyer === buyer && ['held', 'confirmed'].includes(one.state));
      expect(has).toBeLessThanOrEqual(limitPerBuyer);
    }
  }
}

describe('several platforms on one file', () => {
  it('sell what there is and no more', async () => {
    const { platform, file, clock } = await sale({ 'mi-band': { allocation: 40, limitPerBuyer: 1 } });
    const other = await testPlatform(file);
    other.clock.now = clock.now;
    const shops = [shopOf(platform), shopOf(other.platform)];
    const outcomes = await Promise.allSettled(
      Array.from({ length: 120 }, (_, index) => shops[index % 2]?.reserve({ buyer: `buyer-${index % 60}` })),
    );
    expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(40);
    expect(await shopOf(platform).stock()).toMatchObject({ held: 40, left: 0 });
    await expectExact(other.platform, { 'mi-band': { allocation: 40, limitPerBuyer: 1 } });
  });
});
