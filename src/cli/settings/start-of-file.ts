import { closeSync, constants, openSync, readSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';

export type StartOfFile =
  | { readonly kind: 'read'; readonly bytes: Buffer }
  | { readonly kind: 'missing' }
  | { readonly kind: 'folder' }
  /** Nothing came, or not all of it. */
  | { readonly kind: 'silent' };

export interface PipePatience {
  /** Milliseconds for somebody to write at all; a pipe that nobody has opened looks like one that was closed. */
  readonly writer: number;
  /** Milliseconds for all of it, once somebody has opened the pipe. */
  readonly end: number;
}

const PATIENCE: PipePatience = { writer: 800, end: 20_000 };
const BETWEEN_LOOKS = 10;

/**
 * The first bytes of a file, or of what stands in its place: a pipe (`<(command)`, or a named one) is read to its end and for
 * a limited time only, and a device no further than `length`.
 */
export async function startOfFile(file: string, length: number, patience = PATIENCE): Promise<StartOfFile> {
  let descriptor: number;
  try {
    // Opening a pipe that nobody writes to would wait for ever, and hold up the whole process meanwhile.
    descriptor = openSync(file, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0));
  } catch (error) {
    if (['ENOENT', 'ENOTDIR', 'ENXIO'].includes(codeOf(error))) return { kind: 'missing' };
    throw error;
  }
  try {
    return await readStart(descriptor, Buffer.alloc(length), patience);
  } finally {
    closeSync(descriptor);
  }
}

async function readStart(descriptor: number, bytes: Buffer, { writer, end }: PipePatience): Promise<StartOfFile> {
  let filled = 0;
  for (let waited = 0, written = false; filled < bytes.length; ) {
    const read = readSome(descriptor, bytes, filled);
    if (read === 'folder') return { kind: 'folder' };
    written ||= read === 'later';
    if (typeof read === 'number' && read > 0) filled += read;
    else if (read === 0 && (filled > 0 || waited >= writer || written)) break;
    else if (waited >= (written ? end : writer)) return { kind: 'silent' };
    else {
      await pause(BETWEEN_LOOKS);
      waited += BETWEEN_LOOKS;
    }
  }
  return filled === 0 ? { kind: 'silent' } : { kind: 'read', bytes: bytes.subarray(0, filled) };
}

/** How many bytes came; `later` where more may come. */
function readSome(descriptor: number, bytes: Buffer, filled: number): number | 'later' | 'folder' {
  try {
    return readSync(descriptor, bytes, filled, bytes.length - filled, null);
  } catch (error) {
    if (codeOf(error) === 'EAGAIN') return 'later';
    if (codeOf(error) === 'EISDIR') return 'folder';
    throw error;
  }
}

function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : '';
}
