import { createReadStream } from 'node:fs';
import { resolve } from 'node:path';
import { pipeline, Readable } from 'node:stream';
import { createGunzip } from 'node:zlib';
import { EXIT, Failure } from '../../domain/failure.ts';
import { refuseNamedPipe } from '../document/read-text.ts';
import type { Surroundings } from '../surroundings.ts';

const STDIN = 'standard input';

export const shownName = (file: string): string => (file === '-' ? STDIN : file);

/**
 * The text of a file of any size, gzip or not, piece by piece; `-` is standard input. What is not UTF-8 becomes U+FFFD:
 * whoever visits a site writes into its log.
 *
 * @throws Failure `unreadable-file`, exit 2
 */
export async function* textPieces(surroundings: Surroundings, file: string): AsyncGenerator<string> {
  const decoder = new TextDecoder();
  try {
    if (file !== '-') await refuseNamedPipe(resolve(surroundings.cwd, file), file);
    for await (const bytes of plainBytes(bytesOf(surroundings, file), shownName(file))) {
      const text = decoder.decode(bytes, { stream: true });
      if (text !== '') yield text;
    }
  } catch (error) {
    throw readingFailure(error, file, resolve(surroundings.cwd, file));
  }
  const rest = decoder.decode();
  if (rest !== '') yield rest;
}

function bytesOf({ stdin, cwd }: Surroundings, file: string): AsyncIterable<Uint8Array | string> {
  if (file !== '-') return createReadStream(resolve(cwd, file), { highWaterMark: 256 * 1024 });
  if (stdin.isTTY !== true) return stdin as AsyncIterable<Uint8Array | string>;
  throw unreadable('- means standard input, and that is a terminal.', 'Pipe a log in, or name a file.');
}

const GZIP = [0x1f, 0x8b] as const;
const ZIP = [0x50, 0x4b, 0x03, 0x04] as const;

async function* plainBytes(source: AsyncIterable<Uint8Array | string>, shown: string): AsyncGenerator<Uint8Array> {
  const bytes = asBytes(source);
  const { head, ended } = await firstBytes(bytes);
  const startsWith = (start: readonly number[]): boolean => start.every((byte, index) => head[index] === byte);
  if (startsWith(ZIP)) throw unreadable(`${shown} is a zip archive.`, 'Unpack it, or make it gzip.');
  if (startsWith([0xff, 0xfe]) || startsWith([0xfe, 0xff]))
    throw unreadable(`${shown} is UTF-16; a log is UTF-8.`, 'Save it as UTF-8.');
  const whole = rejoined(head, ended ? null : bytes);
  // What goes wrong on either side destroys the other, and whoever reads hears of it.
  if (startsWith(GZIP)) yield* pipeline(Readable.from(whole), createGunzip(), () => {}) as AsyncIterable<Uint8Array>;
  else yield* whole;
}

async function* asBytes(source: AsyncIterable<Uint8Array | string>): AsyncGenerator<Uint8Array> {
  for await (const piece of source) yield typeof piece === 'string' ? Buffer.from(piece) : piece;
}

/** At least four bytes, where there are so many: a pipe may give one at a time. */
async function firstBytes(bytes: AsyncGenerator<Uint8Array>): Promise<{ head: Uint8Array; ended: boolean }> {
  let head: Uint8Array = new Uint8Array();
  while (head.length < ZIP.length) {
    const next = await bytes.next();
    if (next.done === true) return { head, ended: true };
    head = Buffer.concat([head, next.value]);
  }
  return { head, ended: false };
}

async function* rejoined(head: Uint8Array, rest: AsyncGenerator<Uint8Array> | null): AsyncGenerator<Uint8Array> {
  yield head;
  if (rest !== null) yield* rest;
}

function readingFailure(error: unknown, file: string, path: string): unknown {
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  const shown = shownName(file);
  if (code === 'ENOENT' || code === 'ENOTDIR') {
    return unreadable(`There is no file ${shown}${path === file ? '' : ` (${path})`}.`, undefined, error);
  }
  if (code === 'EISDIR') return unreadable(`${shown} is a folder, and no log.`, 'Name its files.', error);
  if (code === 'EACCES' || code === 'EPERM') return unreadable(`${shown} may not be read.`, undefined, error);
  if (code.startsWith('Z_')) return unreadable(`${shown} is damaged gzip.`, 'Make it anew.', error);
  return error;
}

function unreadable(message: string, remedy?: string, cause?: unknown): Failure {
  return new Failure({ code: 'unreadable-file', exit: EXIT.usage, message, remedy, cause });
}
