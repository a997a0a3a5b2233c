import type { Dispatcher } from 'undici';
import { unreachable } from './http-failure.ts';

type Body = Dispatcher.ResponseData['body'];

/** The largest JSON answer that is read into memory, in bytes: an export of a very large state has some 50 MB. */
const LARGEST = 512 * 1024 * 1024;

export async function readText(body: Body): Promise<string> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of body as AsyncIterable<Uint8Array>) {
    size += chunk.byteLength;
    if (size > LARGEST) throw new Error(`the answer has more than ${LARGEST} bytes`);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}

/** The values of an NDJSON answer. A connection that breaks is an error: what came so far is not all. */
export async function* readLines(body: Body, base: string): AsyncGenerator<unknown> {
  const decoder = new TextDecoder();
  let rest = '';
  try {
    for await (const chunk of body as AsyncIterable<Uint8Array>) {
      const lines = (rest + decoder.decode(chunk, { stream: true })).split('\n');
      rest = lines.pop() ?? '';
      for (const line of lines) yield JSON.parse(line) as unknown;
    }
    if (rest !== '') throw new Error('the answer ends within a line');
  } catch (error) {
    throw unreachable(base, error);
  }
}
