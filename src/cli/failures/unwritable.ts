import { EXIT, type Exit, Failure } from '../../domain/failure.ts';

interface Reason {
  readonly why: string;
  readonly exit: Exit;
}

export const wrongPath = (why: string): Reason => ({ why, exit: EXIT.usage });
const notAllowed = (why: string): Reason => ({ why, exit: EXIT.denied });
const noRoom = (why: string): Reason => ({ why, exit: EXIT.unavailable });

/** Where a part of a file was written, and the rest found none. */
export const NO_ROOM = noRoom('no space left on the device');

const OF_SYSTEM: Readonly<Record<string, Reason>> = {
  EISDIR: wrongPath('it is a folder'),
  ENOTDIR: wrongPath('a part of its path is no folder'),
  EEXIST: wrongPath('a part of its path is no folder'),
  ENAMETOOLONG: wrongPath('its name is too long'),
  ELOOP: wrongPath('its links lead in a circle'),
  EACCES: notAllowed('permission denied'),
  EPERM: notAllowed('operation not permitted'),
  EROFS: notAllowed('the file system is read-only'),
  // Making a folder where none may be made ends with this, whatever the system said.
  ENOENT: notAllowed('its folder cannot be made'),
  ENOSPC: NO_ROOM,
  EDQUOT: noRoom('the disk quota is used up'),
  EFBIG: noRoom('files may not become that large here'),
  EIO: noRoom('its disk fails'),
  EMFILE: noRoom('too many files are open'),
  ENFILE: noRoom('too many files are open'),
};

/** SQLite's primary result codes, https://www.sqlite.org/rescode.html, of the lock that writers of settings hold. */
const OF_SQLITE: ReadonlyMap<number, Reason> = new Map([
  [3, notAllowed('permission denied')],
  [8, notAllowed('it may only be read')],
  [10, noRoom('its disk fails, or is full')],
  [13, NO_ROOM],
  [14, notAllowed('it cannot be opened')],
]);

const REMEDIES: Partial<Record<Exit, string>> = {
  [EXIT.usage]: 'Name another file.',
  [EXIT.denied]: 'Set the permissions of the file and its folder right, or name another place.',
  [EXIT.unavailable]: 'Make room, then run the command again.',
};

/** What kept a system call from doing its work, in words; null for what is none of these. */
export function systemReason(error: unknown): Reason | null {
  if (!(error instanceof Error)) return null;
  const { code, errcode } = error as { readonly code?: unknown; readonly errcode?: unknown };
  if (typeof errcode === 'number') return OF_SQLITE.get(errcode & 0xff) ?? null;
  return typeof code === 'string' && Object.hasOwn(OF_SYSTEM, code) ? (OF_SYSTEM[code] ?? null) : null;
}

/**
 * The failure `unwritable-file` of a write to `file` (as the person knows it) that the system refused: exit 2 for a path
 * that cannot be one, 4 for a permission, 9 for a full or failing disk. What the system did not refuse is passed on.
 */
export function unwritable(error: unknown, file: string): unknown {
  const reason = systemReason(error);
  return reason === null ? error : unwritableFile(file, reason, error);
}

/** The same where the program saw it before the system did. */
export function unwritableFile(file: string, { why, exit }: Reason, cause?: unknown): Failure {
  return new Failure({
    code: 'unwritable-file',
    exit,
    message: `${file} cannot be written: ${why}. It was left as it was.`,
    remedy: REMEDIES[exit],
    details: { file },
    cause,
  });
}
