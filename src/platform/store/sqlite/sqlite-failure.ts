import { EXIT, Failure } from '../../../domain/failure.ts';
import { StoreDamage } from '../store-damage.ts';
import { WaitedTooLong } from './write-turns.ts';

/** SQLite's primary result codes, https://www.sqlite.org/rescode.html */
const ERROR = 1;
const BUSY = 5;
const LOCKED = 6;
const READONLY = 8;
const IOERR = 10;
const CORRUPT = 11;
const FULL = 13;
const CANTOPEN = 14;
const PERM = 3;
const AUTH = 23;
const NOTADB = 26;

/** Gives an error of SQLite the code, place and way out that a person needs; passes on anything else. */
export function sqliteFailure(error: unknown, file: string): unknown {
  if (error instanceof WaitedTooLong) return busy(`Other writes to ${file} did not finish in time.`, { file }, error);
  if (error instanceof StoreDamage) return damaged(file, error.what, { file }, error);
  const code = resultCode(error);
  const details = { file, sqlite: code };
  switch (code === null ? null : code & 0xff) {
    case BUSY:
    case LOCKED:
      return busy(`Another process is writing to ${file} and did not finish in time.`, details, error);
    case CORRUPT:
    case NOTADB:
      return damaged(file, 'is damaged, or is not a database at all', details, error);
    case FULL:
      return new Failure({
        code: 'store-full',
        exit: EXIT.unavailable,
        message: `There is no room left to write to ${file}. Nothing was written.`,
        remedy: 'Free some space on its disk and run the command again.',
        details,
        cause: error,
      });
    case READONLY:
    case CANTOPEN:
    case PERM:
    case AUTH:
      return new Failure({
        code: 'store-unwritable',
        exit: EXIT.denied,
        message: `${file} cannot be opened for writing.`,
        remedy: 'Check the owner and the mode of the file and its folder, or name another place with STORECTL_HOME.',
        details,
        cause: error,
      });
    case IOERR:
      return new Failure({
        code: 'unavailable',
        exit: EXIT.unavailable,
        message: `Reading or writing ${file} failed on its disk.`,
        remedy: 'Check the disk and its mount, then run the command again.',
        details,
        cause: error,
      });
    default:
      return error;
  }
}

/** What the system says where its disk, and no permission, is in the way: another time it may go. */
const NO_ROOM: readonly string[] = ['ENOSPC', 'EDQUOT'];
const FAILING: readonly string[] = ['EIO', 'EMFILE', 'ENFILE'];

/** The failure of a store whose file, or folder, the system did not let be made. */
export function notMade(error: unknown, file: string): Failure {
  const { code = '', message } = error as NodeJS.ErrnoException;
  const said = { message: `${file} cannot be made: ${message}.`, details: { file }, cause: error };
  if (NO_ROOM.includes(code))
    return new Failure({
      ...said,
      code: 'store-full',
      exit: EXIT.unavailable,
      remedy: 'Free some space on its disk, or name another place with STORECTL_HOME.',
    });
  if (FAILING.includes(code))
    return new Failure({
      ...said,
      code: 'unavailable',
      exit: EXIT.unavailable,
      remedy: 'Check the disk and its mount, then run the command again.',
    });
  return new Failure({
    ...said,
    code: 'store-unwritable',
    exit: EXIT.denied,
    remedy: 'Check the owner and the mode of its folder, or name another place with STORECTL_HOME.',
  });
}

function busy(message: string, details: object, cause: unknown): Failure {
  return new Failure({
    code: 'store-busy',
    exit: EXIT.unavailable,
    message,
    remedy: 'Try again in a moment.',
    details,
    cause,
  });
}

/** A store that is not one this program can work with; it is never written to. */
export function damaged(file: string, what: string, details: object = { file }, cause?: unknown): Failure {
  return new Failure({
    code: 'store-damaged',
    exit: EXIT.usage,
    message: `${file} ${what}. It was left as it is.`,
    remedy:
      'Put a backup in its place, or move the file away (with its -wal and -shm files): a new, empty platform is made then.',
    details,
    cause,
  });
}

/** The (extended) result code of an error that came from SQLite, else null. */
export function resultCode(error: unknown): number | null {
  if (!(error instanceof Error)) return null;
  const code = (error as Error & { readonly errcode?: unknown }).errcode;
  return typeof code === 'number' ? code : null;
}

/** A statement that cannot be prepared: ours are fixed, so it is the schema that is another. */
export function isOtherSchema(error: unknown): boolean {
  return resultCode(error) === ERROR;
}

export function isBusy(error: unknown): boolean {
  const code = resultCode(error);
  return code !== null && [BUSY, LOCKED].includes(code & 0xff);
}
