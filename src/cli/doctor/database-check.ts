import { statSync } from 'node:fs';
import type { Check } from './check.ts';

/** Bytes: reading all of a larger file takes longer than somebody waits for a doctor. */
const LARGEST = 512 * 1024 * 1024;
/** Milliseconds for a writer that has the file to itself. */
const LOCK_WAIT = 1_000;

/**
 * Whether the pages of the embedded platform's file fit together: SQLite's own `quick_check`. Null where there is no file yet.
 *
 * @param largest bytes; a larger file is not looked at, and the check says so
 */
export async function databaseCheck(file: string, largest = LARGEST): Promise<Check | null> {
  const name = 'database-pages';
  const size = statSync(file, { throwIfNoEntry: false })?.size;
  if (size === undefined) return null;
  if (size > largest) {
    const megabytes = Math.round(size / 1024 / 1024);
    const remedy = `sqlite3 ${file} 'PRAGMA quick_check'`;
    return { name, status: 'note', found: `not checked: the file has ${megabytes} MB`, source: file, remedy };
  }
  const fault = await firstFault(file);
  if (fault === null) return { name, status: 'ok', found: 'they fit together', source: file };
  return {
    name,
    status: 'failed',
    found: fault,
    source: file,
    remedy: 'Put a backup in its place, or move it away (with its -wal and -shm files) to start anew.',
  };
}

async function firstFault(file: string): Promise<string | null> {
  const { DatabaseSync } = await import('node:sqlite');
  try {
    const database = new DatabaseSync(file, { readOnly: true, timeout: LOCK_WAIT });
    try {
      const found = Object.values(database.prepare('PRAGMA quick_check(1)').get() ?? {})[0];
      return found === 'ok' ? null : String(found).replaceAll(/\s+/g, ' ');
    } finally {
      database.close();
    }
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}
