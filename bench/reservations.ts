import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { connect, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { openClient } from '../src/client/index.ts';
import { api } from '../src/contract/operations/index.ts';
import { SALE, saleDocument } from '../test/platform/sale.ts';
import { serveUntilInputEnds, startServed } from './served-process.ts';
import { type Row, rate, table } from './table.ts';

/**
 * Reservations of one sale over HTTP on loopback, the platform in a process of its own, each answered when it is on the
 * disk; against the same transaction issued straight to a SQLite file with the same settings, in one process. Run with
 * `node bench/reservations.ts [COUNT] [BUYERS AT ONCE]`; TMPDIR says on which disk.
 */
const COUNT = Number(process.argv[2] ?? 10_000);
const AT_ONCE = Number(process.argv[3] ?? 128);
/** Of each of the two rounds of the peer, in milliseconds. */
const RAW_ROUND = 1_500;

export interface ReservationFigures {
  /** Reservations a second, straight to SQLite and over HTTP. */
  readonly raw: number;
  readonly ours: number;
  /** Milliseconds from a request to its answer. */
  readonly p50: number;
  readonly p99: number;
}

/** Measures once; see above. */
export async function reservationsBench(): Promise<ReservationFigures> {
  const folder = mkdtempSync(join(tmpdir(), 'storectl-bench-'));
  try {
    const platform = await servedSale(join(folder, 'platform.db'));
    try {
      await reserveAll(platform, Math.ceil(COUNT / 10), 'warm');
      // Before and after: whatever else the machine does meanwhile slows both sides.
      const before = rawRate(join(folder, 'before.db'));
      const started = performance.now();
      const waits = await reserveAll(platform, COUNT, 'buyer');
      const seconds = (performance.now() - started) / 1000;
      const after = rawRate(join(folder, 'after.db'));
      waits.sort((a, b) => a - b);
      const at = (share: number): number => waits[Math.floor(share * (waits.length - 1))] ?? 0;
      return { raw: (before + after) / 2, ours: COUNT / seconds, p50: at(0.5), p99: at(0.99) };
    } finally {
      await platform.stop();
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

const SKUS = ['mi-band', 'mi-headphones', 'mi-power-bank-5000', 'mi-power-bank-10400'];
const TERMS = { allocation: 1_000_000, limitPerBuyer: 2 };

interface ServedSale {
  readonly url: string;
  readonly token: string;
  stop(): Promise<void>;
}

async function servedSale(database: string): Promise<ServedSale> {
  const local = await openClient({ kind: 'embedded', file: database }, { actor: 'bench', version: '0' });
  const document = saleDocument(Object.fromEntries(SKUS.map((sku) => [sku, TERMS])));
  const { value: plan } = await local.call(api.plans.create, { body: { document } });
  const confirm = plan.confirmations.map(({ id }) => id);
  await local.call(api.plans.apply, { params: { id: plan.id }, body: { consent: { confirm } } });
  const { value: token } = await local.call(api.tokens.create, { body: { name: 'shop', role: 'seller' } });
  await local.close();
  const { url, stop } = await startServed(import.meta.filename, database);
  return {
    url,
    token: token.secret,
    stop,
  };
}

/** Each buyer takes one unit; answers how long each waited. */
async function reserveAll({ url, token }: ServedSale, count: number, prefix: string): Promise<number[]> {
  const { hostname, port } = new URL(url);
  const waits: number[] = [];
  let next = 0;
  const buyer = async (): Promise<void> => {
    const socket = connect(Number(port), hostname).setNoDelay(true).setEncoding('latin1');
    await once(socket, 'connect');
    for (let index = next++; index < count; index = next++) {
      const started = performance.now();
      const body = `{"market":"${index % 2 === 0 ? 'us' : 'de'}","sku":"${SKUS[index % SKUS.length]}","buyer":"${prefix}-${index}","quantity":1}`;
      socket.write(
        `POST /v1/launches/${SALE}/reservations HTTP/1.1\r\nhost: ${hostname}\r\nauthorization: Bearer ${token}\r\ncontent-type: application/json\r\nidempotency-key: ${prefix}-${index}\r\ncontent-length: ${body.length}\r\n\r\n${body}`,
      );
      const answer = await wholeAnswer(socket);
      if (!answer.startsWith('HTTP/1.1 201 ')) throw new Error(answer);
      waits.push(performance.now() - started);
    }
    socket.end();
  };
  await Promise.all(Array.from({ length: AT_ONCE }, buyer));
  return waits;
}

/** Read by hand: a client that costs more than the platform would measure itself. */
function wholeAnswer(socket: Socket): Promise<string> {
  const { promise, resolve, reject } = Promise.withResolvers<string>();
  let text = '';
  const onText = (part: string): void => {
    text += part;
    const head = text.indexOf('\r\n\r\n');
    const length = head < 0 ? null : /content-length: (\d+)/i.exec(text)?.[1];
    if (length === null || text.length < head + 4 + Number(length ?? 0)) return;
    socket.off('data', onText).off('close', onClose);
    resolve(text);
  };
  const onClose = (): void => reject(new Error('the platform hung up'));
  socket.on('data', onText).once('close', onClose);
  return promise;
}

/**
 * What the platform does for one reservation, as statements that are prepared: is the key known, how much is taken of
 * the item, how much has the buyer; then the row and the sum. One transaction each, since each is answered by itself.
 */
function rawRate(file: string): number {
  const database = new DatabaseSync(file);
  database.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL');
  database.exec(RAW_SCHEMA);
  const known = database.prepare('SELECT id FROM reservations WHERE actor = ? AND key = ?');
  const units = database.prepare('SELECT held, confirmed FROM units WHERE launch = ? AND market = ? AND sku = ?');
  const ofBuyer = database.prepare(
    "SELECT sum(quantity) AS units FROM reservations WHERE launch = ? AND sku = ? AND buyer = ? AND state IN ('held', 'confirmed')",
  );
  const insert = database.prepare('INSERT INTO reservations VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)');
  const add = database.prepare(
    'INSERT INTO units VALUES (?, ?, ?, 1, 0) ON CONFLICT DO UPDATE SET held = held + excluded.held',
  );
  const started = performance.now();
  let done = 0;
  for (; performance.now() - started < RAW_ROUND; done += 1) {
    const sku = SKUS[done % SKUS.length] ?? '';
    const market = done % 2 === 0 ? 'us' : 'de';
    const key = randomUUID();
    database.exec('BEGIN IMMEDIATE');
    known.get('shop', key);
    units.get(SALE, market, sku);
    ofBuyer.get(SALE, sku, `buyer-${done}`);
    insert.run(randomUUID(), SALE, market, sku, `buyer-${done}`, 1, 'held', 0, 'shop', key);
    add.run(SALE, market, sku);
    database.exec('COMMIT');
  }
  const seconds = (performance.now() - started) / 1000;
  database.close();
  return done / seconds;
}

const RAW_SCHEMA = `
CREATE TABLE reservations (
  id TEXT PRIMARY KEY, launch TEXT NOT NULL, market TEXT NOT NULL, sku TEXT NOT NULL, buyer TEXT NOT NULL,
  quantity INTEGER NOT NULL, state TEXT NOT NULL, expires_at INTEGER NOT NULL, actor TEXT NOT NULL, key TEXT NOT NULL,
  UNIQUE (actor, key)
) STRICT;
CREATE INDEX of_buyer ON reservations (launch, sku, buyer, state);
CREATE INDEX of_state ON reservations (state, launch, market, sku, expires_at, quantity);
CREATE TABLE units (
  launch TEXT NOT NULL, market TEXT NOT NULL, sku TEXT NOT NULL, held INTEGER NOT NULL, confirmed INTEGER NOT NULL,
  PRIMARY KEY (launch, market, sku)
) STRICT, WITHOUT ROWID;
`;

function rowsOf({ raw, ours, p50, p99 }: ReservationFigures): readonly Row[] {
  const waits = `p50 ${p50.toFixed(1)} ms, p99 ${p99.toFixed(1)} ms`;
  return [
    {
      what: `${COUNT.toLocaleString('en')} reservations, ${AT_ONCE} at once (${waits})`,
      ours: rate(ours),
      peer: `${rate(raw)} straight to SQLite`,
      ratio: (ours / raw).toFixed(2),
      bound: '≥ 0.3',
    },
  ];
}

if (import.meta.main) {
  if (process.argv[2] === 'serve') await serveUntilInputEnds(process.argv[3] ?? '');
  else console.log(table(rowsOf(await reservationsBench())));
}
