import { createHash } from 'node:crypto';
import type { LineBlocks } from '../contract/operation.ts';
import { api } from '../contract/operations/index.ts';
import type { LongOperation } from '../contract/shapes.ts';
import type { RulesReference } from '../domain/document/schema.ts';
import { EXIT, Failure, type Problem } from '../domain/failure.ts';
import type { Client } from './client.ts';
import { attemptsAfter, type Pause } from './retry.ts';
import { stopwatch } from './stopwatch.ts';

/** What is brought: rules unless told. */
export type UploadKind = 'rules' | 'products' | 'listings';

export interface UploadLinesOptions {
  readonly kind?: UploadKind | undefined;
  /** The id of an upload that was interrupted: what it has taken is not sent again. */
  readonly resume?: string | undefined;
  /** Told the upload's id before anything is sent; `standsAt` is how many lines it has already. */
  readonly onUpload?: (id: string, standsAt: number) => Promise<void> | void;
  /** Lines that the platform has taken. */
  readonly onProgress?: (received: number) => void;
  /** Told that the platform went away, and that it is waited for. */
  readonly onWaiting?: ((message: string) => void) | undefined;
  /** How to wait; a timer unless told. */
  readonly pause?: Pause | undefined;
}

/** Lines of one request: what a lost connection costs at most, and what fits every proxy's limits. */
const BATCH = 20_000;
/** UTF-16 units of lines after which they are sent, however few they are. */
const BATCH_TEXT = 8_000_000;
/** Times that one upload is taken up again after a lost connection without any progress in between. */
const RESUMES = 5;
/**
 * Milliseconds that an upload waits for a platform that went away while it was under way: one that is started anew, or a
 * network that changes, is back by then.
 */
const WAITS_FOR = 30_000;
const BETWEEN = 1_000;

/**
 * Brings canonical lines to a platform in constant memory and gives the reference that an entry names them by. The
 * next lines are read while the last ones travel; a lost connection goes on where the platform stands.
 *
 * @throws Failure `upload-differs` where the interrupted upload began with other lines, `invalid-document` with the
 * number of every line that the platform does not take, and whatever reading the lines throws
 */
export async function uploadLines(
  client: Client,
  blocks: LineBlocks,
  { kind = 'rules', resume, onUpload, onProgress, onWaiting, pause }: UploadLinesOptions = {},
): Promise<RulesReference> {
  const patiently = patience({ onWaiting, pause });
  const before = resume === undefined ? null : await standing(client, resume);
  const id = before?.id ?? (await client.call(api.rules.begin, { query: { kind } })).value.id;
  await onUpload?.(id, before?.received ?? 0);
  const hash = createHash('sha256');
  let count = 0;
  let travelling: Promise<void> = Promise.resolve();
  try {
    for await (const batch of batched(blocks)) {
      const known = Math.min(batch.length, Math.max(0, (before?.received ?? 0) - count));
      update(hash, batch.slice(0, known));
      count += known;
      if (before !== null && known > 0 && count === before.received) requireSame(before, hash.copy().digest('hex'));
      if (known === batch.length) continue;
      const lines = known === 0 ? batch : batch.slice(known);
      update(hash, lines);
      await travelling;
      travelling = send(client, { id, lines, offset: count, onProgress, patiently });
      // Told where it is waited for; meanwhile it is no unhandled rejection.
      travelling.catch(() => {});
      count += lines.length;
    }
    await travelling;
  } catch (error) {
    await travelling.catch(() => {});
    throw error;
  }
  if (before !== null && count < before.received) throw differs(before);
  const { value: sealed } = await client.call(api.rules.complete, { params: { id } });
  const reference = { content: hash.digest('hex'), count };
  if (sealed.result?.content !== reference.content) throw mismatch(reference, sealed);
  return reference;
}

function update(hash: ReturnType<typeof createHash>, lines: readonly string[]): void {
  if (lines.length > 0) hash.update(`${lines.join('\n')}\n`, 'utf8');
}

/** Where an interrupted upload stands, and what it has taken. */
interface Standing {
  readonly id: string;
  readonly received: number;
  readonly digest: string;
}

/** Null where it has ended, is unknown, or holds lines that are no rules: then another one is begun. */
async function standing(client: Client, id: string): Promise<Standing | null> {
  try {
    const { received, accepted, digest } = (await client.call(api.rules.digest, { params: { id } })).value;
    return received === accepted ? { id, received, digest } : null;
  } catch (error) {
    if (error instanceof Failure && ['not-found', 'operation-ended'].includes(error.code)) return null;
    throw error;
  }
}

function requireSame(before: Standing, digest: string): void {
  if (before.digest !== digest) throw differs(before);
}

/** Lines in batches of the size that is sent, whatever the blocks they come in. */
async function* batched(blocks: LineBlocks): LineBlocks {
  let batch: string[] = [];
  let text = 0;
  for await (const block of blocks) {
    for (const line of block) {
      batch.push(line);
      text += line.length;
      if (batch.length < BATCH && text < BATCH_TEXT) continue;
      yield batch;
      batch = [];
      text = 0;
    }
  }
  if (batch.length > 0) yield batch;
}

type Patiently = <T>(call: () => Promise<T>) => Promise<T>;

/** Asks again and again for as long as a platform that went away is waited for. */
function patience({ onWaiting, pause = timer }: Pick<UploadLinesOptions, 'onWaiting' | 'pause'>): Patiently {
  return async (call) => {
    const elapsed = stopwatch();
    for (let waited = 0; ; waited += BETWEEN) {
      try {
        return await call();
      } catch (error) {
        const over = Math.max(elapsed(), waited) + BETWEEN > WAITS_FOR;
        if (over || !(error instanceof Failure) || attemptsAfter(error) === 1) throw error;
        onWaiting?.(`The platform went away; waiting for it, up to ${WAITS_FOR / 1000} s`);
        await pause(BETWEEN);
      }
    }
  };
}

const timer: Pause = (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds));

interface Batch {
  /** The upload's. */
  readonly id: string;
  readonly lines: readonly string[];
  /** Lines that came before. */
  readonly offset: number;
  readonly onProgress: UploadLinesOptions['onProgress'];
  readonly patiently: Patiently;
}

async function send(client: Client, { id, lines, offset, onProgress, patiently }: Batch): Promise<void> {
  const end = offset + lines.length;
  let received = offset;
  for (let failures = 0; received < end; ) {
    const before = received;
    const rest = received === offset ? lines : lines.slice(received - offset);
    try {
      const { value } = await client.call(api.rules.append, {
        params: { id },
        query: { offset: received },
        body: asBlocks(rest),
      });
      if (value.problems.length > 0) throw await refused(client, value);
      received = value.progress.received;
    } catch (error) {
      if (failures >= resumesAfter(error)) throw error;
      // Lines may have arrived although the answer did not: only the platform knows where it stands.
      const { value } = await patiently(() => client.call(api.operations.get, { params: { id } }));
      received = value.progress.received;
      if (received < offset || received > end) throw error;
    }
    failures = received > before ? 0 : failures + 1;
    onProgress?.(received);
  }
}

async function* asBlocks(lines: readonly string[]): LineBlocks {
  yield lines;
}

/** How often in a row an upload that was interrupted like this is taken up again. */
function resumesAfter(error: unknown): number {
  if (!(error instanceof Failure)) return 0;
  return error.code === 'upload-offset' ? RESUMES : Math.min(RESUMES, attemptsAfter(error) - 1);
}

async function refused(client: Client, upload: LongOperation): Promise<Failure> {
  await client.call(api.operations.cancel, { params: { id: upload.id } });
  const problems = upload.problems.map(
    ({ line, message }): Problem => ({ code: 'invalid-line', severity: 'error', message, place: { line } }),
  );
  const lines = upload.kind.replace('-upload', '');
  return new Failure({
    code: 'invalid-document',
    exit: EXIT.usage,
    message: `The platform does not take ${problems.length} of the ${lines}; the first is number ${problems[0]?.place?.line}: ${problems[0]?.message}`,
    remedy: `Correct the ${lines}, and run the command again.`,
    details: { problems },
  });
}

function differs({ id, received }: Standing): Failure {
  return new Failure({
    code: 'upload-differs',
    exit: EXIT.usage,
    message: `The interrupted upload began with ${received} other rules than these.`,
    remedy: 'Run the command again: it begins anew.',
    details: { upload: id, received },
  });
}

function mismatch(reference: RulesReference, sealed: LongOperation): Failure {
  return new Failure({
    code: 'unavailable',
    exit: EXIT.unavailable,
    message: 'What the platform received is not what was sent; nothing names it, so nothing changed.',
    remedy: 'Run the command again. If it happens again, something between here and the platform alters requests.',
    details: { sent: reference, received: sealed.result, permanent: true },
  });
}
