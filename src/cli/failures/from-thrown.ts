import { EXIT, Failure } from '../../domain/failure.ts';
import { failureOfParse, withoutParserWords } from './from-parse.ts';
import { systemReason } from './unwritable.ts';

export const REPORT =
  'This is a bug in storectl. Run it again with --debug and report what it prints, with the output of `storectl doctor`.';

/** Whatever was thrown, as the failure it means. What is not known is a bug. */
export function failureFrom(thrown: unknown): Failure {
  if (thrown instanceof Failure) return asItWas(thrown);
  if (!(thrown instanceof Error)) return bug(new Error(String(thrown)));
  return failureOfParse(thrown) ?? failureOfSystem(thrown) ?? bug(thrown);
}

/** Whether a person left a prompt: inquirer takes Ctrl-C for itself, and throws this instead of a signal. */
export function leftPrompt(thrown: unknown): boolean {
  return thrown instanceof Error && (thrown.name === 'ExitPromptError' || thrown.name === 'AbortPromptError');
}

/** The parser puts its own words around the message of a Failure that a flag's `parse` throws. */
function asItWas(failure: Failure): Failure {
  const message = withoutParserWords(failure.message);
  if (message === failure.message) return failure;
  const { code, exit, remedy, details, cause } = failure;
  return new Failure({ code, exit, message, remedy, details, cause });
}

/** A full disk or a lost terminal is nobody's bug. What was written, and where, is told by whoever wrote it. */
function failureOfSystem(error: Error): Failure | null {
  const reason = systemReason(error);
  // Something that is missing, or that was in the way, was for the program to see.
  if (reason === null || reason.exit === EXIT.usage || ('code' in error && error.code === 'ENOENT')) return null;
  const path = 'path' in error && typeof error.path === 'string' ? `${error.path}: ` : '';
  return new Failure({
    code: 'system-error',
    exit: reason.exit,
    message: `${path}${reason.why}.`,
    remedy: 'Make room or set the permission right, then run the command again.',
    cause: error,
  });
}

function bug(error: Error): Failure {
  return new Failure({
    code: 'bug',
    exit: EXIT.bug,
    message: `Something went wrong inside storectl: ${error.message}`,
    remedy: REPORT,
    cause: error,
  });
}
