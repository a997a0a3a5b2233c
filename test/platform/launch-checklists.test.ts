import { randomUUID } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import type { Answer, AnyOperation, OperationOutput, OperationRequest } from '../../src/contract/operation.ts';
import { api } from '../../src/contract/operations/index.ts';
import type { LaunchChecklist } from '../../src/domain/checklists/launch-checklist.ts';
import { productLines } from '../../src/domain/document/content-lines.ts';
import type { SubmittedDocument } from '../../src/domain/document/schema.ts';
import { createPlatform } from '../../src/platform/platform.ts';
import { openSqliteStore } from '../../src/platform/store/sqlite/sqlite-store.ts';
import { OPENING, PRODUCTS } from '../domain/opening.ts';
import { ADMIN, failureOf, testPlatform } from './fixture.ts';

const LAUNCH = 'mi-store-opening';
const START = Date.parse('2015-05-19T11:00:00Z');
const NOW = Date.parse('2015-05-12T09:00:00Z');
const CONSENT = { allowDeletes: false, confirm: [], overrides: [] };
const DOCUMENT: SubmittedDocument = {
  version: 1,
  ...OPENING,
  products: { all: { items: [...productLines(PRODUCTS)] } },
};

async function opening(document: SubmittedDocument = DOCUMENT) {
  const { platform, clock, file } = await testPlatform();
  clock.now = NOW;
  const as =
    (actor: string) =>
    <Op extends AnyOperation>(operation: Op, request: OperationRequest<Op>): Promise<Answer<OperationOutput<Op>>> =>
      platform.call(operation, { ...request, idempotencyKey: randomUUID() }, { ...ADMIN, actor });
  const call = as('ada');
  const { value: plan } = await call(api.plans.create, { body: { document } });
  await call(api.plans.apply, { params: { id: plan.id }, body: {} });
  const item = (id: string) => ({ id: LAUNCH, item: id });
  return {
    platform,
    clock,
    file,
    call,
    as,
    checklist: async (at = 'now'): Promise<LaunchChecklist> =>
      (await call(api.launchChecklists.get, { params: { id: LAUNCH }, query: { at } })).value,
    sign: (id: string, by = 'ada', body: object = { note: 'done' }) =>
      as(by)(api.launchChecklists.sign, { params: item(id), body }),
    waive: (id: string, until: string) =>
      call(api.launchChecklists.waive, {
        params: item(id),
        body: { reason: 'no time', owner: 'carla', until },
      }),
    revoke: (id: string) => call(api.launchChecklists.revoke, { params: item(id), body: {} }),
    go: (confirm: string[] = [], overrides: 'freeze-window'[] = []) =>
      call(api.launchChecklists.go, {
        params: { id: LAUNCH },
        body: { consent: { ...CONSENT, confirm, overrides, ...(overrides.length > 0 ? { reason: 'agreed' } : {}) } },
      }),
    hold: (confirm: string[] = []) =>
      call(api.launchChecklists.hold, { params: { id: LAUNCH }, body: { consent: { ...CONSENT, confirm } } }),
    change: async (spec: object, confirm: string[] = []) => {
      const { value, etag } = await call(api.launches.get, { params: { id: LAUNCH } });
      const body = { spec: { ...value.spec, ...spec }, consent: { ...CONSENT, confirm } };
      return call(api.launches.put, { params: { id: LAUNCH }, ifMatch: etag ?? null, body });
    },
  };
}

type Opening = Awaited<ReturnType<typeof opening>>;

async function signAll(own: Opening): Promise<void> {
  for (const item of (await own.checklist()).open) await own.sign(item, item.includes('approval') ? 'ben' : 'ada');
}

const stateOf = ({ items }: LaunchChecklist, item: string) => items.find((one) => one.item === item)?.state;

describe('a launch’s checklist', () => {
  test('proves what it can, and asks people for the rest', async () => {
    const found = await (await opening()).checklist();
    expect(found).toMatchObject({
      launch: LAUNCH,
      version: 1,
      checklist: { id: 'flash-sale', shipped: true },
      go: null,
    });
    expect(found.items.filter(({ kind }) => kind === 'automatic').map(({ state }) => state)).toEqual(
      Array(11).fill('passed'),
    );
    expect(found.open).toEqual(found.items.filter(({ kind }) => kind === 'manual').map(({ item }) => item));
    expect(found.markets.find(({ market }) => market === 'us')).toEqual({
      market: 'us',
      zone: 'America/New_York',
      startsAt: START,
      endsAt: START + 24 * 3_600_000,
      state: 'scheduled',
    });
  });

  test('is of a launch that there is and that has one; the nearest is named', async () => {
    const own = await opening();
    const nobody = await failureOf(own.call(api.launchChecklists.get, { params: { id: 'mi-store-openin' } }));
    expect(nobody).toMatchObject({ code: 'not-found', details: { nearest: LAUNCH } });
    const { checklist: _, ...spec } = OPENING.launches[LAUNCH];
    const bare = await opening({ ...DOCUMENT, launches: { [LAUNCH]: spec } });
    for (const work of [bare.checklist(), bare.sign('load-test'), bare.go(), bare.hold()])
      expect(await failureOf(work)).toMatchObject({ code: 'no-checklist', exit: 2 });
  });

  test('stands at another instant as what is known now says: signatures end', async () => {
    const own = await opening();
    await own.sign('on-call');
    expect(stateOf(await own.checklist(), 'on-call')).toBe('signed');
    expect(stateOf(await own.checklist('2015-05-19T08:59Z'), 'on-call')).toBe('signed');
    expect(stateOf(await own.checklist('2015-05-19T09:00Z'), 'on-call')).toBe('expired');
    expect((await own.checklist()).notes).toContainEqual({
      code: 'ends-before-start',
      message: 'these end before the launch starts at 2015-05-19T11:00:00Z: on-call at 2015-05-19T09:00:00Z',
    });
  });
});

describe('a launch that was let go', () => {
  test('is refused another go, and waits for somebody, once a required item is open again', async () => {
    const own = await opening();
    await signAll(own);
    const given = (await own.go()).value.checklist.go;
    const waits = async () =>
      (await own.call(api.availability.market, { params: { id: 'us' }, query: { at: 'now' } })).value.waits;
    expect((await own.go()).value.checklist.go).toEqual(given);
    expect(await waits()).toEqual([]);
    await own.revoke('load-test');
    expect(await failureOf(own.go())).toMatchObject({
      code: 'gate-open',
      exit: 7,
      message: expect.stringMatching(/was let go by ada before, and 1 required item is open now\.\n {2}load-test: /),
      remedy: expect.stringContaining('storectl launches hold mi-store-opening'),
    });
    // What was let go goes on until somebody holds it.
    expect((await own.checklist()).go).toMatchObject({ stands: true });
    expect(await waits()).toEqual([
      {
        kind: 'launch-open-after-go',
        id: LAUNCH,
        at: NOW,
        text: 'it was let go, and 1 required item is open: load-test',
      },
    ]);
  });
});

test('a launch without a checklist has no go to take back; what stops it is said', async () => {
  const { checklist: _, ...spec } = OPENING.launches[LAUNCH];
  const bare = await opening({ ...DOCUMENT, launches: { [LAUNCH]: spec } });
  expect(await failureOf(bare.hold())).toMatchObject({
    code: 'no-checklist',
    remedy: 'What stops it is: storectl launches cancel mi-store-opening',
  });
});

test('nobody signs for a launch that is cancelled, nor waives', async () => {
  const own = await opening();
  await own.sign('load-test');
  await own.change({ cancelled: 'no stock' });
  for (const work of [own.sign('load-test'), own.waive('load-test', '2015-06-01T00:00Z'), own.go()])
    expect(await failureOf(work)).toMatchObject({
      code: 'launch-cancelled',
      exit: 7,
      remedy: expect.stringContaining('storectl rollback'),
    });
});

describe('signing', () => {
  test('keeps who, when, with what, for which version, and until when', async () => {
    const own = await opening();
    const { value } = await own.sign('load-test', 'anna', { link: 'https://example.com/figures', note: 'p99 80 ms' });
    expect(value.change).toMatchObject({ actor: 'anna', operations: [{ target: `signoffs/${LAUNCH}` }] });
    const item = value.checklist.items.find((one) => one.item === 'load-test');
    expect(item?.evidence).toEqual({
      by: 'anna',
      at: '2015-05-12T09:00:00Z',
      version: 1,
      note: 'p99 80 ms',
      link: 'https://example.com/figures',
      until: '2015-05-26T09:00:00Z',
    });
    expect(value.checklist).toEqual(await own.checklist());
  });

  test('ends at the earlier of its own end and the days that the item allows', async () => {
    const own = await opening();
    const until = async (text: string) =>
      (await own.sign('load-test', 'ada', { note: 'x', until: text })).value.checklist.items.find(
        (one) => one.item === 'load-test',
      )?.until;
    expect(await until('2015-05-13T00:00Z')).toBe('2015-05-13T00:00:00Z');
    expect(await until('2016-01-01T00:00Z')).toBe('2015-05-26T09:00:00Z');
  });

  test.each<[string, object, object]>([
    ['an item that is proven', { item: 'policy' }, { code: 'item-automatic', exit: 2 }],
    ['an item that there is not', { item: 'load-tst' }, { code: 'not-found', details: { nearest: 'load-test' } }],
    ['nothing to show', { body: {} }, { code: 'invalid-request', exit: 2 }],
    ['an end that has passed', { body: { note: 'x', until: '2015-05-12T09:00Z' } }, { code: 'until-past', exit: 2 }],
    [
      'a time of no zone in markets of several',
      { body: { note: 'x', until: 'end of 2015-05-20' } },
      { code: 'zone-needed' },
    ],
  ])('is refused for %s, and nothing is written', async (_, asked, expected) => {
    const own = await opening();
    const { item, body } = { item: 'load-test', body: { note: 'x' }, ...asked };
    expect(await failureOf(own.sign(item, 'ada', body))).toMatchObject(expected);
    expect((await own.call(api.changes.list, { query: { limit: 10 } })).value.items).toHaveLength(1);
  });

  test('an automatic item says what must become true', async () => {
    const own = await opening({ ...DOCUMENT, serviceLevels: {} });
    const failure = await failureOf(own.sign('returns'));
    expect(failure.message).toContain('us: no returns window is stated');
    expect(failure.remedy).toContain(`storectl launches waive ${LAUNCH} returns`);
  });

  test('a civil time is read in the zone of the launch’s markets where all are in one', async () => {
    const { [LAUNCH]: launch } = OPENING.launches;
    const own = await opening({ ...DOCUMENT, launches: { [LAUNCH]: { ...launch, markets: ['us'] } } });
    const { value } = await own.sign('load-test', 'ada', { note: 'x', until: 'end of 2015-05-13' });
    expect(value.checklist.items.find(({ item }) => item === 'load-test')?.until).toBe('2015-05-14T04:00:00Z');
  });

  test('by two people at once, on two connections: neither is lost', async () => {
    const own = await opening();
    const second = createPlatform({
      store: await openSqliteStore(own.file, randomUUID),
      now: () => NOW,
      newId: randomUUID,
      tzdb: '2026a',
      version: '0.0.0-test',
    });
    const items = (await own.checklist()).open;
    await Promise.all(
      items.map((item, n) =>
        (n % 2 === 0 ? own.platform : second).call(
          api.launchChecklists.sign,
          { params: { id: LAUNCH, item }, body: { note: `by ${n}` }, idempotencyKey: randomUUID() },
          { ...ADMIN, actor: n % 2 === 0 ? 'anna' : 'ben' },
        ),
      ),
    );
    const { open, items: all } = await own.checklist();
    expect(open).toEqual([]);
    expect(all.filter(({ kind }) => kind === 'manual').map(({ evidence }) => evidence?.note)).toEqual(
      items.map((_, n) => `by ${n}`),
    );
    expect((await own.call(api.changes.verify, {})).value.intact).toBe(true);
    await second.close();
  });

  test('on a dry run writes nothing and answers what would be', async () => {
    const own = await opening();
    const params = { id: LAUNCH, item: 'load-test' };
    const request = { params, query: { dryRun: true }, body: { note: 'x' } };
    const { value } = await own.call(api.launchChecklists.sign, request);
    expect(value.change).toBeNull();
    expect(stateOf(value.checklist, 'load-test')).toBe('signed');
    expect(stateOf(await own.checklist(), 'load-test')).toBe('open');
  });

  test('needs the role of an operator', async () => {
    const own = await opening();
    const request = { params: { id: LAUNCH }, body: {}, idempotencyKey: randomUUID() };
    for (const operation of [api.launchChecklists.go, api.launchChecklists.hold]) {
      const failure = await failureOf(own.platform.call(operation, request, { actor: 'vera', role: 'viewer' }));
      expect(failure).toMatchObject({ code: 'forbidden', exit: 4 });
    }
  });
});

describe('waivers and taking back', () => {
  test('a waiver lets an automatic item be open until it ends', async () => {
    const own = await opening({ ...DOCUMENT, serviceLevels: {} });
    await own.waive('returns', '2015-05-19T00:00Z');
    expect(stateOf(await own.checklist(), 'returns')).toBe('waived');
    expect(stateOf(await own.checklist('2015-05-19T00:00Z'), 'returns')).toBe('failed');
    expect(await failureOf(own.waive('returns', '2015-05-12T09:00Z'))).toMatchObject({ code: 'until-past' });
  });

  test('revoking opens the item again; what nobody signed cannot be revoked', async () => {
    const own = await opening();
    expect(await failureOf(own.revoke('load-test'))).toMatchObject({ code: 'not-found', exit: 5 });
    await own.sign('load-test');
    await own.waive('load-test', '2015-06-01T00:00Z');
    const { value } = await own.revoke('load-test');
    expect(stateOf(value.checklist, 'load-test')).toBe('open');
  });

  test('rolling back a signature takes that one back, and leaves those that others gave since', async () => {
    const own = await opening();
    const { value } = await own.sign('load-test', 'anna');
    await own.sign('on-call', 'ben');
    const id = value.change?.id ?? '';
    const { value: plan } = await own.call(api.changes.rollback, { params: { id } });
    expect(plan.warnings).toEqual([]);
    await own.call(api.plans.apply, { params: { id: plan.id }, body: {} });
    const after = await own.checklist();
    expect([stateOf(after, 'load-test'), stateOf(after, 'on-call')]).toEqual(['open', 'signed']);
    expect((await own.call(api.changes.verify, {})).value.intact).toBe(true);
  });
});

describe('letting go', () => {
  test('is refused while a required item is open, with every one of them and why', async () => {
    const own = await opening({ ...DOCUMENT, serviceLevels: {} });
    const failure = await failureOf(own.go());
    expect(failure).toMatchObject({ code: 'gate-open', exit: 7 });
    const { open } = failure.details as { readonly open: readonly { readonly item: string; readonly why: string[] }[] };
    expect(open.map(({ item }) => item)).toEqual((await own.checklist()).open);
    expect(open.find(({ item }) => item === 'returns')?.why).toContain('us: no returns window is stated');
    expect(failure.message).toContain('load-test: The load test held');
  });

  test('names the version; any later change voids it, and the plan and the checklist say so', async () => {
    const own = await opening();
    await signAll(own);
    const { value } = await own.go();
    expect(value.checklist.go).toEqual({ by: 'ada', at: '2015-05-12T09:00:00Z', version: 1, stands: true });
    expect((await own.go()).value.change).toBeNull();
    const { value: changed } = await own.change({ title: 'Mi Store opens' });
    expect(changed.plan.guards.filter(({ guard }) => guard === 'launches')).toContainEqual(
      expect.objectContaining({ outcome: 'warn', message: expect.stringContaining('voids the go that ada gave') }),
    );
    const after = await own.checklist();
    expect(after.go).toMatchObject({ version: 1, stands: false });
    expect(after.notes.map(({ code }) => code)).toContain('go-void');
    own.clock.now = START;
    expect((await own.checklist()).markets[0]?.state).toBe('held');
  });

  test('past the start it sells at once, and stops at once: both are confirmed by id', async () => {
    const own = await opening();
    await signAll(own);
    own.clock.now = START;
    await own.sign('on-call');
    const failure = await failureOf(own.go());
    expect(failure).toMatchObject({ code: 'confirmation-needed', exit: 7 });
    expect(failure.message).toContain('it begins to sell at once in us, gb, fr, de');
    expect((await own.go([LAUNCH])).value.checklist.markets[0]?.state).toBe('live');
    expect(await failureOf(own.hold())).toMatchObject({ code: 'confirmation-needed' });
    expect(await failureOf(own.change({ title: 'Other' }))).toMatchObject({ code: 'confirmation-needed' });
    const { value } = await own.hold([LAUNCH]);
    expect(value.checklist).toMatchObject({ go: null, markets: [{ state: 'held' }, {}, {}, {}] });
  });

  test('no rollback gives a go back; one that takes a go back works', async () => {
    const own = await opening();
    await signAll(own);
    const given = (await own.go()).value.change?.id ?? '';
    const rolled = async (id: string) => (await own.call(api.changes.rollback, { params: { id } })).value;
    const held = (await own.hold()).value.change?.id ?? '';
    const plan = await rolled(held);
    expect(plan.operations).toEqual([]);
    expect(plan.warnings).toEqual([expect.stringContaining('a rollback gives no go back')]);
    own.clock.now += 1000;
    await own.go();
    expect((await rolled(given)).operations).toEqual([]);
    const again = (await own.call(api.changes.list, { query: { limit: 1 } })).value.items[0]?.id ?? '';
    const back = await rolled(again);
    await own.call(api.plans.apply, { params: { id: back.id }, body: {} });
    expect((await own.checklist()).go).toBeNull();
  });

  test('a freeze window stops a go, and neither signatures nor a stop', async () => {
    const own = await opening({
      ...DOCUMENT,
      freezeWindows: { audit: { from: '2015-05-12T00:00Z', until: '2015-05-13T00:00Z', reason: 'audit' } },
    });
    await signAll(own);
    expect(await failureOf(own.go())).toMatchObject({ code: 'guard-blocked' });
    await own.go([], ['freeze-window']);
    expect((await own.hold()).value.checklist.go).toBeNull();
  });

  test('a launch that is cancelled or over is not let go', async () => {
    const own = await opening();
    await signAll(own);
    own.clock.now = START + 48 * 3_600_000;
    expect(await failureOf(own.go())).toMatchObject({ code: 'launch-ended', exit: 7 });
    await own.change({ cancelled: 'no stock' });
    expect(await failureOf(own.go())).toMatchObject({ code: 'launch-cancelled', exit: 7 });
  });

  test('holding what nobody let go writes nothing', async () => {
    const own = await opening();
    expect((await own.hold()).value.change).toBeNull();
  });

  test('who signed everything alone is said', async () => {
    const own = await opening();
    for (const item of (await own.checklist()).open) await own.sign(item, 'ada');
    expect((await own.checklist()).notes.map(({ code }) => code)).toContain('one-signer');
  });
});
