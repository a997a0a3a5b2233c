import type { api } from '../../contract/operations/index.ts';
import type { LongOperation } from '../../contract/shapes.ts';
import { ruleLine } from '../../domain/document/rule-lines.ts';
import { EXIT, Failure, type Problem } from '../../domain/failure.ts';
import { sha256Lines } from '../digest.ts';
import type { Handler } from '../handler.ts';
import type { UploadRow } from '../store/rows.ts';
import { ChunkCutter, type RuleChunk } from '../store/rule-chunks.ts';
import type { Tables } from '../store/store.ts';
import { storedList } from '../store/store-damage.ts';
import { notFound } from './not-found.ts';
import { type LineProblem, readUploadedLine } from './uploaded-line.ts';

type Operations = (typeof api)['rules'];
type LongOperations = (typeof api)['operations'];

/** Lines of one transaction: a lost connection, or a killed process, costs at most these. */
const BATCH = 5_000;
/** Wrong lines that are told one by one; a file of another kind would otherwise be repeated back whole. */
const MOST_PROBLEMS = 1_000;
/** An upload that nobody touched for this long, in milliseconds, is given up when the next one begins. */
const ABANDONED_AFTER = 7 * 24 * 60 * 60 * 1000;

export const beginUpload: Handler<Operations['begin']> = ({ platform, commit }) =>
  commit(async (tables) => {
    const now = platform.now();
    for (const id of await tables.uploads.abandoned(now - ABANDONED_AFTER))
      await cancel(tables, await running(tables, id), now);
    const row: UploadRow = {
      id: platform.newId(),
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
  let batch: unknown[] = [];
  const take = async (tables: Tables) => ({
    value: shown(await append(tables, params.id, offset, batch, platform.now())),
  });
  for await (const line of body) {
    batch.push(line);
    if (batch.length < BATCH) continue;
    await platform.store.write(take);
    offset += batch.length;
    batch = [];
  }
  return call.commit(take);
};

async function append(
  tables: Tables,
  id: string,
  offset: number,
  lines: readonly unknown[],
  now: number,
): Promise<UploadRow> {
  const row = await running(tables, id);
  if (row.received !== offset) throw otherOffset(row, offset);
  const cutter = new ChunkCutter(row.tail);
  const chunks: RuleChunk[] = [];
  const problems = [...problemsOf(row)];
  let { accepted, blank } = row;
  for (const [index, line] of lines.entries()) {
    const read = readUploadedLine(line, offset + index + 1);
    switch (read.kind) {
      case 'blank':
        blank += 1;
        break;
      case 'problem':
        if (problems.length < MOST_PROBLEMS) problems.push(read.problem);
        break;
      case 'rule': {
        accepted += 1;
        const chunk = cutter.push(ruleLine(read.rule));
        if (chunk !== null) chunks.push(chunk);
      }
    }
  }
  const position = (await tables.uploads.chunks(id)).length;
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

export const completeUpload: Handler<Operations['complete']> = ({ platform, commit }, { params }) =>
  commit(async (tables) => {
    const row = await upload(tables, params.id);
    if (row.state === 'succeeded') return { value: shown(row) };
    requireRunning(row);
    if (wrong(row) > 0) throw wrongLines(row);
    const chunks = [...(await tables.uploads.chunks(row.id))];
    const last = new ChunkCutter(row.tail).end();
    if (last !== null) {
      await tables.rules.putChunks([last]);
      chunks.push(last.hash);
    }
    const hash = sha256Lines();
    for (const chunk of chunks) hash.update((await tables.rules.text(chunk)) ?? '');
    const content = hash.digest();
    if ((await tables.rules.count(content)) === null) await tables.rules.putContent(content, row.accepted, chunks);
    await tables.uploads.releaseChunks(row.id);
    const next: UploadRow = { ...row, state: 'succeeded', updatedAt: platform.now(), tail: '', content };
    await tables.uploads.update(next);
    return { value: shown(next) };
  });

export const getOperation: Handler<LongOperations['get']> = async ({ platform }, { params }) => {
  const row = await platform.store.read(({ uploads }) => uploads.get(params.id));
  if (row === null) throw notFound('operation', params.id);
  return { value: shown(row) };
};

export const cancelOperation: Handler<LongOperations['cancel']> = ({ platform, commit }, { params }) =>
  commit(async (tables) => {
    const row = await upload(tables, params.id);
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

async function upload(tables: Tables, id: string): Promise<UploadRow> {
  const row = await tables.uploads.get(id);
  if (row === null) throw notFound('operation', id);
  return row;
}

async function running(tables: Tables, id: string): Promise<UploadRow> {
  const row = await upload(tables, id);
  requireRunning(row);
  return row;
}

function requireRunning(row: UploadRow): void {
  if (row.state === 'running') return;
  throw new Failure({
    code: 'operation-ended',
    exit: EXIT.usage,
    message: `Operation ${row.id} has ${row.state === 'cancelled' ? 'been cancelled' : 'succeeded'} already.`,
    remedy: 'Begin another upload.',
    details: { operation: row.id, state: row.state },
  });
}

function otherOffset(row: UploadRow, offset: number): Failure {
  return new Failure({
    code: 'upload-offset',
    exit: EXIT.unavailable,
    message: `The upload has ${row.received} lines and goes on there; these lines begin at ${offset}.`,
    remedy: `Send the lines from ${row.received} on.`,
    details: { operation: row.id, received: row.received, offset },
  });
}

function problemsOf({ id, problems }: UploadRow): readonly LineProblem[] {
  return storedList(problems, `upload ${id}`) as readonly LineProblem[];
}

function wrong({ received, accepted, blank }: UploadRow): number {
  return received - accepted - blank;
}

function wrongLines(row: UploadRow): Failure {
  const count = wrong(row);
  const problems = problemsOf(row).map(
    ({ line, message }): Problem => ({ code: 'invalid-rule', severity: 'error', message, place: { line } }),
  );
  return new Failure({
    code: 'invalid-document',
    exit: EXIT.usage,
    message: `${count} of the ${row.received} lines are no rules; the first is line ${problems[0]?.place?.line}.`,
    remedy: 'Correct the lines and upload them all again.',
    details: { problems, count },
  });
}

function shown(row: UploadRow): LongOperation {
  const { id, state, createdAt, updatedAt, received, accepted, content } = row;
  return {
    id,
    kind: 'rules-upload',
    state,
    createdAt,
    updatedAt,
    progress: { received },
    problems: problemsOf(row),
    result: content === null ? null : { content, count: accepted },
  };
}
