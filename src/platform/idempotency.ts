import type { Answer, AnyOperation, OperationInput } from '../contract/operation.ts';
import { EXIT, Failure } from '../domain/failure.ts';
import { sha256 } from './digest.ts';
import { keyReused } from './key-reused.ts';
import type { Caller, PlatformParts } from './parts.ts';
import { hashedRequest } from './request-hash.ts';
import type { AnswerRow } from './store/rows.ts';
import type { Tables } from './store/store.ts';
import { storedJson } from './store/store-damage.ts';

/**
 * A write is done once per actor and key. The answer is stored in the transaction of the write itself, so there is no
 * state between "not done" and "answered" that a killed process could leave behind. A second request with the key
 * while the first one runs is refused within one process; from another process it waits for the store's one writer
 * and then gets the first answer.
 */
export interface KeyedWrite {
  /** The first answer, where the key has one. */
  readonly answered: Answer<unknown> | null;
  /** What the handler is to work on. */
  readonly input: OperationInput<AnyOperation>;
  readonly flight: string;
  once<T>(tables: Tables, work: (tables: Tables) => Promise<Answer<T>>): Promise<Answer<T>>;
}

/** How long a key is remembered, in milliseconds: a retry comes within minutes, a resumed CI job within a day. */
const KEY_LIFE = 24 * 60 * 60 * 1000;
const LONGEST_KEY = 200;

export async function beginWrite(
  platform: PlatformParts,
  operation: AnyOperation,
  caller: Caller,
  key: string | undefined,
  input: OperationInput<AnyOperation>,
): Promise<KeyedWrite> {
  const hashed = keyHash(operation, key);
  const request = hashedRequest(operation, input);
  const flight = `${caller.actor}\n${hashed}`;
  if (platform.inFlight.has(flight)) throw inFlight();
  platform.inFlight.add(flight);
  try {
    const row = await platform.store.read((tables) => tables.answers.get(caller.actor, hashed));
    const once: KeyedWrite['once'] = async (tables, work) => {
      const meanwhile = await tables.answers.get(caller.actor, hashed);
      if (meanwhile !== null) return firstAnswer(meanwhile, await request.hash()) as Awaited<ReturnType<typeof work>>;
      const answer = await work(tables);
      const now = platform.now();
      await tables.answers.forget(now - KEY_LIFE);
      await tables.answers.insert({
        actor: caller.actor,
        key: hashed,
        request: await request.hash(),
        answer: operation.secret ? null : JSON.stringify(answer.value),
        etag: answer.etag ?? null,
        createdAt: now,
      });
      return answer;
    };
    const answered = row === null ? null : firstAnswer(row, await request.hash());
    if (answered !== null) platform.inFlight.delete(flight);
    return { answered, input: request.input, flight, once };
  } catch (error) {
    platform.inFlight.delete(flight);
    throw error;
  }
}

export function endWrite(platform: PlatformParts, write: KeyedWrite): void {
  platform.inFlight.delete(write.flight);
}

/** What a key is kept as. Throws Failure `idempotency-key-needed`. */
export function keyHash(operation: AnyOperation, key: string | undefined): string {
  if (key !== undefined && key !== '' && key.length <= LONGEST_KEY) return sha256(key);
  throw new Failure({
    code: 'idempotency-key-needed',
    exit: EXIT.usage,
    message:
      key === undefined || key === ''
        ? `${operation.name} writes, and came without an Idempotency-Key.`
        : `The Idempotency-Key has ${key.length} characters; at most ${LONGEST_KEY} are allowed.`,
    remedy: 'Send a fresh UUID as Idempotency-Key, and the same one again when you retry.',
  });
}

function firstAnswer(row: AnswerRow, request: string): Answer<unknown> {
  if (row.request !== request) throw keyReused();
  if (row.answer === null) {
    throw new Failure({
      code: 'already-exists',
      exit: EXIT.usage,
      message: 'The first request with this key was carried out; its answer held a secret, which is not kept.',
      remedy: 'If that answer was lost, revoke the token and make another.',
    });
  }
  return { value: storedJson(row.answer, 'a first answer'), ...(row.etag === null ? {} : { etag: row.etag }) };
}

function inFlight(): Failure {
  return new Failure({
    code: 'idempotency-in-flight',
    exit: EXIT.unavailable,
    message: 'The first request with this Idempotency-Key is still running.',
    remedy: 'Wait a moment and send it again: the first answer is given then.',
  });
}
