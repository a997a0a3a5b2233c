import { readFileSync } from 'node:fs';
import { chmod, rename, rm, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { makeFolder } from '../../folders/make-folder.ts';
import { unwritable } from '../failures/unwritable.ts';

/** Only its owner may look. */
export const PRIVATE_FILE = 0o600;
export const PRIVATE_FOLDER = 0o700;

/** Makes a folder that only its owner may enter; one that exists keeps its mode, which `doctor` looks at. */
export async function makePrivateFolder(folder: string): Promise<void> {
  const isNew = makeFolder(folder, PRIVATE_FOLDER);
  // The umask may have taken bits away that the owner needs.
  if (isNew) await chmod(folder, PRIVATE_FOLDER);
}

/**
 * The whole file, or null where there is none. These files are small and read once: reading them at once is quicker than
 * loading what reads them in the background.
 */
export async function readPrivate(file: string): Promise<string | null> {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    if (isMissing(error)) return null;
    throw error;
  }
}

function isMissing(error: unknown): boolean {
  return error instanceof Error && 'code' in error && (error.code === 'ENOENT' || error.code === 'ENOTDIR');
}

/** Replaces the file as a whole: a reader, or a crash, finds the old text or the new one. Throws `unwritable-file`. */
export async function writePrivate(file: string, text: string): Promise<void> {
  const fresh = `${file}.${process.pid}.new`;
  try {
    await makePrivateFolder(dirname(file));
    await writeFile(fresh, text, { mode: PRIVATE_FILE });
    await rename(fresh, file);
  } catch (error) {
    await rm(fresh, { force: true }).catch(() => {});
    throw unwritable(error, file);
  }
}

export async function removePrivate(file: string): Promise<void> {
  await rm(file, { force: true });
}
