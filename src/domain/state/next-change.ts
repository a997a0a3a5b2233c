import { nextWindowChange } from '../../redirects/match.ts';
import type { RequestUrl } from '../../redirects/url.ts';
import { type Answering, answerUrl, type UrlAnswer } from './answer.ts';
import { revisionAt } from './document-index.ts';
import { segmentAt } from './site-segments.ts';

/**
 * The first instant after `at` at which a URL gets another answer than `now`, in epoch milliseconds; null where that
 * is never. Only instants at which anything changes are tried.
 */
export function nextChange(world: Answering, url: RequestUrl, at: number, now: UrlAnswer): number | null {
  const scheduled = scheduledInstants(world, url, at, now);
  let position = 0;
  for (let after = at; ; ) {
    while ((scheduled[position] ?? Number.POSITIVE_INFINITY) <= after) position += 1;
    const candidate = Math.min(scheduled[position] ?? Number.POSITIVE_INFINITY, nextWindow(world, url, after, now));
    if (candidate === Number.POSITIVE_INFINITY) return null;
    if (!sameAnswer(answerUrl(world, url, candidate), now)) return candidate;
    after = candidate;
  }
}

/** What exceptions, the site's schedule and the revisions of its ruleset say, in order. */
function scheduledInstants({ index }: Answering, url: RequestUrl, at: number, { site }: UrlAnswer): readonly number[] {
  const instants = index.exemptionsOf(url).flatMap((exemption) => [exemption.from, exemption.until]);
  if (site !== null) {
    instants.push(...index.segmentsOf(site.id).map((segment) => segment.from));
    for (const { from } of index.rulesetOf(site.id)?.revisions ?? []) if (from !== null) instants.push(from);
  }
  return instants.filter((instant) => instant > at && Number.isFinite(instant)).toSorted((a, b) => a - b);
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
