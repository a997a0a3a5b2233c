import { resolve } from 'node:path';
import { pipeline, Readable } from 'node:stream';
import { createGunzip } from 'node:zlib';
import { EXIT, Failure } from '../../domain/failure.ts';
import { unreadableFile } from '../failures/unreadable.ts';
import type { Surroundings } from '../surroundings.ts';
import { refuseNamedPipe } from './read-text.ts';
import { openSteady } from './steady-file.ts';

const STDIN = 'standard input';

export const shownName = (file: string): string => (file === '-' ? STDIN : file);

export interface PiecesOptions {
  /** What the file is, for messages: `log`, `rules file`. */
  readonly what: string;
  /** Told how many bytes of the file were read, before anything is unpacked. */
  readonly onRead?: ((bytes: number) => void) | undefined;
  /** Whether it may be written to meanwhile, as a log is: what is there is read. */
  readonly mayGrow?: boolean | undefined;
}

/**
 * The bytes of a file of any size, unpacked where they are gzip, piece by piece; `-` is standard input.
 *
 * @throws Failure `unreadable-file`, exit 2
 */
export async function* bytePieces(
  surroundings: Surroundings,
  file: string,
  options: PiecesOptions,
): AsyncGenerator<Uint8Array> {
  const path = resolve(surroundings.cwd, file);
  try {
    if (file !== '-') await refuseNamedPipe(path, file);
    yield* plainBytes(bytesOf(surroundings, file, options), shownName(file), options);
  } catch (error) {
    throw readingFailure(error, file, path, options.what);
  }
}

const PIECE = 1024 * 1024;

function bytesOf(
  { stdin, cwd }: Surroundings,
  file: string,
  { what, mayGrow = false }: PiecesOptions,
): AsyncIterable<Uint8Array | string> {
  if (file !== '-') return bytesOfFile(resolve(cwd, file), file, mayGrow);
  if (stdin.isTTY !== true) return stdin as AsyncIterable<Uint8Array | string>;
  throw unreadable(
    `- means standard input, and that is a terminal: there is no ${what} to read.`,
    'Pipe it in, or name a file.',
  );
}

async function* bytesOfFile(path: string, shown: string, mayGrow: boolean): AsyncGenerator<Uint8Array> {
  const opened = await openSteady(path, shown);
  try {
    yield* opened.pieces() as AsyncIterable<Uint8Array>;
    if (!mayGrow) await opened.requireUnchanged();
  } finally {
    await opened.close();
  }
}

const GZIP = [0x1f, 0x8b] as const;
const ZIP = [0x50, 0x4b, 0x03, 0x04] as const;

async function* plainBytes(
  source: AsyncIterable<Uint8Array | string>,
  shown: string,
  { what, onRead }: PiecesOptions,
): AsyncGenerator<Uint8Array> {
  const bytes = asBytes(source, onRead);
  const { head, ended } = await firstBytes(bytes);
  const startsWith = (start: readonly number[]): boolean => start.every((byte, index) => head[index] === byte);
  if (startsWith(ZIP))
    throw unreadable(`${shown} is a zip archive.`, 'Unpack it, make it gzip, or save a spreadsheet as CSV.');
  if (startsWith([0xff, 0xfe]) || startsWith([0xfe, 0xff]))
    throw unreadable(`${shown} is UTF-16; a ${what} is UTF-8.`, 'Save it as UTF-8.');
  const whole = rejoined(head, ended ? null : bytes);
  // What goes wrong on either side destroys the other, and whoever reads hears of it.
  if (startsWith(GZIP))
    yield* pipeline(Readable.from(whole), createGunzip({ chunkSize: PIECE }), () => {}) as AsyncIterable<Uint8Array>;
  else yield* whole;
}

async function* asBytes(
  source: AsyncIterable<Uint8Array | string>,
  onRead: PiecesOptions['onRead'],
): AsyncGenerator<Uint8Array> {
  let read = 0;
  for await (const piece of source) {
    const bytes = typeof piece === 'string' ? Buffer.from(piece) : piece;
    read += bytes.length;
    onRead?.(read);
    yield bytes;
  }
}

/** At least four bytes, where there are so many: a pipe may give one at a time. */
async function firstBytes(bytes: AsyncGenerator<Uint8Array>): Promise<{ head: Uint8Array; ended: boolean }> {
  let head: Uint8Array = new Uint8Array();
  while (head.length < ZIP.length) {
    const next = await bytes.next();
    if (next.done === true) return { head, ended: true };
    head = head.length === 0 ? next.value : Buffer.concat([head, next.value]);
  }
  return { head, ended: false };
}

async function* rejoined(head: Uint8Array, rest: AsyncGenerator<Uint8Array> | null): AsyncGenerator<Uint8Array> {
  yield head;
  if (rest !== null) yield* rest;
}

function readingFailure(error: unknown, file: string, path: string, what: string): unknown {
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  const shown = shownName(file);
  const where = path === file || file === '-' ? '' : ` (${path})`;
  if (code === 'ENOENT' || code === 'ENOTDIR')
    return unreadable(`There is no file ${shown}${where}.`, undefined, error);
  if (code === 'EISDIR') return unreadable(`${shown} is a folder, and no ${what}.`, 'Name its files.', error);
  if (code.startsWith('Z_')) return unreadable(`${shown} is damaged gzip.`, 'Make it anew.', error);
  return unreadableFile(error, shown);
}

function unreadable(message: string, remedy?: string, cause?: unknown): Failure {
  return new Failure({ code: 'unreadable-file', exit: EXIT.usage, message, remedy, cause });
}
