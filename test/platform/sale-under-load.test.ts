import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { Agent } from 'undici';
import { describe, expect, it, onTestFinished } from 'vitest';
import { type Client, openClient } from '../../src/client/index.ts';
import { api } from '../../src/contract/operations/index.ts';
import { temporaryFolder } from './fixture.ts';
import { SALE, type SaleTerms, saleDocument } from './sale.ts';

/**
 * A sale with more buyers than units, over HTTP, at a platform that is killed in the middle and started again on the
 * same file: `BUYERS=5000 KILLS=5 npx vitest run
 * test/platform/sale-under-load.test.ts` takes longer than the usual run, and says what it came to.
 */
const BUYERS = Number(process.env['BUYERS'] ?? 1_000);
const KILLS = Number(process.env['KILLS'] ?? 2);

const ITEMS: Readonly<Record<string, SaleTerms>> = {
  'mi-band': { allocation: Math.ceil(BUYERS / 4), limitPerBuyer: 2 },
  'mi-headphones': { allocation: Math.ceil(BUYERS / 20), limitPerBuyer: 1 },
  'mi-power-bank': { allocation: BUYERS * 2, limitPerBuyer: 3 },
};
const SKUS = Object.keys(ITEMS);
const MARKETS = ['us', 'de'];

/** The platform, wherever it runs at the moment. */
class KilledPlatform {
  readonly #file: string;
  #child: ChildProcess | null = null;
  url = '';

  constructor(file: string) {
    this.#file = file;
  }

  async start(): Promise<void> {
    const script = join(import.meta.dirname, 'processes', 'serve-sale.ts');
    const child = spawn(process.execPath, [script, this.#file], { stdio: ['ignore', 'pipe', 'inherit'] });
    this.#child = child;
    const [bytes] = (await once(child.stdout, 'data')) as [Buffer];
    this.url = String(bytes).trim();
  }

  async kill(): Promise<void> {
    const child = this.#child;
    if (child === null) return;
    const ended = once(child, 'exit');
    child.kill('SIGKILL');
    await ended;
  }
}

/** What buyers were told, by idempotency key. */
interface Told {
  readonly granted: Map<string, Set<string>>;
  readonly confirmed: Set<string>;
  readonly released: Set<string>;
  readonly refused: Map<string, number>;
  /** Requests that were sent, and those that nobody answered. */
  sent: number;
  unanswered: number;
}

interface Sale {
  readonly platform: KilledPlatform;
  readonly token: string;
  readonly agent: Agent;
  readonly told: Told;
}

/** Sends until there is an answer: what a shop does whose platform went away under it. */
async function insist(sale: Sale, path: string, key: string, body?: object) {
  for (;;) {
    sale.told.sent += 1;
    try {
      const { statusCode, body: answer } = await sale.agent.request({
        origin: sale.platform.url,
        path: `/v1/launches/${SALE}/reservations${path}`,
        method: 'POST',
        headers: {
          authorization: `Bearer ${sale.token}`,
          'idempotency-key': key,
          ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        },
        body: body === undefined ? null : JSON.stringify(body),
      });
      const value = (await answer.json()) as { readonly id: string; readonly code?: string };
      if (statusCode < 500) return { granted: statusCode < 300, id: value.id, code: value.code ?? '' };
    } catch {
      sale.told.unanswered += 1;
      // It was killed: whether the request was carried out, only a repetition tells.
    }
    await pause(20 + Math.random() * 50);
  }
}

async function buy(sale: Sale, number: number): Promise<void> {
  const { told } = sale;
  // Two thirds come once; the rest share names, from both markets at once.
  const buyer = `buyer-${number % 3 === 0 ? number % 50 : number}`;
  for (const [index, sku] of SKUS.entries()) {
    const key = `${number}-${sku}`;
    const body = { market: MARKETS[(number + index) % 2], sku, buyer, quantity: 1 + (number % 2) };
    const sent =
      number % 5 === 0 ? [insist(sale, '', key, body), insist(sale, '', key, body)] : [insist(sale, '', key, body)];
    for (const { granted, id, code } of await Promise.all(sent)) {
      if (granted) told.granted.set(key, (told.granted.get(key) ?? new Set()).add(id));
      else told.refused.set(code, (told.refused.get(code) ?? 0) + 1);
    }
    const [id] = told.granted.get(key) ?? [];
    if (id === undefined || number % 4 === 3) continue;
    const kind = number % 4 === 2 ? 'release' : 'confirm';
    const { granted } = await insist(sale, `/${id}/${kind}`, `${key}-${kind}`);
    if (granted) (kind === 'confirm' ? told.confirmed : told.released).add(id);
  }
}

async function openSale(file: string): Promise<{ readonly client: Client; readonly token: string }> {
  const client = await openClient({ kind: 'embedded', file }, { actor: 'ada', version: '0' });
  const { value: plan } = await client.call(api.plans.create, { body: { document: saleDocument(ITEMS) } });
  const consent = { confirm: plan.confirmations.map(({ id }) => id) };
  await client.call(api.plans.apply, { params: { id: plan.id }, body: { consent } });
  const { value } = await client.call(api.tokens.create, { body: { name: 'shop', role: 'seller' } });
  return { client, token: value.secret };
}

async function allReservations(client: Client) {
  const all = [];
  const request = { params: { id: SALE }, query: { limit: 1000 } };
  for (let cursor: string | undefined; ; ) {
    const query = cursor === undefined ? request.query : { ...request.query, cursor };
    const { value } = await client.call(api.reservations.list, { ...request, query });
    all.push(...value.items);
    if (value.next === undefined) return all;
    cursor = value.next;
  }
}

function figuresOf({ sent, unanswered, granted, confirmed, released, refused }: Told, seconds: number): string {
  const refusals = [...refused].map(([code, count]) => `${count} ${code}`).join(', ');
  return [
    `${BUYERS} buyers, ${KILLS} kills: ${sent} requests in ${seconds.toFixed(1)} s, ${unanswered} of them unanswered and repeated`,
    `${granted.size} reservations granted, ${confirmed.size} confirmed, ${released.size} released; refused: ${refusals}`,
  ].join('\n');
}

describe('a sale under load', () => {
  it('oversells nothing, loses nothing and counts nothing twice, though it is killed in the middle', {
    timeout: 180_000,
  }, async () => {
    const file = join(temporaryFolder(), 'platform.db');
    const { client, token } = await openSale(file);
    const platform = new KilledPlatform(file);
    await platform.start();
    const agent = new Agent({ connections: BUYERS, pipelining: 1 });
    onTestFinished(async () => {
      await agent.destroy();
      await platform.kill();
      await client.close();
    });
    const told: Told = {
      granted: new Map(),
      confirmed: new Set(),
      released: new Set(),
      refused: new Map(),
      sent: 0,
      unanswered: 0,
    };
    const sale: Sale = { platform, token, agent, told };
    const started = performance.now();
    let open = BUYERS;
    const buyers = Array.from({ length: BUYERS }, (_, number) => buy(sale, number).finally(() => (open -= 1)));
    for (let kill = 1; kill <= KILLS; kill += 1) {
      // Where so many reservations have been granted that it is in the middle of the sale, wherever that is.
      const enough = (kill * BUYERS) / (KILLS + 1);
      while (told.granted.size < enough && open > 0) await pause(5);
      await platform.kill();
      await platform.start();
    }
    await Promise.all(buyers);
    if (process.env['BUYERS'] !== undefined) console.log(figuresOf(told, (performance.now() - started) / 1000));

    const all = await allReservations(client);
    const byId = new Map(all.map((one) => [one.id, one]));
    const taken = all.filter(({ state }) => state === 'held' || state === 'confirmed');
    const unitsBy = (keyOf: (one: (typeof all)[number]) => string) =>
      taken.reduce(
        (sums, one) => sums.set(keyOf(one), (sums.get(keyOf(one)) ?? 0) + one.quantity),
        new Map<string, number>(),
      );

    const sold = unitsBy(({ market, sku }) => `${market}/${sku}`);
    const { value: stock } = await client.call(api.launchStock.get, { params: { id: SALE } });
    for (const { market, items } of stock.markets) {
      for (const { sku, held, confirmed, allocation } of items) {
        expect(held + confirmed, `${market}/${sku}`).toBe(sold.get(`${market}/${sku}`) ?? 0);
        expect(held + confirmed, `${market}/${sku}`).toBeLessThanOrEqual(allocation ?? 0);
      }
    }
    for (const [key, units] of unitsBy(({ buyer, sku }) => `${sku}/${buyer}`)) {
      expect(units, key).toBeLessThanOrEqual(ITEMS[key.split('/')[0] ?? '']?.limitPerBuyer ?? 0);
    }
    // One key is one reservation, however often it was sent; and there is none that nobody was told of.
    for (const [key, ids] of told.granted) expect(ids.size, key).toBe(1);
    const granted = new Set([...told.granted.values()].flatMap((ids) => [...ids]));
    expect(new Set(byId.keys())).toEqual(granted);
    for (const id of told.confirmed) expect(byId.get(id)?.state).toBe('confirmed');
    for (const id of told.released) expect(byId.get(id)?.state).toBe('released');
    // It was a sale: what is scarce went, and those who came too late or too often were told so.
    expect(told.confirmed.size).toBeGreaterThan(0);
    expect([...told.refused.keys()].toSorted()).toEqual(['over-limit', 'sold-out']);
  });
});
