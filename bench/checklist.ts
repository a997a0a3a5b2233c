import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { type Client, openClient, uploadContent } from '../src/client/index.ts';
import { api } from '../src/contract/operations/index.ts';
import { CHECKS } from '../src/domain/checklists/checks.ts';
import type { ProductLine } from '../src/domain/document/catalog-schema.ts';
import { bySku, skuLineText } from '../src/domain/document/content-lines.ts';
import type { SubmittedDocument } from '../src/domain/document/schema.ts';
import { type Row, table } from './table.ts';

/**
 * How long the platform takes for a launch's checklist of 40 items, in a world of 250 markets and 200,000 products: the
 * first one that a process is asked for, those after it, and those after somebody has signed; in processor time, but for
 * the signatures themselves. Beside it, the products that are looked at, read one by one from a plain SQLite table and
 * parsed.
 */
const MARKETS = 250;
const PRODUCTS = 200_000;
const ITEMS = 40;
const ROUNDS = 200;
const WRITES = 30;

const ZONES = ['Europe/London', 'Europe/Paris', 'Asia/Kolkata', 'America/New_York', 'Asia/Tokyo'];
const SOLD = Array.from({ length: 40 }, (_, i) => `sku-${i * 4_999}`);

const folder = mkdtempSync(join(tmpdir(), 'storectl-bench-'));
try {
  const file = join(folder, 'platform.db');
  await bring(file);
  const raw = rawReads(join(folder, 'raw.db'));
  const rows = [
    ...(await measured(file, 'small', '4 markets × 4 products', raw)),
    ...(await measured(file, 'large', `${MARKETS} markets × ${SOLD.length} products`, raw)),
  ];
  console.log(table(rows));
} finally {
  rmSync(folder, { recursive: true, force: true });
}

async function measured(file: string, launch: string, size: string, raw: number): Promise<readonly Row[]> {
  const client = await open(file);
  const ask = async (): Promise<number> => {
    const started = process.cpuUsage();
    const { value } = await client.call(api.launchChecklists.get, { params: { id: launch }, query: {} });
    const milliseconds = cpuSince(started);
    const failed = value.items.filter(({ state }) => state === 'failed').map(({ item }) => item);
    if (value.items.length !== ITEMS || failed.length > 0) throw new Error(`${failed.join(', ')} of ${launch} failed`);
    return milliseconds;
  };
  const row = (what: string, milliseconds: number, bound = '–'): Row => ({
    what: `${ITEMS} items, ${size}: ${what}`,
    ours: ms(milliseconds),
    peer: `${ms(raw)} reading 40 products`,
    ratio: (milliseconds / raw).toFixed(1),
    bound,
  });
  const first = await ask();
  const warm = await times(ROUNDS, ask);
  const signed = await times(WRITES, () => sign(client, launch));
  const after = await times(WRITES, async () => {
    await sign(client, launch);
    return ask();
  });
  await client.close();
  return [
    row('the first of a process', first, '≤ 100 ms'),
    row('p50', quantile(warm, 0.5)),
    row('p99', quantile(warm, 0.99), '≤ 100 ms'),
    row('p99 after somebody signed', quantile(after, 0.99), '≤ 100 ms'),
    row('a signature, durable, p50 on the clock', quantile(signed, 0.5)),
  ];
}

async function sign(client: Client, launch: string): Promise<number> {
  const started = performance.now();
  const body = { note: `round ${started}` };
  await client.call(api.launchChecklists.sign, { params: { id: launch, item: 'item-0' }, query: {}, body });
  return performance.now() - started;
}

async function times(count: number, work: () => Promise<number>): Promise<readonly number[]> {
  const taken: number[] = [];
  for (let i = 0; i < count; i += 1) taken.push(await work());
  return taken.toSorted((a, b) => a - b);
}

function quantile(sorted: readonly number[], share: number): number {
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0;
}

/** Milliseconds of processor time, collection of garbage included: neighbours on the machine make none of it. */
function cpuSince(started: NodeJS.CpuUsage): number {
  const { user, system } = process.cpuUsage(started);
  return (user + system) / 1000;
}

function ms(milliseconds: number): string {
  return `${milliseconds.toFixed(1)} ms`;
}

function open(file: string): Promise<Client> {
  return openClient({ kind: 'embedded', file }, { actor: 'bench', version: '0' });
}

async function bring(file: string): Promise<void> {
  const client = await open(file);
  const items = await uploadContent(client, 'products', productLines().map(skuLineText));
  const body = { document: documentOf(items) };
  const { value: plan } = await client.call(api.plans.create, { body, idempotencyKey: randomUUID() });
  await client.call(api.plans.apply, { params: { id: plan.id }, body: {} });
  await client.close();
}

function productLines(): readonly ProductLine[] {
  const stock = Object.fromEntries(Array.from({ length: MARKETS }, (_, i) => [`market-${i}`, 1_000]));
  const sold = new Set(SOLD);
  return Array.from({ length: PRODUCTS }, (_, i): ProductLine => {
    const sku = `sku-${i}`;
    const product = { sku, title: `Product number ${i}`, category: 'audio/headphones', locales: ['en'] };
    return sold.has(sku) ? { ...product, stock } : product;
  }).toSorted(bySku);
}

function documentOf(products: { readonly content: string; readonly count: number }): SubmittedDocument {
  const ids = Array.from({ length: MARKETS }, (_, i) => `market-${i}`);
  const byMarket = <T>(entry: (market: string, i: number) => T) =>
    Object.fromEntries(ids.map((id, i) => [id, entry(id, i)]));
  const launch = (markets: string[], skus: readonly string[]) => ({
    kind: 'flash-sale' as const,
    markets,
    startsAt: '2097-05-19T11:00Z',
    endsAt: '2097-05-20T11:00Z',
    items: Object.fromEntries(skus.map((sku) => [sku, { allocation: 100, limitPerBuyer: 2, price: '14.99 EUR' }])),
    checklist: 'forty',
  });
  return {
    version: 1,
    markets: byMarket((id, i) => ({
      name: id,
      countries: [],
      currency: 'EUR',
      locales: ['en'],
      timeZone: ZONES[i % ZONES.length] ?? 'UTC',
    })),
    sites: byMarket((id, i) => ({ brand: 'mi', market: id, role: 'unified', urls: [`https://www.mi.com/m${i}/`] })),
    products: { all: { items: products } },
    catalogs: byMarket((id) => ({ market: id, mode: 'accessories-only' as const })),
    certifications: { ce: { title: 'CE', markets: ids, skus: [...SOLD] } },
    serviceLevels: byMarket((id) => ({
      market: id,
      paymentMethods: ['credit-card'],
      delivery: { workingDays: 7 },
      duties: 'included' as const,
      returns: { days: 14, atCostOf: 'buyer' as const },
      warrantyMonths: 12,
    })),
    checklists: {
      forty: {
        items: {
          ...Object.fromEntries(CHECKS.map((check) => [check, { check }])),
          ...Object.fromEntries(
            Array.from({ length: ITEMS - CHECKS.length }, (_, i) => [
              `item-${i}`,
              { title: `Item ${i}`, validForDays: 14 },
            ]),
          ),
        },
      },
    },
    launches: {
      small: launch(ids.slice(0, 4), SOLD.slice(0, 4)),
      // Not at the same time: one product is in one launch at a time.
      large: { ...launch(ids, SOLD), startsAt: '2097-06-19T11:00Z', endsAt: '2097-06-20T11:00Z' },
    },
  };
}

/** Milliseconds for the products of the large launch, each by its key: the median of many rounds. */
function rawReads(file: string): number {
  const database = new DatabaseSync(file);
  database.exec('CREATE TABLE products (sku TEXT PRIMARY KEY, body TEXT) STRICT');
  const insert = database.prepare('INSERT INTO products VALUES (?, ?)');
  database.exec('BEGIN');
  for (const line of productLines()) insert.run(line.sku, skuLineText(line));
  database.exec('COMMIT');
  const read = database.prepare('SELECT body FROM products WHERE sku = ?');
  const taken: number[] = [];
  for (let round = 0; round < ROUNDS; round += 1) {
    const started = process.cpuUsage();
    for (const sku of SOLD) JSON.parse(String(read.get(sku)?.['body']));
    taken.push(cpuSince(started));
  }
  database.close();
  return quantile(
    taken.toSorted((a, b) => a - b),
    0.5,
  );
}
