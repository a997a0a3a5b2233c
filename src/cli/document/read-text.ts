import { isUtf8 } from 'node:buffer';
import { stat } from 'node:fs/promises';
import { resolve } from 'node:path';
import { EXIT, Failure } from '../../domain/failure.ts';
import { unreadableFile } from '../failures/unreadable.ts';
import type { Surroundings } from '../surroundings.ts';
import { openSteady, type SteadyFile } from './steady-file.ts';

/** A file that a person named, as it was read. */
export interface ReadText {
  /** As it is shown: what was named, or `standard input`. */
  readonly file: string;
  readonly text: string;
  readonly bytes: Uint8Array;
}

export interface ReadOptions {
  /** What the file is, for messages: `document`, `rules file`. */
  readonly what: string;
  /** Bytes; a larger file is refused. */
  readonly limit: number;
  /** The way out where there is no such file. */
  readonly whenMissing?: string;
}

const STDIN = 'standard input';

/**
 * The text of a file, or of standard input for `-`: UTF-8, with or without a byte order mark. It is read as a
 * stream, so a pipe (`<(command)`) is as good as a file and an endless one is given up at the limit.
 *
 * @throws Failure `unreadable-file`, exit 2
 */
export async function readText(surroundings: Surroundings, file: string, options: ReadOptions): Promise<ReadText> {
  const { file: shown, bytes } = await readBytes(surroundings, file, options);
  return { file: shown, text: decodeText(bytes, shown, options), bytes };
}

/** The same before it is known to be text. Throws Failure `unreadable-file`, exit 2. */
export async function readBytes(
  surroundings: Surroundings,
  file: string,
  options: ReadOptions,
): Promise<Omit<ReadText, 'text'>> {
  if (file === '-') return { file: STDIN, bytes: await readStdin(surroundings, options) };
  return { file, bytes: await readFile(surroundings, file, options) };
}

/** Bytes as UTF-8 text. Throws Failure `unreadable-file`, exit 2, which names the line that is none. */
export function decodeText(bytes: Uint8Array, shown: string, options: Pick<ReadOptions, 'what'>): string {
  requireText(bytes, shown, options);
  return new TextDecoder('utf-8').decode(bytes);
}

async function readStdin(surroundings: Surroundings, options: ReadOptions): Promise<Uint8Array> {
  if (surroundings.stdin.isTTY === true) {
    throw unreadable(
      `- means standard input, and that is a terminal: there is no ${options.what} to read.`,
      'Pipe it in, or name a file.',
    );
  }
  try {
    return await gather(surroundings.stdin, STDIN, options);
  } catch (error) {
    throw unreadableFile(error, STDIN);
  }
}

/** Node reads no more than this in one piece. */
const MOST_AT_ONCE = 2 ** 31 - 1;

async function readFile({ cwd }: Surroundings, file: string, options: ReadOptions): Promise<Uint8Array> {
  // It would stand for the folder that one is in.
  if (file === '')
    throw unreadable(`The name of a ${options.what} is empty.`, 'A variable that nobody set is empty too.');
  const path = resolve(cwd, file);
  try {
    await refuseNamedPipe(path, file);
    return await readOpened(await openSteady(path, file), file, options);
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : undefined;
    const where = path === file ? '' : ` (${path})`;
    if (code === 'ENOENT' || code === 'ENOTDIR') {
      throw unreadable(`There is no ${options.what} ${file}${where}.`, options.whenMissing, error);
    }
    if (code === 'EISDIR') throw unreadable(`${file}${where} is a folder, and no ${options.what}.`, undefined, error);
    throw unreadableFile(error, file);
  }
}

async function readOpened(opened: SteadyFile, file: string, options: ReadOptions): Promise<Uint8Array> {
  try {
    const { size } = opened;
    // What says how large it is is read in one piece; the rest, which may never end, as it comes.
    const isWhole = size > 0 && size <= Math.min(options.limit, MOST_AT_ONCE);
    const bytes = await (isWhole ? opened.whole() : gather(opened.pieces(), file, options, size));
    await opened.requireUnchanged();
    return bytes;
  } finally {
    await opened.close();
  }
}

/**
 * Opening a named pipe that nobody writes to waits for ever, on a thread that no signal reaches. What a shell passes as
 * `<(command)` is open already, and stands under /dev or /proc.
 */
export async function refuseNamedPipe(path: string, file: string): Promise<void> {
  if (/^\/(?:dev|proc)\//.test(path) || !(await stat(path)).isFIFO()) return;
  throw unreadable(`${file} is a named pipe.`, 'Pipe what it holds to standard input, and name that as -.');
}

/** @param expected bytes, where they are known: so many are not held twice */
async function gather(
  stream: NodeJS.ReadableStream,
  shown: string,
  { what, limit }: ReadOptions,
  expected = 0,
): Promise<Buffer> {
  const whole = Buffer.allocUnsafeSlow(Math.min(expected, limit));
  const beyond: Buffer[] = [];
  let size = 0;
  for await (const chunk of stream) {
    const bytes = typeof chunk === 'string' ? Buffer.from(chunk) : chunk;
    if (size + bytes.length > limit) {
      throw unreadable(`${shown} is larger than ${limit / 1024 / 1024} MB, too large for a ${what}.`);
    }
    const taken = size < whole.length ? bytes.copy(whole, size) : 0;
    if (taken < bytes.length) beyond.push(bytes.subarray(taken));
    size += bytes.length;
  }
  return beyond.length === 0 ? whole.subarray(0, size) : Buffer.concat([whole, ...beyond], size);
}

/** Refuses bytes that are no UTF-8 text. Throws Failure `unreadable-file`, exit 2, which names the line that is none. */
export function requireText(bytes: Uint8Array, shown: string, { what }: Pick<ReadOptions, 'what'>): void {
  const nul = bytes.indexOf(0);
  const wide = (bytes[0] === 0xff && bytes[1] === 0xfe) || (bytes[0] === 0xfe && bytes[1] === 0xff);
  if (wide) throw unreadable(`${shown} is UTF-16; a ${what} is UTF-8.`, 'Save it as UTF-8.');
  if (nul >= 0) throw unreadable(`${shown}:${lineAt(bytes, nul)} holds a NUL byte: it is no text.`);
  if (isUtf8(bytes)) return;
  const line = firstBrokenLine(bytes);
  throw unreadable(`${shown}:${line} is not UTF-8.`, 'Save it as UTF-8.');
}

const LINE_FEED = 0x0a;

function lineAt(bytes: Uint8Array, offset: number): number {
  let line = 1;
  for (let at = bytes.indexOf(LINE_FEED); at >= 0 && at < offset; at = bytes.indexOf(LINE_FEED, at + 1)) line += 1;
  return line;
}

/** No byte of a longer UTF-8 sequence is a line feed, so lines can be judged one by one. */
function firstBrokenLine(bytes: Uint8Array): number {
  let line = 1;
  let start = 0;
  for (;;) {
    const end = bytes.indexOf(LINE_FEED, start);
    if (!isUtf8(bytes.subarray(start, end < 0 ? undefined : end))) return line;
    if (end < 0) return line;
    start = end + 1;
    line += 1;
  }
}

function unreadable(message: string, remedy?: string, cause?: unknown): Failure {
  return new Failure({ code: 'unreadable-file', exit: EXIT.usage, message, remedy, cause });
}
