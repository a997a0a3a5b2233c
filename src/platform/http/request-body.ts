import type { AnyOperation, LineBlocks } from '../../contract/operation.ts';
import type { Failure } from '../../domain/failure.ts';
import { HungUp } from './hung-up.ts';
import { httpFailure } from './problem.ts';

/** Sizes in bytes, after decompression: a small gzip body must not become a large one unnoticed. */
export interface BodyLimits {
  /** Of a JSON body, which is held in memory. */
  readonly json: number;
  /** Of a streamed body, which is not. */
  readonly stream: number;
  /** Of one line of a streamed body. */
  readonly line: number;
  /** How many lines of one streamed body may be blank: a small gzip body must not keep the platform busy for nothing. */
  readonly blank: number;
}

export const BODY_LIMITS: BodyLimits = {
  json: 64 * 1024 * 1024,
  stream: 1024 * 1024 * 1024,
  line: 128 * 1024,
  blank: 10_000,
};

const NDJSON = ['application/x-ndjson', 'application/ndjson', 'application/jsonl'];

/** The body that an operation takes: one JSON value, or its lines as they come. */
export async function readBody(operation: AnyOperation, request: Request, limits: BodyLimits): Promise<unknown> {
  if (operation.body === undefined) return undefined;
  if (operation.stream === 'request') {
    if (request.body === null) return undefined;
    requireType(request, NDJSON);
    return linesOf(bytesOf(request, limits.stream), limits);
  }
  const bytes = await wholeBody(request, limits.json);
  if (bytes.byteLength === 0) return undefined;
  requireType(request, ['application/json']);
  const text = decode(() => new TextDecoder('utf-8', { fatal: true }).decode(bytes));
  try {
    return JSON.parse(text) as unknown;
  } catch (error) {
    throw httpFailure(
      'invalid-request',
      `The body is no JSON: ${(error as Error).message}.`,
      'Send one JSON value in UTF-8.',
      { errors: [{ pointer: '', detail: (error as Error).message }] },
    );
  }
}

/** A body that says how long it is, and is not too long, is taken at once: reading it as a stream takes far longer. */
async function wholeBody(request: Request, limit: number): Promise<Uint8Array> {
  const length = request.headers.get('content-length');
  if (length !== null && Number(length) <= limit && request.headers.get('content-encoding') === null) {
    try {
      return new Uint8Array(await request.arrayBuffer());
    } catch (error) {
      throw new HungUp('the client went away', { cause: error });
    }
  }
  if (request.body === null) return new Uint8Array();
  const chunks: Uint8Array[] = [];
  for await (const chunk of bytesOf(request, limit)) chunks.push(chunk);
  return Buffer.concat(chunks);
}

function requireType(request: Request, allowed: readonly string[]): void {
  const type = request.headers.get('content-type')?.split(';')[0]?.trim().toLowerCase() ?? '';
  if (allowed.includes(type)) return;
  throw httpFailure(
    'unsupported-media-type',
    `The body's media type is ${type === '' ? 'not given' : type}.`,
    `Send it as ${allowed[0]}.`,
    { allowed },
  );
}

async function* bytesOf(request: Request, limit: number): AsyncGenerator<Uint8Array> {
  let taken = 0;
  for await (const chunk of decompressed(request)) {
    taken += chunk.byteLength;
    if (taken > limit) throw tooLarge(`The body has more than ${limit} bytes.`, 'Send it in smaller parts.', { limit });
    yield chunk;
  }
}

/** What breaks off here broke off at the client. */
async function* received(body: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  try {
    yield* body;
  } catch (error) {
    throw new HungUp('the client went away', { cause: error });
  }
}

async function* decompressed(request: Request): AsyncGenerator<Uint8Array> {
  const encoding = request.headers.get('content-encoding')?.trim().toLowerCase() ?? 'identity';
  const body = request.body as AsyncIterable<Uint8Array> | null;
  if (body === null) return;
  if (encoding === 'identity') {
    yield* received(body);
  } else if (encoding === 'gzip' || encoding === 'x-gzip') {
    // Imported here: most bodies are not compressed.
    const [{ createGunzip }, { pipeline, Readable }] = await Promise.all([import('node:zlib'), import('node:stream')]);
    const gunzip = pipeline(Readable.from(received(body)), createGunzip(), () => undefined);
    try {
      yield* gunzip as AsyncIterable<Uint8Array>;
    } catch (error) {
      if (!(error as NodeJS.ErrnoException).code?.startsWith('Z_')) throw error;
      throw httpFailure('invalid-request', 'The body is no gzip.', 'Compress it again, or send it as it is.');
    }
  } else {
    throw httpFailure('unsupported-media-type', `The body's encoding is ${encoding}.`, 'Use gzip, or none.');
  }
}

const OPENING_BRACE = 0x7b;

/** The lines of a body, as many at once as arrived together; the blank ones too, so that numbers are those of the sender. */
async function* linesOf(bytes: AsyncIterable<Uint8Array>, limits: BodyLimits): LineBlocks {
  const decoder = new TextDecoder('utf-8', { fatal: true });
  let rest = '';
  let blank = 0;
  for await (const chunk of bytes) {
    const lines = (rest + decode(() => decoder.decode(chunk, { stream: true }))).split('\n');
    rest = lines.pop() ?? '';
    for (const line of lines) {
      if (line.length > limits.line) throw tooLong(limits.line);
      if (line.charCodeAt(0) !== OPENING_BRACE && line.trim() === '') blank += 1;
    }
    if (blank > limits.blank) throw tooManyBlank(limits.blank);
    if (lines.length > 0) yield lines;
    if (rest.length > limits.line) throw tooLong(limits.line);
  }
  rest += decode(() => decoder.decode());
  if (rest.length > limits.line) throw tooLong(limits.line);
  // What follows the last line feed is no line where it is nothing.
  if (rest.trim() !== '') yield [rest];
}

function tooLong(limit: number): Failure {
  return tooLarge(`A line has more than ${limit} characters.`, 'Send one rule a line.', { limit });
}

function tooManyBlank(limit: number): Failure {
  return tooLarge(`More than ${limit} lines of the body are blank.`, 'Send one rule a line.', { limit });
}

function decode<T>(read: () => T): T {
  try {
    return read();
  } catch {
    throw httpFailure('invalid-request', 'The body is no UTF-8.', 'Send it in UTF-8.');
  }
}

function tooLarge(message: string, remedy: string, details: unknown): Failure {
  return httpFailure('payload-too-large', message, remedy, details);
}
