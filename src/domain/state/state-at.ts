import type { RulesetRevision } from '../document/resources.ts';
import { type DocumentIndex, revisionAt } from './document-index.ts';
import { type SiteSegment, type SiteState, segmentAt } from './site-segments.ts';

/** One site at an instant. Instants are epoch milliseconds. */
export interface SiteStateAt {
  readonly site: string;
  readonly market: string;
  readonly role: 'legacy' | 'unified' | 'standalone';
  readonly state: SiteState;
  /** Since when it is so; null where it always was. */
  readonly since: number | null;
  /** When it is next something else, and what; null where that is never. */
  readonly nextChangeAt: number | null;
  readonly nextState: SiteState | null;
  readonly shutdown: string | null;
  /** The exception that keeps its shutdown or its redirects away at the instant. */
  readonly exception: string | null;
  readonly ruleset: string | null;
  /** The revision of the ruleset that is in force then. */
  readonly revision: number | null;
}

/**
 * What is true at an instant, past or future, from the documents alone. Nothing has to run at midnight for a site to
 * be dark.
 */
export interface StateAt {
  readonly at: number;
  readonly sites: ReadonlyMap<string, SiteStateAt>;
  readonly revisions: ReadonlyMap<string, RulesetRevision>;
}

export function stateAt(index: DocumentIndex, at: number): StateAt {
  const { sites, rulesets } = index.documents;
  return {
    at,
    sites: new Map([...sites.keys()].map((site) => [site, siteStateAt(index, site, at)])),
    revisions: new Map([...rulesets].map(([id, ruleset]) => [id, revisionAt(ruleset, at)])),
  };
}

/** @throws RangeError where there is no such site */
export function siteStateAt(index: DocumentIndex, id: string, at: number): SiteStateAt {
  const site = index.documents.sites.get(id);
  if (site === undefined) throw new RangeError(`there is no site ${id}`);
  const segments = index.segmentsOf(id);
  const segment = segmentAt(segments, at);
  const next = nextDifferent(segments, segment);
  const since = sinceWhen(segments, segment);
  const ruleset = index.rulesetOf(id);
  return {
    site: id,
    market: site.spec.market,
    role: site.spec.role,
    state: segment.state,
    since: Number.isFinite(since) ? since : null,
    nextChangeAt: next?.from ?? null,
    nextState: next?.state ?? null,
    shutdown: index.shutdownOf(id)?.id ?? null,
    exception: segment.exemptFromRedirect,
    ruleset: ruleset?.id ?? null,
    revision: ruleset === null ? null : revisionAt(ruleset, at).revision,
  };
}

function nextDifferent(segments: readonly SiteSegment[], from: SiteSegment): SiteSegment | undefined {
  return segments.find((segment) => segment.from >= from.until && segment.state !== from.state);
}

function sinceWhen(segments: readonly SiteSegment[], until: SiteSegment): number {
  const before = segments.findLast((segment) => segment.until <= until.from && segment.state !== until.state);
  return before?.until ?? Number.NEGATIVE_INFINITY;
}
