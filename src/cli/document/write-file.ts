import { randomBytes } from 'node:crypto';
import { rmSync } from 'node:fs';
import { access, constants, open, realpath, rename, rm, stat } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import { EXIT, Failure } from '../../domain/failure.ts';
import { makeFolder } from '../../folders/make-folder.ts';
import { unwritable, unwritableFile, wrongPath } from '../failures/unwritable.ts';
import type { Surroundings } from '../surroundings.ts';

export interface FileToWrite {
  /** As the person named it. */
  readonly file: string;
  /** Whole, or in pieces that are written as they come. */
  readonly text: string | AsyncIterable<string> | Iterable<string>;
  readonly mode?: number;
  /** Says otherwise than the whole write does, for this one. */
  readonly replace?: boolean;
}

/** A file that is written, and not yet under its name. */
interface Staged {
  readonly file: string;
  readonly fresh: string;
  readonly path: string;
}

/**
 * Writes each file as a whole: whoever reads it, and a crash, finds the old text or the new one. None takes its name
 * before all of them are written, so that a full disk leaves everything as it was. What replaces a file has its
 * permissions; one that may not be written to is not replaced either, though its folder would allow that.
 *
 * @throws Failure `file-exists` before anything is written, where one is there already and `replace` is false;
 *   `unwritable-file`, exit 2, 4 or 9
 */
export async function writeFiles(
  { cwd, interruption: { signal } }: Surroundings,
  files: readonly FileToWrite[],
  { replace }: { readonly replace: boolean },
): Promise<void> {
  for (const { file, replace: own = replace } of files) {
    const found = await kindOf(resolve(cwd, file));
    if (found === 'folder') throw unwritableFile(file, wrongPath('it is a folder'));
    if (found === 'file' && !own) throw fileExists(file);
  }
  const staged: Staged[] = [];
  // The run ends then, and waits for nothing.
  const forget = () => {
    for (const { fresh } of staged) rmSync(fresh, { force: true });
  };
  signal.addEventListener('abort', forget);
  try {
    for (const wanted of files) await naming(wanted.file, () => stage(resolve(cwd, wanted.file), wanted, staged));
    for (const { file, fresh, path } of staged) await naming(file, () => rename(fresh, path));
  } catch (error) {
    for (const { fresh } of staged) await rm(fresh, { force: true }).catch(() => {});
    throw error;
  } finally {
    signal.removeEventListener('abort', forget);
  }
}

async function naming(file: string, write: () => Promise<void>): Promise<void> {
  try {
    await write();
  } catch (error) {
    throw unwritable(error, file);
  }
}

/** What has that name now. A device or a pipe takes what is written: a file in its place would take it from everybody. */
async function kindOf(path: string): Promise<'nothing' | 'file' | 'folder' | 'outlet'> {
  const found = await stat(path).catch(() => null);
  if (found === null) return 'nothing';
  if (found.isFile()) return 'file';
  return found.isDirectory() ? 'folder' : 'outlet';
}

async function stage(named: string, wanted: FileToWrite, staged: Staged[]): Promise<void> {
  const { file, text } = wanted;
  if ((await kindOf(named)) === 'outlet') return pour(named, wanted);
  // What a link names is meant, and not the link.
  const path = await realpath(named).catch(() => named);
  makeFolder(dirname(path));
  const before = await stat(path).catch(() => null);
  if (before !== null) await access(path, constants.W_OK);
  // In the same folder, so that the rename stays within one file system.
  const fresh = join(dirname(path), `.${basename(path).slice(0, 200)}.${randomBytes(4).toString('hex')}.new`);
  const handle = await open(fresh, 'wx', wanted.mode ?? 0o644);
  staged.push({ file, fresh, path });
  try {
    if (before !== null && wanted.mode === undefined) await handle.chmod(before.mode & 0o777);
    await handle.writeFile(text, 'utf8');
    await handle.sync();
  } finally {
    await handle.close();
  }
}

async function pour(path: string, { file, text }: FileToWrite): Promise<void> {
  // Opening one waits for a reader, who may never come. What a shell passes as `>(command)` is open already.
  if (!/^\/(?:dev|proc)\//.test(path) && (await stat(path)).isFIFO()) {
    throw unwritableFile(file, wrongPath('it is a named pipe that may have no reader'));
  }
  const handle = await open(path, 'w');
  try {
    await handle.writeFile(text, 'utf8');
  } finally {
    await handle.close();
  }
}

function fileExists(file: string): Failure {
  return new Failure({
    code: 'file-exists',
    exit: EXIT.usage,
    message: `${file} is there already. Nothing was written.`,
    remedy: 'Name another file, or replace it with --force.',
    details: { file },
  });
}
