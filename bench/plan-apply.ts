import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { type Client, openClient, rulesCarrier } from '../src/client/index.ts';
import { api } from '../src/contract/operations/index.ts';
import { ruleLine } from '../src/domain/document/rule-lines.ts';
import type { RuleSpec, SubmittedDocument } from '../src/domain/document/schema.ts';
import { megabytes, type Row, seconds, table } from './table.ts';

/**
 * Planning and applying, on the embedded platform and an empty file, a document of 250 markets, 2,000 sites and
 * 100,000 rules; beside it the same rows put into the same kind of file by one prepared statement each.
 */
const MARKETS = 250;
const SITES = 2_000;
const RULESETS = 1_000;
const RULES = 100_000;
const ZONES = ['Europe/London', 'Europe/Paris', 'Asia/Kolkata', 'America/New_York', 'Asia/Tokyo'];

const folder = mkdtempSync(join(tmpdir(), 'storectl-bench-'));
try {
  const raw = rawBaseline(join(folder, 'raw.db'));
  const started = performance.now();
  const client = await openClient(
    { kind: 'embedded', file: join(folder, 'platform.db') },
    { actor: 'bench', version: '0' },
  );
  const document = await benchDocument(client);
  const uploaded = performance.now();
  const { value: plan } = await client.call(api.plans.create, { body: { document }, idempotencyKey: randomUUID() });
  const planned = performance.now();
  await client.call(api.plans.apply, { params: { id: plan.id }, body: {} });
  const applied = performance.now();
  await client.close();

  const row = (what: string, milliseconds: number, bound = '–'): Row => ({
    what,
    ours: seconds(milliseconds),
    peer: `${seconds(raw)} raw inserts`,
    ratio: (milliseconds / raw).toFixed(1),
    bound,
  });
  const memory = megabytes(process.resourceUsage().maxRSS * 1024);
  console.log(
    table([
      row(`${RULES.toLocaleString('en')} rules brought`, uploaded - started),
      row(`plan of ${MARKETS} markets, ${SITES.toLocaleString('en')} sites and those`, planned - uploaded),
      row('apply', applied - planned),
      row('all of it', applied - started, '≤ 10 s'),
      { what: 'peak memory of that', ours: memory, peer: '–', ratio: '–', bound: '≤ 500 MB' },
    ]),
  );
} finally {
  rmSync(folder, { recursive: true, force: true });
}

function rulesOf(ruleset: number): readonly RuleSpec[] {
  return Array.from({ length: RULES / RULESETS }, (_, index) => {
    const number = ruleset * (RULES / RULESETS) + index;
    return index % 10 === 0
      ? { from: `/m${ruleset}/section-${number}/*`, to: `https://www.mi.com/global/section-${number}/:splat` }
      : {
          from: `/m${ruleset}/phones/model-${number}`,
          to: `https://www.mi.com/global/phones/model-${number}`,
          status: 301,
        };
  });
}

async function benchDocument(client: Client): Promise<SubmittedDocument> {
  const names = (count: number, name: (index: number) => string) => Array.from({ length: count }, (_, i) => name(i));
  const legacy = names(SITES - 1, (i) => `site-${i}`);
  const carry = rulesCarrier(client);
  const rulesets: NonNullable<SubmittedDocument['rulesets']> = {};
  for (let i = 0; i < RULESETS; i += 1) {
    rulesets[`site-${i}`] = { site: `site-${i}`, rules: await carry(rulesOf(i)) };
  }
  return {
    version: 1,
    markets: Object.fromEntries(
      names(MARKETS, (i) => `market-${i}`).map((id, i) => [
        id,
        { name: id, countries: [], currency: 'EUR', locales: ['en'], timeZone: ZONES[i % ZONES.length] ?? 'UTC' },
      ]),
    ),
    sites: {
      'mi-global': { brand: 'xiaomi', market: 'market-0', role: 'unified', urls: ['https://www.mi.com/global/'] },
      ...Object.fromEntries(
        legacy.map((id, i) => [
          id,
          {
            brand: 'poco',
            market: `market-${i % MARKETS}`,
            role: 'legacy' as const,
            urls: [`https://shop${i}.po.co/m${i}/`],
          },
        ]),
      ),
    },
    shutdowns: Object.fromEntries(
      names(20, (i) => `wave-${i}`).map((id, i) => [
        id,
        {
          title: id,
          sites: legacy.filter((_, site) => site % 20 === i),
          into: 'mi-global',
          freeze: 'start of 2097-10-21',
          dark: 'end of 2097-12-31',
          redirectsUntil: 'end of 2099-12-31',
        },
      ]),
    ),
    rulesets,
  };
}

/** The same rows, one statement each, in one transaction: what no platform can be faster than. */
function rawBaseline(file: string): number {
  const lines = Array.from({ length: RULESETS }, (_, i) => rulesOf(i).map(ruleLine)).flat();
  const started = performance.now();
  const database = new DatabaseSync(file);
  database.exec(
    'PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; CREATE TABLE rows (id TEXT PRIMARY KEY, body TEXT) STRICT',
  );
  const insert = database.prepare('INSERT INTO rows VALUES (?, ?)');
  database.exec('BEGIN');
  for (const [index, line] of lines.entries()) insert.run(`rule-${index}`, line);
  for (let index = 0; index < MARKETS + SITES + RULESETS; index += 1)
    insert.run(`resource-${index}`, '{"name":"resource"}');
  database.exec('COMMIT');
  database.close();
  return performance.now() - started;
}
