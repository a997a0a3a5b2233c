import { placeText, problemsOf } from '../failures/present-failure.ts';

/** What went wrong while a server goes on, on one line: where several faults were collected, the first of them with its place. */
export function faultText(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const problems = problemsOf('details' in error ? error.details : undefined);
  const errors = problems.filter(({ severity }) => severity === 'error');
  const [first] = errors;
  if (first === undefined) return error.message;
  const place = placeText(first.place);
  return `${error.message} ${errors.length > 1 ? 'The first: ' : ''}${place === '' ? '' : `${place}: `}${first.message}`;
}
