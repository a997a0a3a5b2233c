import type { Dispatcher } from 'undici';
import { isAnswerOf } from './answer-outlines.ts';
import { otherApi, unreachable } from './http-failure.ts';
import { stopwatch } from './stopwatch.ts';

type Body = Dispatcher.ResponseData['body'];

/** The largest JSON answer that is read into memory, in bytes: an export of a very large state has some 50 MB. */
const LARGEST = 512 * 1024 * 1024;
/** The longest line of a streamed answer, in UTF-16 units. */
const LONGEST_LINE = 1024 * 1024;
/** The slowest connection on which a long answer may take its time, in bytes a millisecond. */
const SLOWEST = 16;

/** @param patience milliseconds that it may take, and what the slowest connection needs for its length besides */
export async function readText(body: Body, patience: number): Promise<string> {
  const elapsed = stopwatch();
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of body as AsyncIterable<Uint8Array>) {
    size += chunk.byteLength;
    if (size > LARGEST) throw new Error(`the answer has more than ${LARGEST} bytes`);
    if (elapsed() > patience + size / SLOWEST) throw Object.assign(new Error(), { code: 'ETIMEDOUT' });
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}

/** The values of an NDJSON answer. A connection that breaks is an error: what came so far is not all. */
export async function* readLines(body: Body, base: string, operation: string): AsyncGenerator<unknown> {
  const decoder = new TextDecoder();
  let rest = '';
  try {
    for await (const chunk of body as AsyncIterable<Uint8Array>) {
      const lines = (rest + decoder.decode(chunk, { stream: true })).split('\n');
      rest = lines.pop() ?? '';
      for (const line of lines) yield readLine(line, base, operation);
      if (rest.length > LONGEST_LINE) throw otherApi(base, operation);
    }
  } catch (error) {
    throw unreachable(base, error);
  }
  if (rest !== '') throw unreachable(base, new Error('the answer ends within a line'));
}

function readLine(line: string, base: string, operation: string): unknown {
  let value: unknown;
  try {
    value = JSON.parse(line);
  } catch (error) {
    throw otherApi(base, operation, error);
  }
  if (!isAnswerOf(operation, value)) throw otherApi(base, operation);
  return value;
}
