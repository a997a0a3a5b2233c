import type { AssertionOf } from '../document/assertion-schema.ts';
import type { UrlAnswer } from '../state/answer.ts';
import type { Judge } from './probe.ts';
import { readUrl } from './stretches.ts';

type Expected = AssertionOf<'answers'>['expect'][string];

/** Whether a URL gets the answer that is expected of it. */
export function judgeAnswer(expected: Expected): Judge {
  return ({ answer }) => {
    const { outcome, status, location } = expected;
    const differs =
      (outcome !== undefined && outcome !== answer.outcome) ||
      (status !== undefined && status !== answer.status) ||
      (location !== undefined && !isSameUrl(location, answer.location));
    return differs ? `${answerText(answer)}, not ${expectedText(expected)}` : null;
  };
}

/** As texts, or as what they ask for: a target may be written with a default port, or in other case. */
function isSameUrl(expected: string, found: string | null): boolean {
  if (found === null) return false;
  if (expected === found) return true;
  const [a, b] = [readUrl(expected), readUrl(found)];
  return (
    a !== null &&
    b !== null &&
    fragmentOf(expected) === fragmentOf(found) &&
    a.scheme === b.scheme &&
    a.hostKey === b.hostKey &&
    a.path === b.path &&
    a.query === b.query
  );
}

function fragmentOf(text: string): string {
  const hash = text.indexOf('#');
  return hash < 0 ? '' : text.slice(hash);
}

/** What a visitor gets, as in `is redirected to … (301)`. */
export function answerText({ outcome, status, location }: UrlAnswer): string {
  switch (outcome) {
    case 'redirect':
      return `is redirected to ${location ?? ''} (${status})`;
    case 'serve':
      return `is served (${status})`;
    case 'gone':
      return `is gone (${status})`;
    case 'not-found':
      return `is not found (${status})`;
  }
}

function expectedText({ outcome, status, location }: Expected): string {
  return [
    ...(outcome === undefined ? [] : [outcome]),
    ...(location === undefined ? [] : [`to ${location}`]),
    ...(status === undefined ? [] : [String(status)]),
  ].join(' ');
}
