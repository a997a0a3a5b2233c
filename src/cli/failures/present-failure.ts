import { escapeControls } from '../../domain/escape.ts';
import { EXIT, type Failure, type Place, type Problem } from '../../domain/failure.ts';
import { hang, hangLines } from '../output/hang.ts';
import { jsonText } from '../output/json.ts';
import { type View, viewOf } from '../output/view.ts';
import { write } from '../output/write.ts';
import { withoutSecrets } from '../secrets.ts';
import type { Surroundings } from '../surroundings.ts';

export interface FailureManner {
  readonly json: boolean;
  /** Adds the stack of the failure and of what caused it. */
  readonly debug: boolean;
}

/** A terminal writes `^C` where the key was pressed: what is said of it stands in its place. */
const OVER_ECHO = '\r';

/** Writes the failure as text on standard error, or as the one JSON value on standard output. */
export async function presentFailure(
  failure: Failure,
  manner: FailureManner,
  surroundings: Surroundings,
): Promise<void> {
  const stack = manner.debug ? `${stackOf(failure)}\n` : '';
  if (manner.json) {
    await write(surroundings.stdout, withoutSecrets(`${jsonText({ error: failureValue(failure) })}\n`, surroundings));
    if (stack !== '') await write(surroundings.stderr, withoutSecrets(stack, surroundings));
    return;
  }
  const view = await viewOf('stderr', surroundings);
  const text = withoutSecrets(`${failureText(failure, view)}\n${stack}`, surroundings);
  await write(
    surroundings.stderr,
    `${failure.exit === EXIT.interrupted && view.width !== null ? OVER_ECHO : ''}${text}`,
  );
}

/** The `error` of the JSON value. Built key by key: nothing a thrown error happens to carry gets out. */
export function failureValue(failure: Failure): Readonly<Record<string, unknown>> {
  return {
    code: failure.code,
    message: failure.message,
    remedy: failure.remedy ?? null,
    exit: failure.exit,
    requestId: requestIdOf(failure.details),
    details: failure.details ?? null,
  };
}

/** A failure for people: what, each problem with its place, the way out. */
export function failureText(failure: Failure, { palette, width }: View): string {
  const show = (text: string) => escapeControls(text, { keepNewlines: true });
  const lines = [...hangLines(`${palette.bad('Error:')} `, show(failure.message), width, 0)];
  for (const problem of problemsOf(failure.details)) {
    const label = problem.severity === 'error' ? palette.bad('error') : palette.caution('warning');
    const place = placeText(problem.place);
    const found = `${place === '' ? '' : `${show(place)}: `}${label} ${problem.code}: ${show(problem.message)}`;
    lines.push(...hang('  ', found, width, 4));
    if (problem.remedy !== undefined) lines.push(...hang('    ', show(problem.remedy), width));
  }
  if (failure.remedy !== undefined) lines.push(...hangLines('  ', show(failure.remedy), width));
  const requestId = requestIdOf(failure.details);
  if (requestId !== null) lines.push(palette.faint(`  request ${show(requestId)}`));
  return lines.join('\n');
}

/** `file:line:column`, as editors open it; a JSON pointer where there is no line. */
export function placeText(place: Place | undefined): string {
  if (place === undefined) return '';
  const position = [place.file, place.line, place.column].filter((part) => part !== undefined).join(':');
  return place.line === undefined && place.pointer !== undefined
    ? [position, place.pointer].filter(Boolean).join(' ')
    : position;
}

/** Failures that collect several faults carry them as `details.problems`. */
export function problemsOf(details: unknown): readonly Problem[] {
  if (typeof details !== 'object' || details === null || !('problems' in details)) return [];
  return Array.isArray(details.problems) ? details.problems.filter(isProblem) : [];
}

function isProblem(value: unknown): value is Problem {
  return (
    typeof value === 'object' &&
    value !== null &&
    'code' in value &&
    'severity' in value &&
    'message' in value &&
    typeof value.message === 'string'
  );
}

function requestIdOf(details: unknown): string | null {
  if (typeof details !== 'object' || details === null || !('requestId' in details)) return null;
  return typeof details.requestId === 'string' ? details.requestId : null;
}

function stackOf(failure: Failure): string {
  const parts: string[] = [];
  for (let error: unknown = failure; error instanceof Error; error = error.cause)
    parts.push(error.stack ?? error.message);
  return parts.join('\ncaused by ');
}
