import type { Problem } from '../domain/failure.ts';

/** One thing wrong with a request: a place in its body by RFC 6901 pointer, or a parameter by name. */
export interface RequestError {
  readonly pointer?: string;
  readonly parameter?: string;
  readonly detail: string;
}

/** A problem of a document as the API tells it: its message is the `detail`, and its place stands beside. */
type ToldProblem = Omit<Problem, 'message' | 'place'> & { readonly detail: string } & NonNullable<Problem['place']>;

/** One of the `errors` of an RFC 9457 problem. */
export type ToldError = RequestError | ToldProblem;

interface Told {
  /** Absent where nothing is told place by place. */
  readonly errors?: readonly ToldError[];
  /** What else there is to know. */
  readonly details?: unknown;
}

/** The details of a failure as the API tells them: each fault once, at its place, and then whatever else is known. */
export function toldDetails(details: unknown): Told {
  if (!isRecord(details)) return details === undefined ? {} : { details };
  const { errors, problems, ...rest } = details;
  const faults = isFilled(errors) ? (errors as readonly RequestError[]) : null;
  const told = faults ?? (isFilled(problems) ? (problems as readonly Problem[]).map(toldProblem) : null);
  if (told === null) return { details };
  return { errors: told, ...(Object.keys(rest).length === 0 ? {} : { details: rest }) };
}

/** The details of the failure that was told so: the same as if it had been met in this process. */
export function detailsOf({ errors, details }: { readonly errors?: unknown; readonly details?: unknown }) {
  const rest = isRecord(details) ? details : {};
  if (!isFilled(errors) || !errors.every(isRecord)) return rest;
  if (!errors.every((error) => typeof error['code'] === 'string')) return { errors, ...rest };
  return { problems: errors.map((error) => problemOf(error as unknown as ToldProblem)), ...rest };
}

function toldProblem({ message, place, ...rest }: Problem): ToldProblem {
  return { ...rest, detail: message, ...place };
}

function problemOf({ detail, file, line, column, pointer, ...rest }: ToldProblem): Problem {
  const place = {
    ...(file === undefined ? {} : { file }),
    ...(line === undefined ? {} : { line }),
    ...(column === undefined ? {} : { column }),
    ...(pointer === undefined ? {} : { pointer }),
  };
  return { ...rest, message: detail, ...(Object.keys(place).length === 0 ? {} : { place }) };
}

function isFilled(value: unknown): value is readonly unknown[] {
  return Array.isArray(value) && value.length > 0;
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
