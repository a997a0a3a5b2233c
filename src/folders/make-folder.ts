import { mkdirSync, statSync } from 'node:fs';
import { dirname } from 'node:path';

/**
 * Makes a folder and those above it that are not there; whether there was anything to make. Node's own recursive mkdir
 * never ends where a file system says ENOENT to every new name, as /proc does.
 *
 * @param mode of each folder that is made
 * @throws the system's error: ENOENT where none may be made, ENOTDIR or EEXIST where a part of the path is no folder
 */
export function makeFolder(folder: string, mode = 0o777): boolean {
  if (statSync(folder, { throwIfNoEntry: false })?.isDirectory() === true) return false;
  const above = dirname(folder);
  if (above !== folder) makeFolder(above, mode);
  try {
    mkdirSync(folder, { mode });
    return true;
  } catch (error) {
    // Another process may have made it in between.
    if (isThere(error) && statSync(folder).isDirectory()) return false;
    throw error;
  }
}

const isThere = (error: unknown): boolean => error instanceof Error && 'code' in error && error.code === 'EEXIST';
