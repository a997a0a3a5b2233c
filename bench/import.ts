import { closeSync, mkdtempSync, openSync, rmSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { StreamedRules } from '../src/cli/rules-files/streamed-rules.ts';
import type { Surroundings } from '../src/cli/surroundings.ts';
import { type Client, openClient, uploadLines } from '../src/client/index.ts';
import { api } from '../src/contract/operations/index.ts';
import type { StoredRulesetSpec, SubmittedDocument } from '../src/domain/document/schema.ts';
import { seededRules } from './seeded-rules.ts';
import { serveUntilInputEnds, startServed } from './served-process.ts';
import { type Row, seconds as secondsText, table } from './table.ts';

/**
 * A million rules read from a CSV and brought over HTTP into the SQLite file of a platform in a process of its own,
 * durable when it ends, against the same rows put into the same kind of file by one prepared statement; then a plan that
 * changes one rule in a hundred. Run with `node bench/import.ts [RULES]`.
 */
const RULES = Number(process.argv[2] ?? 1_000_000);
const SITE = 'https://po.co/uk/';

export interface ImportRow {
  readonly name: string;
  readonly seconds: number;
  /** How many times the raw insert's; null where there is nothing to compare it with. */
  readonly ratio: number | null;
  /** What it is to stay under. */
  readonly limit: string;
}

/** Measures once; see above. */
export async function importBench(): Promise<readonly ImportRow[]> {
  const folder = mkdtempSync(join(tmpdir(), 'storectl-bench-'));
  try {
    const { before, after } = writeInputs(folder);
    const raws: number[] = [];
    const measureRaw = () => raws.push(timed(insertRaw(join(folder, `raw-${raws.length}.db`))));
    const { client, stop } = await servedPlatform(folder);
    try {
      // Before, between and after: whatever else the machine does meanwhile slows both sides.
      measureRaw();
      const [first, brought] = await timedAsync(() => bring(client, before));
      measureRaw();
      await apply(client, { ...WORLD, rulesets: { uk: { site: 'uk', rules: first } } });
      const [second, again] = await timedAsync(() => bring(client, after));
      measureRaw();
      const raw = raws.reduce((sum, one) => sum + one, 0) / raws.length;
      const [, planned] = await timedAsync(() =>
        client.call(api.rulesets.put, {
          params: { id: 'uk' },
          query: { dryRun: true },
          ifMatch: '"1"',
          body: { spec: { site: 'uk', rules: second } as StoredRulesetSpec, consent: EVERYTHING },
        }),
      );
      return [
        { name: 'raw insert', seconds: raw, ratio: 1, limit: '' },
        { name: 'import', seconds: brought, ratio: brought / raw, limit: '4 × raw insert' },
        { name: 'import, 1 % changed', seconds: again, ratio: again / raw, limit: '4 × raw insert' },
        { name: 'plan of a 1 % change', seconds: planned, ratio: null, limit: '3 s' },
      ];
    } finally {
      await stop();
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

const EVERYTHING = {
  reason: 'benchmark',
  allowDeletes: true,
  confirm: [],
  overrides: ['rules' as const, 'updates' as const],
};

const WORLD: SubmittedDocument = {
  version: 1,
  markets: { gb: { name: 'United Kingdom', countries: ['GB'], currency: 'GBP', locales: ['en-GB'], timeZone: 'UTC' } },
  sites: {
    uk: { brand: 'poco', market: 'gb', role: 'legacy', urls: [SITE] },
    mi: { brand: 'xiaomi', market: 'gb', role: 'unified', urls: ['https://www.mi.com/global/'] },
  },
};

/** The faults of the generator are for the linter; here every rule is one that a plan lets through. */
function* rows(changed: boolean): Generator<{ readonly from: string; readonly to: string; readonly status: number }> {
  let index = 0;
  for (const { from, to, status, faulty } of seededRules(RULES)) {
    if (faulty) continue;
    const path = from.slice(from.indexOf('/') + 1).replace(/^uk\//, '');
    const moved = changed && index % 100 === 0 && to !== '';
    yield { from: `/uk/${index}/${path.replace('?', '/')}`, to: moved ? `${to}new/` : to, status };
    index += 1;
  }
}

function writeInputs(folder: string): { readonly before: string; readonly after: string } {
  const write = (name: string, changed: boolean): string => {
    const file = openSync(join(folder, name), 'w');
    let text = 'from,to,status\n';
    for (const { from, to, status } of rows(changed)) {
      text += `${from},${to},${status}\n`;
      if (text.length < 1 << 20) continue;
      writeSync(file, text);
      text = '';
    }
    writeSync(file, text);
    closeSync(file);
    return join(folder, name);
  };
  return { before: write('before.csv', false), after: write('after.csv', true) };
}

/** The same rows, ready in memory, one statement each, in one transaction: what no import can be faster than. */
function insertRaw(file: string): () => void {
  const ready = [...rows(false)];
  return () => {
    const database = new DatabaseSync(file);
    database.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL');
    database.exec(
      'CREATE TABLE rules (position INTEGER PRIMARY KEY, source TEXT NOT NULL, target TEXT, status INTEGER) STRICT',
    );
    const insert = database.prepare('INSERT INTO rules VALUES (?, ?, ?, ?)');
    database.exec('BEGIN');
    for (const [position, { from, to, status }] of ready.entries()) insert.run(position, from, to, status);
    database.exec('COMMIT');
    database.close();
  };
}

function timed(work: () => void): number {
  const started = performance.now();
  work();
  return (performance.now() - started) / 1000;
}

async function timedAsync<T>(work: () => Promise<T>): Promise<[T, number]> {
  const started = performance.now();
  const value = await work();
  return [value, (performance.now() - started) / 1000];
}

/** Reads and uploads a file as `redirects import` does. */
function bring(client: Client, file: string) {
  const source = new StreamedRules({ cwd: '/' } as Surroundings, { files: [file], skipInvalid: false });
  return uploadLines(client, source.lines());
}

async function apply(client: Client, document: SubmittedDocument): Promise<void> {
  const { value: plan } = await client.call(api.plans.create, { body: { document } });
  await client.call(api.plans.apply, {
    params: { id: plan.id },
    body: { consent: { ...EVERYTHING, confirm: plan.confirmations.map(({ id }) => id) } },
  });
}

/** A platform in a process of its own, as it is where imports are large. */
async function servedPlatform(folder: string): Promise<{ readonly client: Client; stop(): Promise<void> }> {
  const database = join(folder, 'platform.db');
  const local = await openClient({ kind: 'embedded', file: database }, { actor: 'bench', version: '0' });
  const { value: token } = await local.call(api.tokens.create, { body: { name: 'bench', role: 'admin' } });
  await local.close();
  const { url, stop } = await startServed(import.meta.filename, database);
  const client = await openClient(
    { kind: 'remote', url, token: token.secret },
    { actor: 'bench', version: '0', timeout: 120_000 },
  );
  return {
    client,
    async stop() {
      await client.close();
      await stop();
    },
  };
}

if (import.meta.main) {
  if (process.argv[2] === 'serve') await serveUntilInputEnds(process.argv[3] ?? '');
  else console.log(table(rowsBesideRaw(await importBench())));
}

function rowsBesideRaw([raw, ...others]: readonly ImportRow[]): readonly Row[] {
  const time = (value: number): string => secondsText(value * 1000);
  return others.map(({ name, seconds, ratio, limit }) => ({
    what: `${name}, ${RULES.toLocaleString('en')} rules`,
    ours: time(seconds),
    peer: raw === undefined || ratio === null ? '–' : `${time(raw.seconds)} ${raw.name}`,
    ratio: ratio === null ? '–' : ratio.toFixed(2),
    bound: limit === '' ? '–' : `≤ ${limit}`,
  }));
}
