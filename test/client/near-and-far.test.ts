import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { type Client, openClient, rulesReference, uploadContent, uploadRules } from '../../src/client/index.ts';
import { api } from '../../src/contract/operations/index.ts';
import { skuLineText } from '../../src/domain/document/content-lines.ts';
import { ruleLine } from '../../src/domain/document/rule-lines.ts';
import { servePlatform } from '../../src/platform/http/serve.ts';
import { ADMIN, failureOf, temporaryFolder, testPlatform } from '../platform/fixture.ts';
import { BEFORE, POCO } from '../platform/poco.ts';
import { SALE, SALE_START, saleDocument } from '../platform/sale.ts';

interface Opened {
  readonly client: Client;
  readonly clock: { now: number };
}

/** The same platform, reached in its own process or over real HTTP. */
const TRANSPORTS: Readonly<Record<string, () => Promise<Opened>>> = {
  async near() {
    const clock = { now: BEFORE };
    const client = await openClient(
      { kind: 'embedded', file: join(temporaryFolder(), 'platform.db') },
      { actor: 'ada', version: '0.0.0-test', now: () => clock.now },
    );
    onTestFinished(() => client.close());
    return { client, clock };
  },
  async far() {
    const { platform, clock } = await testPlatform();
    const token = await platform.call(
      api.tokens.create,
      { body: { name: 'ada', role: 'admin' }, idempotencyKey: randomUUID() },
      ADMIN,
    );
    const served = await servePlatform({ platform, port: 0, version: '0.0.0-test', newId: randomUUID });
    const client = await openClient(
      { kind: 'remote', url: served.url, token: token.value.secret },
      { actor: 'ada', version: '0.0.0-test', now: () => clock.now, pause: async () => undefined },
    );
    onTestFinished(async () => {
      await client.close();
      await served.close();
    });
    return { client, clock };
  },
};

async function applied(client: Client): Promise<string> {
  const { value: plan } = await client.call(api.plans.create, { body: { document: POCO } });
  const { value: change } = await client.call(api.plans.apply, {
    params: { id: plan.id },
    body: { digest: plan.digest, platform: plan.platform },
  });
  return change?.id ?? '';
}

const INDIA = POCO.exceptions?.['poco-india'];
if (INDIA === undefined) throw new Error('the fixture has lost its exception');

describe.each(Object.entries(TRANSPORTS))('%s', (_name, open) => {
  it('plans, applies, lists, and exports what plans to nothing', async () => {
    const { client } = await open();
    await applied(client);
    const sites: string[] = [];
    for await (const site of client.listAll(api.sites.list)) sites.push(site.id);
    expect(sites).toEqual(['mi-global', 'poco-fr', 'poco-gb', 'poco-in']);
    const { value: document } = await client.call(api.document.export);
    const { value: plan } = await client.call(api.plans.create, { body: { document } });
    expect(plan).toMatchObject({ operations: [], unchanged: 11 });
    const again = await client.call(api.plans.apply, { params: { id: plan.id }, body: {} });
    expect(again.value).toBeNull();
    const { value: changes } = await client.call(api.changes.list);
    expect(changes.items).toHaveLength(1);
    expect(changes.items[0]).toMatchObject({ actor: 'ada', counts: { create: 11, update: 0, delete: 0 } });
    expect((await client.call(api.changes.verify)).value).toMatchObject({ intact: true, changeSets: 1, findings: [] });
  });

  it('brings products in bulk, lists them by SKU, and shows the plan of what is refused', async () => {
    const { client } = await open();
    await applied(client);
    const consent = { allowDeletes: true, confirm: [], overrides: [] };
    const lines = Array.from({ length: 2_500 }, (_, i) => {
      const category = i === 0 ? 'phones/smartphones' : 'phones/cases';
      return skuLineText({ sku: `p-${String(i).padStart(5, '0')}`, title: `P ${i}`, category });
    });
    const content = await uploadContent(client, 'products', lines);
    expect(await uploadContent(client, 'products', lines)).toEqual(content);
    await client.call(api.products.import, { body: { lines: content, consent } });
    const skus: string[] = [];
    for await (const { sku } of client.listAll(api.products.list)) skus.push(sku);
    expect(skus).toEqual(lines.map((line) => JSON.parse(line).sku));

    const spec = { market: 'gb', mode: 'accessories-only' as const };
    await client.call(api.catalogs.put, { params: { id: 'gb' }, ifMatch: null, body: { spec, consent } });
    const listing = (sku: string, dryRun: boolean) =>
      client.call(api.listings.put, {
        params: { id: 'gb', sku },
        query: { dryRun },
        ifMatch: null,
        body: { spec: { price: '9.99 GBP' }, consent },
      });
    const refused = await failureOf(listing('p-00000', true));
    expect(refused).toMatchObject({
      code: 'guard-blocked',
      exit: 7,
      details: { plan: { operations: [{ target: 'catalogs/gb', items: { added: 1 } }] } },
    });
    await listing('p-00001', false);
    const { value } = await client.call(api.catalogPolicies.audit);
    for await (const line of value) expect(line).toMatchObject({ kind: 'audited', listings: 1, findings: 0 });
  });

  it('pages: a cursor goes on where the page ended, and the last page has no next', async () => {
    const { client } = await open();
    await applied(client);
    const first = await client.call(api.markets.list, { query: { limit: 3 } });
    expect(first.value.items.map(({ id }) => id)).toEqual(['fr', 'gb', 'global']);
    const second = await client.call(api.markets.list, { query: { limit: 3, cursor: first.value.next ?? '' } });
    expect(second.value.items.map(({ id }) => id)).toEqual(['in']);
    expect(second.value).not.toHaveProperty('next');
    expect(await failureOf(client.call(api.sites.list, { query: { cursor: first.value.next ?? '' } }))).toMatchObject({
      code: 'invalid-cursor',
      exit: 2,
    });
  });

  it('answers what is true at an instant', async () => {
    const { client } = await open();
    await applied(client);
    const at = '2025-01-01T00:00Z';
    const { value: status } = await client.call(api.answers.status, { query: { at } });
    expect(Object.fromEntries(status.sites.map(({ site, state }) => [site, state]))).toEqual({
      'mi-global': 'active',
      'poco-fr': 'dark',
      'poco-gb': 'dark',
      'poco-in': 'active',
    });
    const urls = ['https://po.co/uk/phones/f6?utm=1', 'https://poco.in/x', 'http://['];
    const { value: explained } = await client.call(api.answers.explain, { body: { urls, at } });
    expect(explained.results).toMatchObject([
      { explanation: { outcome: 'redirect', location: 'https://www.mi.com/global/phones/f6?utm=1' } },
      { explanation: { outcome: 'serve', decidedBy: { kind: 'exception', id: 'poco-india' } } },
      { problem: { code: 'invalid-url' } },
    ]);
    const { value: timeline } = await client.call(api.answers.timeline, { query: { from: '2025-01-01T00:00Z' } });
    expect(timeline.events[0]).toMatchObject({ kind: 'dark', site: 'poco-gb', market: 'gb' });
    expect((await client.call(api.answers.lint)).value).toEqual({ rules: 2, findings: [] });
  });

  it('answers what a market sells, by its own clock', async () => {
    const { client, clock } = await open();
    const document = saleDocument({ 'mi-band': { allocation: 3, limitPerBuyer: 2 } });
    const { value: plan } = await client.call(api.plans.create, { body: { document } });
    await client.call(api.plans.apply, { params: { id: plan.id }, body: { consent: { confirm: [SALE] } } });
    clock.now = SALE_START;
    const asked = { market: 'us', sku: 'mi-band' };
    const { value: now } = await client.call(api.availability.get, { query: asked });
    expect(now).toMatchObject({ buyable: true, price: { minor: 1499, currency: 'USD' }, allocation: 3, left: 3 });
    const civil = { ...asked, at: '2015-05-19T06:59:59' };
    expect((await client.call(api.availability.get, { query: civil })).value).toMatchObject({
      at: SALE_START - 1000,
      buyable: false,
      nextChangeAt: SALE_START,
    });
    const { value: status } = await client.call(api.availability.market, { params: { id: 'de' } });
    expect(status).toMatchObject({ market: 'de', zone: 'Europe/Berlin', launches: [{ launch: SALE, state: 'live' }] });
    for (const query of [
      { ...asked, sku: 'mi-bnd' },
      { ...asked, market: 'uss' },
    ]) {
      const failure = await failureOf(client.call(api.availability.get, { query }));
      expect(failure).toMatchObject({ code: 'not-found', exit: 5 });
      expect(failure.message).toMatch(/Did you mean (mi-band|us)\?/);
    }
  });

  it('signs, waives and revokes items of a checklist, and lets a launch go that nothing holds back', async () => {
    const { client, clock } = await open();
    const checklists = {
      own: { items: { limits: { check: 'limits' as const }, load: { title: 'The load test held' } } },
    };
    const sale = saleDocument({ 'mi-band': { allocation: 5, limitPerBuyer: 2 } }, { checklist: 'own' });
    const { value: plan } = await client.call(api.plans.create, { body: { document: { ...sale, checklists } } });
    await client.call(api.plans.apply, { params: { id: plan.id }, body: {} });
    clock.now = SALE_START - 60_000;
    const params = { id: SALE, item: 'load' };
    const go = () => client.call(api.launchChecklists.go, { params: { id: SALE }, body: {} });
    expect(await failureOf(go())).toMatchObject({ code: 'gate-open', exit: 7, details: { open: [{ item: 'load' }] } });
    const until = '2015-05-19T12:00Z';
    const waiving = { params, body: { reason: 'no time', owner: 'ops', until } };
    expect((await client.call(api.launchChecklists.waive, waiving)).value.checklist.open).toEqual([]);
    expect((await client.call(api.launchChecklists.revoke, { params, body: {} })).value.checklist.open).toEqual([
      'load',
    ]);
    await client.call(api.launchChecklists.sign, { params, body: { note: 'held' } });
    expect((await go()).value.checklist.go).toMatchObject({ by: 'ada', version: 1, stands: true });
    const { value } = await client.call(api.launchChecklists.get, { params: { id: SALE }, query: { at: until } });
    expect(value.markets.map(({ state }) => state)).toEqual(['live', 'live']);
    const unsigned = await failureOf(client.call(api.launchChecklists.sign, { params, body: {} }));
    expect(unsigned).toMatchObject({ code: 'invalid-request', exit: 2 });
    expect(unsigned.message).toContain('a signature needs a note or a link');
  });

  it('reads the rules of a ruleset, revision by revision', async () => {
    const { client } = await open();
    await applied(client);
    const { value: ruleset, etag } = await client.call(api.rulesets.get, { params: { id: 'poco-gb' } });
    const before = POCO.rulesets?.['poco-gb']?.rules;
    const rules = [...(Array.isArray(before) ? before : []), { from: '/uk/new', to: 'https://www.mi.com/global/new' }];
    await client.call(api.rulesets.put, {
      params: { id: 'poco-gb' },
      ifMatch: etag ?? null,
      body: { spec: { ...ruleset.spec, rules } },
    });
    const read = async (revision?: number) => {
      const froms: string[] = [];
      const query = revision === undefined ? {} : { revision };
      const { value } = await client.call(api.rules.read, { params: { id: 'poco-gb' }, query });
      for await (const rule of value) froms.push(rule.from);
      return froms;
    };
    expect(await read()).toEqual(['/uk/phones/f6', '/uk/support/*', '/uk/new']);
    expect(await read(1)).toEqual(['/uk/phones/f6', '/uk/support/*']);
    expect(await failureOf(read(3))).toMatchObject({ code: 'not-found', exit: 5 });
  });

  it('writes one entry against its version, and says what stands there when it moved', async () => {
    const { client } = await open();
    await applied(client);
    const put = (ifMatch: string | null | undefined, reason: string, dryRun = false) =>
      client.call(api.exceptions.put, {
        params: { id: 'extra' },
        query: { dryRun },
        ...(ifMatch === undefined ? {} : { ifMatch }),
        body: { spec: { ...INDIA, reason } },
      });
    expect(await failureOf(put(undefined, 'a'))).toMatchObject({ code: 'precondition-required', exit: 2 });
    expect(await failureOf(put('3', 'a'))).toMatchObject({ code: 'invalid-request', exit: 2 });
    expect(await failureOf(put('"1"', 'a'))).toMatchObject({ code: 'stale', exit: 6 });
    expect((await put(null, 'a', true)).value).toMatchObject({
      change: null,
      plan: { operations: [{ verb: 'create' }] },
    });
    const made = await put(null, 'a');
    expect(made.etag).toBe('"1"');
    expect(made.value.change).toMatchObject({ planId: made.value.plan.id, actor: 'ada' });
    expect(await failureOf(put(null, 'b'))).toMatchObject({ code: 'stale', details: { present: '"1"' } });
    expect((await put('"1"', 'b')).etag).toBe('"2"');
    expect(await failureOf(put('"1"', 'c'))).toMatchObject({ code: 'stale', details: { spec: { reason: 'b' } } });
    expect((await put('*', 'b')).value.change).toBeNull();
  });

  it('removes one entry, and never gives its versions again', async () => {
    const { client } = await open();
    await applied(client);
    const id = 'extra';
    await client.call(api.exceptions.put, { params: { id }, ifMatch: null, body: { spec: INDIA } });
    const remove = (consent: object) =>
      client.call(api.exceptions.remove, { params: { id }, ifMatch: '"1"', body: { consent } });
    expect(await failureOf(remove({}))).toMatchObject({ exit: 7, details: { deletes: ['exceptions/extra'] } });
    const { value } = await remove({
      allowDeletes: true,
      confirm: [id],
      reason: 'a test',
      overrides: ['exceptions', 'deletes'],
    });
    expect(value.change?.confirmed).toEqual([id]);
    expect(await failureOf(remove({}))).toMatchObject({ code: 'not-found', exit: 5 });
    const again = await client.call(api.exceptions.put, { params: { id }, ifMatch: null, body: { spec: INDIA } });
    expect(again.etag).toBe('"3"');
    expect((await client.call(api.changes.verify)).value).toMatchObject({ intact: true });
  });

  it('does a write once per key', async () => {
    const { client } = await open();
    const idempotencyKey = randomUUID();
    const first = await client.call(api.plans.create, { body: { document: POCO }, idempotencyKey });
    const second = await client.call(api.plans.create, { body: { document: POCO }, idempotencyKey });
    expect(second.value).toEqual(first.value);
    const other = client.call(api.plans.create, { body: { document: { version: 1 } }, idempotencyKey });
    expect(await failureOf(other)).toMatchObject({ code: 'idempotency-key-reused', exit: 2 });

    const key = randomUUID();
    const apply = () => client.call(api.plans.apply, { params: { id: first.value.id }, body: {}, idempotencyKey: key });
    const { value: change } = await apply();
    expect((await apply()).value).toEqual(change);
    expect((await client.call(api.changes.list)).value.items).toHaveLength(1);
  });

  it('keeps a token’s secret out of everything but its first answer', async () => {
    const { client } = await open();
    const idempotencyKey = randomUUID();
    const create = () => client.call(api.tokens.create, { body: { name: 'ci', role: 'operator' }, idempotencyKey });
    expect((await create()).value.secret).toMatch(/^sct_[\w-]{43}$/);
    expect(await failureOf(create())).toMatchObject({ code: 'already-exists', exit: 2 });
    const { value } = await client.call(api.tokens.list);
    expect(JSON.stringify(value)).not.toContain('sct_');
    await client.call(api.tokens.revoke, { params: { id: 'ci' } });
    expect(await failureOf(client.call(api.tokens.revoke, { params: { id: 'ci' } }))).toMatchObject({
      code: 'not-found',
    });
  });

  it('refuses a plan that is not what it was, or whose time has gone', async () => {
    const { client, clock } = await open();
    const { value: plan } = await client.call(api.plans.create, { body: { document: POCO } });
    const apply = (body: object) => client.call(api.plans.apply, { params: { id: plan.id }, body });
    expect(await failureOf(apply({ digest: 'x' }))).toMatchObject({ code: 'plan-altered', exit: 2 });
    expect(await failureOf(apply({ platform: randomUUID() }))).toMatchObject({ code: 'other-platform', exit: 2 });
    const unknown = client.call(api.plans.apply, { params: { id: randomUUID() }, body: {} });
    expect(await failureOf(unknown)).toMatchObject({ code: 'not-found', exit: 5 });
    clock.now = plan.expiresAt;
    expect(await failureOf(apply({}))).toMatchObject({ code: 'plan-expired', exit: 6 });
    clock.now = plan.expiresAt - 1;
    const dry = await client.call(api.plans.apply, { params: { id: plan.id }, query: { dryRun: true }, body: {} });
    expect(dry.value).toBeNull();
    expect((await client.call(api.sites.list)).value.items).toEqual([]);
    await apply({});
    expect(await failureOf(apply({}))).toMatchObject({ code: 'plan-applied', exit: 6 });
  });

  it('refuses a plan that something else overtook, and names it', async () => {
    const { client } = await open();
    await applied(client);
    const { gb, ...others } = POCO.markets ?? {};
    const document = { version: 1 as const, markets: { ...others, gb: { ...gb, name: 'Britain' } } } as typeof POCO;
    const { value: plan } = await client.call(api.plans.create, { body: { document } });
    const { value: put } = await client.call(api.exceptions.put, {
      params: { id: 'extra' },
      ifMatch: null,
      body: { spec: INDIA },
    });
    const failure = await failureOf(client.call(api.plans.apply, { params: { id: plan.id }, body: {} }));
    expect(failure).toMatchObject({
      code: 'stale-plan',
      exit: 6,
      details: { changes: [{ id: put.change?.id, actor: 'ada', targets: ['exceptions/extra'] }] },
    });
  });

  it('asks for what visitors would notice at once as of now, not as of the plan', async () => {
    const { client, clock } = await open();
    clock.now = Date.UTC(2024, 11, 31, 12);
    const { value: plan } = await client.call(api.plans.create, { body: { document: POCO } });
    expect(plan.confirmations).toEqual([]);
    clock.now = Date.UTC(2025, 0, 1, 1);
    const apply = (confirm: string[]) =>
      client.call(api.plans.apply, {
        params: { id: plan.id },
        body: { consent: { confirm, overrides: ['dates'], reason: 'a test' } },
      });
    expect(await failureOf(apply([]))).toMatchObject({ exit: 7, code: 'confirmation-needed' });
    expect((await apply(['poco-2024', 'one-too-many'])).value?.confirmed).toEqual(['poco-2024']);
  });

  it('rolls a change back as a plan under the same guards', async () => {
    const { client } = await open();
    await applied(client);
    const { value: put } = await client.call(api.exceptions.put, {
      params: { id: 'extra' },
      ifMatch: null,
      body: { spec: INDIA },
    });
    const id = put.change?.id ?? '';
    const { value: plan } = await client.call(api.changes.rollback, { params: { id } });
    expect(plan).toMatchObject({
      rollbackOf: id,
      operations: [{ verb: 'delete', target: 'exceptions/extra', cause: 'rollback' }],
    });
    const apply = (consent: object) => client.call(api.plans.apply, { params: { id: plan.id }, body: { consent } });
    expect(await failureOf(apply({}))).toMatchObject({ exit: 7 });
    const { value } = await apply({
      allowDeletes: true,
      confirm: ['extra'],
      overrides: ['exceptions', 'deletes'],
      reason: 'undo',
    });
    expect(value?.rollbackOf).toBe(id);
    expect(await failureOf(client.call(api.exceptions.get, { params: { id: 'extra' } }))).toMatchObject({ exit: 5 });
  });

  it('names every place of a wrong request or document', async () => {
    const { client } = await open();
    const wrong = { ...POCO, sites: { 'poco-gb': { brand: 'poco', market: 'gb', role: 'legcy', urls: [] } } };
    const schema = await failureOf(client.call(api.plans.create, { body: { document: wrong as typeof POCO } }));
    expect(schema).toMatchObject({ code: 'invalid-request', exit: 2 });
    expect((schema.details as { errors: { pointer: string }[] }).errors.map((e) => e.pointer)).toEqual([
      '/document/sites/poco-gb/role',
      '/document/sites/poco-gb/urls',
    ]);
    const { gb: _, ...markets } = POCO.markets ?? {};
    const meaning = await failureOf(client.call(api.plans.create, { body: { document: { ...POCO, markets } } }));
    expect(meaning).toMatchObject({ code: 'invalid-document', exit: 2 });
    expect(JSON.stringify(meaning.details)).toContain('/sites/poco-gb/market');
    expect(await failureOf(client.call(api.answers.status, { query: { at: '2024-13-01' } }))).toMatchObject({
      code: 'invalid-time',
      exit: 2,
    });
    expect(await failureOf(client.call(api.sites.get, { params: { id: 'Not an id' } }))).toMatchObject({
      code: 'invalid-request',
    });
  });

  it('takes rules in bulk, once', async () => {
    const { client } = await open();
    const rules = Array.from({ length: 42_000 }, (_, i) => ({
      from: `/uk/p/${i}`,
      to: `https://www.mi.com/global/p/${i}`,
    }));
    const seen: number[] = [];
    const reference = await uploadRules(client, rules, { onProgress: (received) => seen.push(received) });
    expect(reference).toEqual(rulesReference(rules.map(ruleLine)));
    expect(seen).toEqual([20_000, 40_000, 42_000]);
    seen.length = 0;
    expect(await uploadRules(client, rules, { onProgress: (received) => seen.push(received) })).toEqual(reference);
    expect(seen).toEqual([]);
    const document = { ...POCO, rulesets: { 'poco-gb': { site: 'poco-gb', rules: reference } } };
    const { value: plan } = await client.call(api.plans.create, { body: { document } });
    await client.call(api.plans.apply, { params: { id: plan.id }, body: {} });
    const { value } = await client.call(api.rules.read, { params: { id: 'poco-gb' } });
    let count = 0;
    for await (const _ of value) count += 1;
    expect(count).toBe(42_000);
    expect((await client.call(api.changes.verify)).value.intact).toBe(true);
  });

  it('says which uploaded lines are no rules, and where an upload goes on', async () => {
    const { client } = await open();
    const bad = [{ from: '/a', to: 'https://x.example/' }, { form: '/b' }, { from: '/c', match: 'sometimes' }];
    expect(await failureOf(uploadRules(client, bad as never))).toMatchObject({
      code: 'invalid-document',
      details: { problems: [{ place: { line: 2 } }, { place: { line: 3 } }] },
    });
    const { value: upload } = await client.call(api.rules.begin);
    const append = (offset: number) =>
      client.call(api.rules.append, {
        params: { id: upload.id },
        query: { offset },
        body: (async function* () {
          yield ['{"from":"/a","to":"https://x.example/"}'];
        })(),
      });
    expect((await append(0)).value.progress).toEqual({ received: 1 });
    expect(await failureOf(append(0))).toMatchObject({ code: 'upload-offset', details: { received: 1 } });
    await client.call(api.operations.cancel, { params: { id: upload.id } });
    expect(await failureOf(append(1))).toMatchObject({ code: 'operation-ended', exit: 2 });
    const missing = {
      ...POCO,
      rulesets: { 'poco-gb': { site: 'poco-gb', rules: { content: 'a'.repeat(64), count: 1 } } },
    };
    expect(await failureOf(client.call(api.plans.create, { body: { document: missing } }))).toMatchObject({
      code: 'invalid-document',
      details: { problems: [{ place: { pointer: '/rulesets/poco-gb/rules' } }] },
    });
  });
});
