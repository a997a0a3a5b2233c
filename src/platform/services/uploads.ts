import { setImmediate as nextTurn } from 'node:timers/promises';
import type { api } from '../../contract/operations/index.ts';
import { sha256Lines } from '../digest.ts';
import type { Handler } from '../handler.ts';
import type { PlatformParts } from '../parts.ts';
import type { UploadRow } from '../store/rows.ts';
import { ChunkCutter, type RuleChunk } from '../store/rule-chunks.ts';
import type { ReadTables, Tables } from '../store/store.ts';
import { notFound } from './not-found.ts';
import {
  otherOffset,
  problemsOf,
  requireRunning,
  running,
  shown,
  uploadRow,
  wrong,
  wrongLines,
} from './upload-rows.ts';
import { readUploadedLine, skuIn } from './uploaded-line.ts';

type Operations = (typeof api)['rules'];
type LongOperations = (typeof api)['operations'];

/** Lines of one transaction: a lost connection, or a killed process, costs at most these. */
const BATCH = 20_000;
/** UTF-16 units of lines after which it is committed, however few they are. */
const BATCH_TEXT = 16_000_000;
/** Wrong lines that are told one by one; a file of another kind would otherwise be repeated back whole. */
const MOST_PROBLEMS = 1_000;
/** An upload that nobody touched for this long, in milliseconds, is given up when the next one begins. */
const ABANDONED_AFTER = 7 * 24 * 60 * 60 * 1000;
/** Rules that were uploaded and that no plan and no change set has named for this long, in milliseconds, are forgotten. */
const DRAFT_LIFE = 7 * 24 * 60 * 60 * 1000;
/** Forgotten contents are removed a few at a time, so that no upload has to wait for them. */
const FORGOTTEN_AT_ONCE = 4;

export const beginUpload: Handler<Operations['begin']> = ({ platform, commit }, { query }) =>
  commit(async (tables) => {
    const now = platform.now();
    for (const id of await tables.uploads.abandoned(now - ABANDONED_AFTER))
      await cancel(tables, await running(tables, id), now);
    await tables.rules.forget(now, FORGOTTEN_AT_ONCE);
    const row: UploadRow = {
      id: platform.newId(),
      kind: query.kind,
      state: 'running',
      createdAt: now,
      updatedAt: now,
      received: 0,
      accepted: 0,
      blank: 0,
      problems: '[]',
      tail: '',
      content: null,
    };
    await tables.uploads.insert(row);
    return { value: shown(row) };
  });

export const appendLines: Handler<Operations['append']> = async (call, { params, query, body }) => {
  const { platform } = call;
  let offset = query.offset;
  let batch: string[] = [];
  let text = 0;
  const take = async (tables: Tables) => ({
    value: shown(await append(tables, params.id, offset, batch, platform.now())),
  });
  for await (const block of body) {
    for (const line of block) {
      batch.push(line);
      text += line.length;
      if (batch.length < BATCH && text < BATCH_TEXT) continue;
      await platform.store.write(take);
      offset += batch.length;
      batch = [];
      text = 0;
    }
  }
  return call.commit(take);
};

async function append(
  tables: Tables,
  id: string,
  offset: number,
  lines: readonly string[],
  now: number,
): Promise<UploadRow> {
  const row = await running(tables, id);
  if (row.received !== offset) throw otherOffset(row, offset);
  const cutter = new ChunkCutter(row.tail);
  const chunks: RuleChunk[] = [];
  const problems = [...problemsOf(row)];
  let { accepted, blank } = row;
  let before = await lastSku(tables, row);
  for (const [index, line] of lines.entries()) {
    const read = readUploadedLine(row.kind, line, offset + index + 1, before);
    switch (read.kind) {
      case 'blank':
        blank += 1;
        break;
      case 'problem':
        if (problems.length < MOST_PROBLEMS) problems.push(read.problem);
        break;
      case 'line': {
        accepted += 1;
        before = read.sku;
        const chunk = cutter.push(read.line);
        if (chunk !== null) chunks.push(chunk);
      }
    }
  }
  const position = await tables.uploads.countChunks(id);
  await tables.rules.putChunks(chunks);
  await tables.uploads.addChunks(
    id,
    position,
    chunks.map((chunk) => chunk.hash),
  );
  const next: UploadRow = {
    ...row,
    updatedAt: now,
    received: offset + lines.length,
    accepted,
    blank,
    problems: JSON.stringify(problems),
    tail: cutter.tail,
  };
  await tables.uploads.update(next);
  return next;
}

/** The SKU that the next line has to come after; null where any may come, or where lines have none. */
async function lastSku(tables: ReadTables, { id, kind, tail }: UploadRow): Promise<string | null> {
  if (kind === 'rules') return null;
  if (tail !== '') return skuIn(tail);
  const last = (await tables.uploads.chunks(id)).at(-1);
  return last === undefined ? null : skuIn((await tables.rules.text(last)) ?? '');
}

export const completeUpload: Handler<Operations['complete']> = async ({ platform, commit }, { params }) => {
  // Ahead of the write: of ten million lines it takes seconds, in which others want to write.
  const taken = await takenBy(platform, params.id);
  return commit(async (tables) => {
    const row = await uploadRow(tables, params.id);
    if (row.state === 'succeeded') return { value: shown(row) };
    requireRunning(row);
    if (wrong(row) > 0) throw wrongLines(row);
    if (row.received !== taken.row.received) throw otherOffset(row, taken.row.received);
    const content = taken.digest;
    const chunks = [...(await tables.uploads.chunks(row.id))];
    const last = new ChunkCutter(row.tail).end();
    if (last !== null) {
      await tables.rules.putChunks([last]);
      chunks.push(last.hash);
    }
    const keepUntil = platform.now() + DRAFT_LIFE;
    if ((await tables.rules.count(content)) !== null) await tables.rules.keep([content], keepUntil);
    else await tables.rules.putContent(content, row.accepted, chunks, keepUntil);
    await tables.uploads.releaseChunks(row.id);
    const next: UploadRow = { ...row, state: 'succeeded', updatedAt: platform.now(), tail: '', content };
    await tables.uploads.update(next);
    return { value: shown(next) };
  });
};

/** What an upload has taken, by digest: whoever goes on with it makes sure first that it is sending the same rules. */
export const digestUpload: Handler<Operations['digest']> = async ({ platform }, { params }) => {
  const { row, digest } = await takenBy(platform, params.id);
  requireRunning(row);
  return { value: { received: row.received, accepted: row.accepted, digest } };
};

/** Chunks between two moments at which others get their turn. */
const CHUNKS_AT_ONCE = 64;

/** An upload and the digest of its lines; the empty text's where it has ended. */
async function takenBy(
  { store }: PlatformParts,
  id: string,
): Promise<{ readonly row: UploadRow; readonly digest: string }> {
  const { row, chunks } = await store.read(async (tables) => ({
    row: await uploadRow(tables, id),
    chunks: await tables.uploads.chunks(id),
  }));
  const hash = sha256Lines();
  for (const [index, chunk] of chunks.entries()) {
    const text = await store.read(({ rules }) => rules.text(chunk));
    // Chunks go where the upload ends meanwhile.
    if (text === null) throw notFound('upload', id, 'Begin another one.');
    hash.update(text);
    if (index % CHUNKS_AT_ONCE === CHUNKS_AT_ONCE - 1) await nextTurn();
  }
  hash.update(row.tail);
  return { row, digest: hash.digest() };
}

export const getOperation: Handler<LongOperations['get']> = async ({ platform }, { params }) => {
  const row = await platform.store.read(({ uploads }) => uploads.get(params.id));
  if (row === null) throw notFound('operation', params.id);
  return { value: shown(row) };
};

export const cancelOperation: Handler<LongOperations['cancel']> = ({ platform, commit }, { params }) =>
  commit(async (tables) => {
    const row = await uploadRow(tables, params.id);
    if (row.state === 'cancelled') return { value: shown(row) };
    requireRunning(row);
    return { value: shown(await cancel(tables, row, platform.now())) };
  });

async function cancel(tables: Tables, row: UploadRow, now: number): Promise<UploadRow> {
  const next: UploadRow = { ...row, state: 'cancelled', updatedAt: now, tail: '' };
  await tables.uploads.update(next);
  await tables.uploads.releaseChunks(row.id);
  return next;
}
