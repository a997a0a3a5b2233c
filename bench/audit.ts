import { spawnSync } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { type Client, openClient, uploadContent } from '../src/client/index.ts';
import { api } from '../src/contract/operations/index.ts';
import { shippedTaxonomy } from '../src/domain/catalogs/taxonomy.ts';
import type { ContentReference, ListingLine, ProductLine } from '../src/domain/document/catalog-schema.ts';
import { bySku, skuLineText } from '../src/domain/document/content-lines.ts';
import type { SubmittedDocument } from '../src/domain/document/schema.ts';
import { megabytes, type Row, seconds, table } from './table.ts';

/**
 * Bringing 200,000 products and 1,000,000 listings of 250 markets to the embedded platform, and proving every one of
 * them against its market's policy, in a process of its own. Beside it, all of the lines read from a plain SQLite file
 * and parsed: no audit that looks at each of them can be faster than that.
 */
const MARKETS = 250;
const PRODUCTS = 200_000;
const LISTINGS = 1_000_000;
/** One product in this many is a bundle. */
const BUNDLE = 20;
/** How deep bundles are nested. */
const DEPTH = 5;

const ZONES = ['Europe/London', 'Europe/Paris', 'Asia/Kolkata', 'America/New_York', 'Asia/Tokyo'];

const CATEGORIES = [...shippedTaxonomy()];
const ACCESSORIES = CATEGORIES.filter(([, { accessory }]) => accessory).map(([path]) => path);
const OTHERS = CATEGORIES.filter(([, { accessory }]) => !accessory).map(([path]) => path);

interface Audited {
  readonly milliseconds: number;
  readonly listings: number;
  readonly findings: number;
  /** Bytes. */
  readonly peak: number;
}

const [role, file = ''] = process.argv.slice(2);
if (role === 'audit') console.log(JSON.stringify(await audit(file)));
else if (role === 'read') console.log(JSON.stringify(readLines(file)));
else await compare();

async function compare(): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'storectl-bench-'));
  try {
    const platform = join(folder, 'platform.db');
    const imported = await bring(platform);
    const raw = inOwnProcess<{ readonly milliseconds: number }>('read', rawFile(folder)).milliseconds;
    const audited = inOwnProcess<Audited>('audit', platform);
    if (audited.listings !== LISTINGS || audited.findings !== 0) throw new Error('the audit is not what was brought');
    const row = (what: string, milliseconds: number, bound = '–'): Row => ({
      what,
      ours: seconds(milliseconds),
      peer: `${seconds(raw)} reading and parsing`,
      ratio: (milliseconds / raw).toFixed(1),
      bound,
    });
    console.log(
      table([
        row(`${PRODUCTS.toLocaleString('en')} products brought`, imported.products),
        row(`${LISTINGS.toLocaleString('en')} listings of ${MARKETS} catalogs brought`, imported.listings),
        row('plan of those', imported.plan),
        row('apply', imported.apply),
        row('audit of all of them', audited.milliseconds, '≤ 10 s'),
        { what: 'peak memory of the audit', ours: megabytes(audited.peak), peer: '–', ratio: '–', bound: '≤ 800 MB' },
      ]),
    );
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function inOwnProcess<T>(what: string, of: string): T {
  const { status, stdout, stderr } = spawnSync(process.execPath, [import.meta.filename, what, of], {
    encoding: 'utf8',
  });
  if (status !== 0) throw new Error(stderr);
  return JSON.parse(stdout) as T;
}

/** A platform that is opened for this alone, as a command line does it. */
async function audit(platform: string): Promise<Audited> {
  const started = performance.now();
  const client = await open(platform);
  const { value } = await client.call(api.catalogPolicies.audit);
  let [listings, findings] = [0, 0];
  for await (const line of value) {
    if (line.kind === 'finding') findings += 1;
    else listings = line.listings;
  }
  await client.close();
  const milliseconds = performance.now() - started;
  return { milliseconds, listings, findings, peak: process.resourceUsage().maxRSS * 1024 };
}

function open(platform: string): Promise<Client> {
  return openClient({ kind: 'embedded', file: platform }, { actor: 'bench', version: '0' });
}

async function bring(platform: string) {
  const client = await open(platform);
  const clock = stopwatch();
  const products = await uploadContent(client, 'products', productLines().map(skuLineText));
  const productsTook = clock();
  const listings: ContentReference[] = [];
  for (let market = 0; market < MARKETS; market += 1) {
    listings.push(await uploadContent(client, 'listings', listingLines(market).map(skuLineText)));
  }
  const listingsTook = clock();
  const body = { document: documentOf(products, listings) };
  const { value: plan } = await client.call(api.plans.create, { body, idempotencyKey: randomUUID() });
  const planTook = clock();
  await client.call(api.plans.apply, { params: { id: plan.id }, body: {} });
  const applyTook = clock();
  await client.close();
  return { products: productsTook, listings: listingsTook, plan: planTook, apply: applyTook };
}

/** Milliseconds since it was asked last. */
function stopwatch(): () => number {
  let last = performance.now();
  return () => {
    const [before, now] = [last, performance.now()];
    last = now;
    return now - before;
  };
}

/** Even numbers are accessories, and every tenth of those is a bundle of others, up to five deep. */
function productLines(): readonly ProductLine[] {
  return Array.from({ length: PRODUCTS }, (_, i): ProductLine => {
    const product = { sku: `sku-${i}`, title: `Product number ${i}` };
    if (i % BUNDLE !== 0 || i === 0) {
      const categories = i % 2 === 0 ? ACCESSORIES : OTHERS;
      return { ...product, category: categories[i % categories.length] ?? '' };
    }
    const nested = (i / BUNDLE) % DEPTH === 0 ? {} : { [`sku-${i - BUNDLE}`]: 2 };
    return { ...product, category: 'bundles', components: { [`sku-${i - 2}`]: 1, ...nested } };
  }).toSorted(bySku);
}

/** Every other market sells everything, the others accessories only. */
function listingLines(market: number): readonly ListingLine[] {
  return Array.from({ length: LISTINGS / MARKETS }, (_, i): ListingLine => {
    const any = (market * 97 + i * 49) % PRODUCTS;
    const accessory = 2 * ((market * 97 + i * 25) % (PRODUCTS / 2));
    return { sku: `sku-${sellsEverything(market) ? any : accessory}`, price: `${(i % 900) + 1}.99 EUR` };
  }).toSorted(bySku);
}

function sellsEverything(market: number): boolean {
  return market % 2 === 0;
}

function documentOf(products: ContentReference, listings: readonly ContentReference[]): SubmittedDocument {
  const markets = listings.map((_, i) => `market-${i}`);
  return {
    version: 1,
    markets: Object.fromEntries(
      markets.map((id, i) => [
        id,
        { name: id, countries: [], currency: 'EUR', locales: ['en'], timeZone: ZONES[i % ZONES.length] ?? 'UTC' },
      ]),
    ),
    products: { all: { items: products } },
    catalogs: Object.fromEntries(
      markets.map((market, i) => [
        market,
        { market, mode: sellsEverything(i) ? 'full' : 'accessories-only', listings: listings[i] },
      ]),
    ),
  };
}

/** The same lines in a plain file: one text of 1,000 lines a row, as whoever wanted them quickly would keep them. */
function rawFile(folder: string): string {
  const path = join(folder, 'raw.db');
  const database = new DatabaseSync(path);
  database.exec('CREATE TABLE lines (id INTEGER PRIMARY KEY, text TEXT) STRICT; BEGIN');
  const insert = database.prepare('INSERT INTO lines (text) VALUES (?)');
  const put = (lines: readonly (ProductLine | ListingLine)[]): void => {
    for (let at = 0; at < lines.length; at += 1_000)
      insert.run(
        lines
          .slice(at, at + 1_000)
          .map(skuLineText)
          .join('\n'),
      );
  };
  put(productLines());
  for (let market = 0; market < MARKETS; market += 1) put(listingLines(market));
  database.exec('COMMIT');
  database.close();
  return path;
}

function readLines(path: string): { readonly milliseconds: number; readonly lines: number } {
  const started = performance.now();
  const database = new DatabaseSync(path);
  let lines = 0;
  for (const row of database.prepare('SELECT text FROM lines ORDER BY id').iterate()) {
    for (const line of String(row['text']).split('\n')) if (JSON.parse(line) !== null) lines += 1;
  }
  database.close();
  return { milliseconds: performance.now() - started, lines };
}
