import type { RequestError } from '../../contract/problem-errors.ts';
import { Failure } from '../../domain/failure.ts';

/** The flags that say what a request's `consent` holds. */
const FLAG_OF: Readonly<Record<string, string>> = {
  reason: '--reason',
  allowDeletes: '--allow-deletes',
  confirm: '--confirm',
  overrides: '--override',
};

/** A fault in what was consented to is one of the flags that said it: they are named, and no place of the request. */
export function inWordsOfConsent(error: unknown): unknown {
  if (!(error instanceof Failure) || error.code !== 'invalid-request') return error;
  const { errors = [] } = (error.details ?? {}) as { readonly errors?: readonly RequestError[] };
  const said = errors.flatMap(({ pointer = '', detail }) => {
    const flag = FLAG_OF[/^(?:\/body)?\/consent\/([^/]+)/.exec(pointer)?.[1] ?? ''];
    return flag === undefined ? [] : [`${flag}: ${detail}`];
  });
  if (said.length === 0) return error;
  return new Failure({
    code: 'invalid-flag',
    exit: error.exit,
    message: `Nothing was written. ${said.join('; ')}`,
    remedy: 'Add --help to see what the command takes.',
    details: error.details,
    cause: error,
  });
}
