import { nextWindowChange } from '../../redirects/match.ts';
import type { RequestUrl } from '../../redirects/url.ts';
import { revisionsOf } from '../document/ruleset-revisions.ts';
import { type Answering, answerUrl, type UrlAnswer } from './answer.ts';
import { revisionAt } from './document-index.ts';
import { type Exemption, segmentAt } from './site-segments.ts';

/**
 * The first instant after `at` at which a URL gets another answer than `now`, in epoch milliseconds; null where that
 * is never. Only instants at which anything changes are tried.
 */
export function nextChange(world: Answering, url: RequestUrl, at: number, now: UrlAnswer): number | null {
  for (let after = at; ; ) {
    const candidate = nextCandidate(world, url, after, now);
    if (candidate === Number.POSITIVE_INFINITY) return null;
    if (!sameAnswer(answerUrl(world, url, candidate), now)) return candidate;
    after = candidate;
  }
}

/**
 * The first instant after `after` at which the answer to a URL may be another one; infinite where it never may. `now`
 * is its answer at any instant: what site it belongs to does not change.
 */
export function nextCandidate(world: Answering, url: RequestUrl, after: number, now: UrlAnswer): number {
  const exemptions = world.index.exemptionsOf(url);
  return Math.min(nextScheduled(world, exemptions, after, now), nextWindow(world, url, after, now));
}

/** What exceptions, the site's schedule and the revisions of its ruleset say next. */
function nextScheduled(
  { index }: Answering,
  exemptions: readonly Exemption[],
  after: number,
  { site }: UrlAnswer,
): number {
  let next = Number.POSITIVE_INFINITY;
  const consider = (instant: number): void => {
    if (instant > after && instant < next) next = instant;
  };
  for (const { from, until } of exemptions) {
    consider(from);
    consider(until);
  }
  if (site === null) return next;
  for (const segment of index.segmentsOf(site.id)) consider(segment.from);
  const ruleset = index.rulesetOf(site.id);
  for (const { from } of ruleset === null ? [] : revisionsOf(ruleset)) if (from !== null) consider(from);
  return next;
}

/** When a rule's window next opens or closes; of no interest while the site is not dark, since no rule answers then. */
function nextWindow(world: Answering, url: RequestUrl, after: number, { site }: UrlAnswer): number {
  if (site === null || segmentAt(world.index.segmentsOf(site.id), after).state !== 'dark') {
    return Number.POSITIVE_INFINITY;
  }
  const ruleset = world.index.rulesetOf(site.id);
  const compiled = ruleset === null ? null : world.compiled(ruleset.id, revisionAt(ruleset, after));
  return (compiled === null ? null : nextWindowChange(compiled, url, after)) ?? Number.POSITIVE_INFINITY;
}

function sameAnswer(a: UrlAnswer, b: UrlAnswer): boolean {
  return (
    a.outcome === b.outcome &&
    a.status === b.status &&
    a.location === b.location &&
    a.state === b.state &&
    a.decidedBy.kind === b.decidedBy.kind &&
    a.decidedBy.id === b.decidedBy.id
  );
}
