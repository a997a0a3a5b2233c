import { type FileHandle, open } from 'node:fs/promises';
import type { Readable } from 'node:stream';
import { EXIT, Failure } from '../../domain/failure.ts';

const PIECE = 1024 * 1024;

/** A file that is open for reading. Where it is known to have changed meanwhile, what was read is no version of it. */
export interface SteadyFile {
  /** Bytes; zero for what does not say. */
  readonly size: number;
  /** As much as it said that it holds. */
  whole(): Promise<Uint8Array>;
  pieces(): Readable;
  /** @throws Failure `unreadable-file`, exit 2, where its size or the time of its last writing is another one by now */
  requireUnchanged(): Promise<void>;
  close(): Promise<void>;
}

/** @param shown as it is called in messages. Throws what opening throws */
export async function openSteady(path: string, shown: string): Promise<SteadyFile> {
  const handle = await open(path);
  const before = await lookOf(handle, path).catch(async (error: unknown) => {
    await handle.close();
    throw error;
  });
  return {
    size: before.size,
    whole: () => handle.readFile(),
    pieces: () => handle.createReadStream({ highWaterMark: PIECE, autoClose: false }),
    async requireUnchanged() {
      if ((await lookOf(handle, path)).look === before.look) return;
      throw new Failure({
        code: 'unreadable-file',
        exit: EXIT.usage,
        message: `${shown} changed while it was read.`,
        remedy: 'Try again when nobody writes it.',
        details: { file: shown },
      });
    },
    close: () => handle.close(),
  };
}

/** What stands under /proc is made as it is read, and pipes and devices have no look that means anything. */
async function lookOf(handle: FileHandle, path: string): Promise<{ readonly size: number; readonly look: string }> {
  const found = await handle.stat({ bigint: true });
  const steady = found.isFile() && !path.startsWith('/proc/');
  return { size: Number(found.size), look: steady ? `${found.size} ${found.mtimeNs}` : '' };
}
