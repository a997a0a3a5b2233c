import type { Finding } from '../../redirects/lint/index.ts';
import type { AssertionSpec } from '../document/assertion-schema.ts';
import { formatInstant } from '../time/format-time.ts';
import type { AssertionFailure, AssertionResult } from './result.ts';
import { pointerOfAssertion } from './written-at.ts';

/** Failures of one assertion that are findings of their own; the last tells how many more there are. */
const SHOWN = 20;

/**
 * What lint says of assertions: an error for each URL that shows a failure, with the instant at which it does.
 *
 * @param stated the assertions of a document, where the findings are to point into it
 */
export function assertionFindings(
  results: readonly AssertionResult[],
  stated?: ReadonlyMap<string, { readonly spec: AssertionSpec }>,
): readonly Finding[] {
  return results.flatMap((result) => {
    const shown = result.failures.slice(0, SHOWN);
    const at = (url: string): Pick<Finding, 'pointer'> =>
      stated === undefined ? {} : { pointer: pointerOfAssertion(result.id, stated.get(result.id)?.spec, url) };
    return [
      ...shown.map((failure, i) => ({
        ...findingOf(result, failure, i === shown.length - 1 ? result.failed - i - 1 : 0),
        ...at(failure.url),
      })),
      ...(result.partly ? [{ ...partlyChecked(result), ...at('') }] : []),
    ];
  });
}

function findingOf({ id, reason }: AssertionResult, failure: AssertionFailure, more: number): Finding {
  const why = reason === null ? '' : `; ${reason}`;
  const others = more > 0 ? ` (and ${more} more ${more === 1 ? 'URL' : 'URLs'})` : '';
  const at = instantOf(failure);
  return {
    code: 'assertion',
    severity: 'error',
    message: `${failureText(id, failure)}${why}${others}`,
    rules: failure.rules,
    witness: failure.url,
    ...(at === null ? {} : { at }),
  };
}

function partlyChecked({ id }: AssertionResult): Finding {
  const message = `assertion "${id}" was looked at in part only: it asks for more answers than one check may; name fewer URLs, or a shorter time`;
  return { code: 'partly-checked', severity: 'warning', message, rules: [] };
}

/** One sentence: which assertion, when, which URL, what happens to it, and what decides. */
export function failureText(id: string, { url, happens, from, until, decidedBy }: AssertionFailure): string {
  const decider = decidedBy.id === null ? '' : ` (${deciderText(decidedBy)})`;
  return `assertion "${id}" does not hold${spanText(from, until)}: ${url} ${happens}${decider}`;
}

/** The instant at which a failure is seen, in epoch milliseconds; null where it is seen at every one. */
export function instantOf({ from, until }: AssertionFailure): number | null {
  if (Number.isFinite(from)) return from;
  return Number.isFinite(until) ? until - 1 : null;
}

function deciderText({ kind, id }: AssertionFailure['decidedBy']): string {
  switch (kind) {
    case 'rule':
      return `rule ${id}`;
    case 'fallback':
      return `the fallback of ${id}`;
    case 'exception':
      return `exception ${id}`;
    case 'state':
      return `the state of ${id}`;
    case 'none':
      return '';
  }
}

function spanText(from: number, until: number): string {
  const begins = Number.isFinite(from) ? ` from ${formatInstant(from)}` : '';
  const ends = Number.isFinite(until) ? ` until ${formatInstant(until)}` : '';
  return begins === '' && ends === '' ? ' at any instant' : `${begins}${ends}`;
}
