import { EXIT, type Exit, Failure } from '../../domain/failure.ts';

interface Reason {
  readonly why: string;
  readonly remedy: string;
  readonly exit: Exit;
}

const NAME_ANOTHER = 'Name another file.';
const wrongFile = (why: string): Reason => ({ why, remedy: NAME_ANOTHER, exit: EXIT.usage });
const notAllowed = (why: string): Reason => ({
  ...{ why, exit: EXIT.usage },
  remedy: 'Set the permissions of the file and its folders right, or name another file.',
});
const failed = (why: string): Reason => ({
  ...{ why, exit: EXIT.unavailable },
  remedy:
    'See whether it is a file at all, and whether its disk or network share is sound; then run the command again.',
});
const tooMany: Reason = {
  ...{ why: 'too many files are open', exit: EXIT.unavailable },
  remedy: 'Raise the limit (ulimit -n) or end other programs, then run the command again.',
};

const OF_SYSTEM: Readonly<Record<string, Reason>> = {
  EISDIR: wrongFile('it is a folder'),
  ENAMETOOLONG: wrongFile('its name is too long'),
  ELOOP: wrongFile('its links lead in a circle'),
  ERR_INVALID_ARG_VALUE: wrongFile('its name holds a NUL character'),
  ENXIO: wrongFile('it is a device or a socket that nobody serves'),
  ENODEV: wrongFile('it is a device that is not there'),
  EINVAL: wrongFile('it is nothing that can be read from its start to its end'),
  EACCES: notAllowed('permission denied'),
  EPERM: notAllowed('operation not permitted'),
  EIO: failed('reading it fails (EIO)'),
  ESTALE: failed('its network share has lost it (ESTALE)'),
  ETIMEDOUT: failed('its network share does not answer (ETIMEDOUT)'),
  EMFILE: tooMany,
  ENFILE: tooMany,
};

/**
 * The failure `unreadable-file` of a file (as the person knows it) that the system did not let be read: exit 2 for what is
 * the file's own, 9 for what may pass. What is none of these, such as a file that is not there, is passed on.
 */
export function unreadableFile(error: unknown, file: string): unknown {
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  const reason = Object.hasOwn(OF_SYSTEM, code) ? OF_SYSTEM[code] : undefined;
  if (reason === undefined) return error;
  const { why, remedy, exit } = reason;
  return new Failure({
    ...{ code: 'unreadable-file', exit, remedy, cause: error },
    message: `${file} cannot be read: ${why}.`,
    details: { file },
  });
}
