import { randomBytes } from 'node:crypto';
import { constants } from 'node:fs';
import { access, mkdir, open, rename, rm } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import { EXIT, Failure } from '../../domain/failure.ts';
import type { Surroundings } from '../surroundings.ts';

export interface FileToWrite {
  /** As the person named it. */
  readonly file: string;
  readonly text: string;
  readonly mode?: number;
}

/**
 * Writes each file as a whole: whoever reads it, and a crash, finds the old text or the new one.
 *
 * @throws Failure `file-exists` before anything is written, where one is there already and `replace` is false
 */
export async function writeFiles(
  { cwd }: Surroundings,
  files: readonly FileToWrite[],
  { replace }: { readonly replace: boolean },
): Promise<void> {
  if (!replace) {
    for (const { file } of files) if (await exists(resolve(cwd, file))) throw fileExists(file);
  }
  for (const { file, text, mode = 0o644 } of files) {
    try {
      await writeWhole(resolve(cwd, file), text, mode);
    } catch (error) {
      throw failureOf(error, file);
    }
  }
}

async function exists(path: string): Promise<boolean> {
  return access(path, constants.F_OK).then(
    () => true,
    () => false,
  );
}

async function writeWhole(path: string, text: string, mode: number): Promise<void> {
  await mkdir(dirname(path), { recursive: true });
  // In the same folder, so that the rename stays within one file system.
  const fresh = join(dirname(path), `.${basename(path)}.${randomBytes(4).toString('hex')}.new`);
  try {
    const handle = await open(fresh, 'wx', mode);
    try {
      await handle.writeFile(text, 'utf8');
      await handle.sync();
    } finally {
      await handle.close();
    }
    await rename(fresh, path);
  } catch (error) {
    await rm(fresh, { force: true });
    throw error;
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

const REASONS: Readonly<Record<string, string>> = {
  EISDIR: 'it is a folder',
  ENOTDIR: 'a part of its path is no folder',
  ENAMETOOLONG: 'its name is too long',
  EEXIST: 'a part of its path is no folder',
};

/** A path that cannot be one is the person's to mend; a full disk and the like are told elsewhere. */
function failureOf(error: unknown, file: string): unknown {
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  const reason = REASONS[code];
  if (reason === undefined) return error;
  return new Failure({
    code: 'unwritable-file',
    exit: EXIT.usage,
    message: `${file} cannot be written: ${reason}.`,
    cause: error,
  });
}
