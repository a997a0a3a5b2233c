import { EXIT, Failure } from '../../domain/failure.ts';

/** Codes of a platform that was not heard, or that could not do what it was asked. */
const UNHEARD: ReadonlySet<string> = new Set([
  'unavailable',
  'idempotency-in-flight',
  'internal-error',
  'rate-limited',
  'store-busy',
]);

const TOLD = new WeakSet<Error>();

/** Whether a failure came from the way to the platform, and nothing says yet what became of a write. */
export function leavesOutcomeOpen(error: unknown): error is Failure {
  return error instanceof Failure && error.exit === EXIT.unavailable && UNHEARD.has(error.code) && !isTold(error);
}

function isTold(failure: Failure): boolean {
  for (let error: unknown = failure; error instanceof Error; error = error.cause) if (TOLD.has(error)) return true;
  return false;
}

/** The same failure, which also says what became of a write. */
export function withOutcome(failure: Failure, outcome: string, remedy: string | undefined = failure.remedy): Failure {
  const { code, exit, message, details } = failure;
  const told = new Failure({
    code,
    exit,
    message: `${asSentence(message)} ${outcome}`,
    remedy,
    details,
    cause: failure,
  });
  TOLD.add(told);
  return told;
}

/** What a platform answers that has not begun with the write. */
const REFUSED: ReadonlySet<string> = new Set(['rate-limited', 'store-busy']);

/**
 * What ended a write, with the way to find out what became of it: where the platform was not heard, it may have been
 * done all the same.
 */
export function withWayToFindOut(error: unknown, command: string): unknown {
  if (!leavesOutcomeOpen(error)) return error;
  if (REFUSED.has(error.code)) return withOutcome(error, 'Nothing was written.');
  const { remedy = '' } = error;
  const findOut = `Find out with \`${command}\` before you try again. ${remedy}`;
  return withOutcome(error, 'Whether it was applied is not known.', findOut.trimEnd());
}

/** What a platform or a proxy says may end anywhere. */
function asSentence(text: string): string {
  const trimmed = text.trimEnd();
  return /[.!?…]["”’)]?$/.test(trimmed) ? trimmed : `${trimmed}.`;
}
