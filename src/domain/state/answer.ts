import type { CompiledRuleset } from '../../redirects/compile.ts';
import { fallbackLocation, matchRule } from '../../redirects/match.ts';
import type { RequestUrl } from '../../redirects/url.ts';
import type { Resource, RulesetRevision } from '../document/resources.ts';
import { visitorUrl } from '../document/visitor-url.ts';
import { contains } from '../time/interval.ts';
import { type DocumentIndex, revisionAt } from './document-index.ts';
import { type Exemption, type SiteState, segmentAt } from './site-segments.ts';

/** What an answer is given from: the documents, and their rulesets compiled on demand. */
export interface Answering {
  readonly index: DocumentIndex;
  /** The compiled revision; null where its rules are not at hand, and then it answers as if it had none. */
  compiled(ruleset: string, revision: RulesetRevision): CompiledRuleset | null;
}

export type Outcome = 'redirect' | 'serve' | 'gone' | 'not-found';

export type Decider = 'exception' | 'rule' | 'fallback' | 'state' | 'none';

/** What a visitor gets for one URL at one instant. */
export interface UrlAnswer {
  readonly site: Resource<'sites'> | null;
  readonly state: SiteState | null;
  readonly decidedBy: { readonly kind: Decider; readonly id: string | null };
  readonly outcome: Outcome;
  readonly status: number;
  readonly location: string | null;
  /** Index of the rule in its revision, where a rule decides. */
  readonly rule: number | null;
  readonly ruleset: string | null;
  readonly revision: number | null;
}

const SERVED = 200;
const NOT_FOUND = 404;
const GONE = 410;
/** A dark site without rules still sends its visitors on; for now, since better rules may come. */
const INTO_STATUS = 302;

/**
 * The answer to a URL: an exception outranks everything, then the site's state decides, and in the dark its rules, its
 * fallback, and last the unified site it closes into.
 */
export function answerUrl(world: Answering, url: RequestUrl, at: number): UrlAnswer {
  const { index } = world;
  const site = index.siteOf(url);
  const exemption = urlExemption(index, url, at);
  if (site === null) {
    return exemption === undefined
      ? answered(null, null, 'none', null, 'not-found', NOT_FOUND)
      : answered(null, null, 'exception', exemption.exception, 'serve', SERVED);
  }
  const segment = segmentAt(index.segmentsOf(site.id), at);
  const { state } = segment;
  if (state === 'prelaunch') return answered(site, state, 'state', site.id, 'not-found', NOT_FOUND);
  const exception = exemption?.exception ?? segment.exemptFromRedirect;
  if (exception !== null) return answered(site, state, 'exception', exception, 'serve', SERVED);
  const shutdown = index.shutdownOf(site.id);
  switch (state) {
    case 'active':
      return answered(site, state, 'state', site.id, 'serve', SERVED);
    case 'frozen':
      return answered(site, state, 'state', shutdown?.id ?? site.id, 'serve', SERVED);
    case 'retired':
      return answered(site, state, 'state', shutdown?.id ?? site.id, 'gone', GONE);
    case 'dark':
      return answerInTheDark(world, site, shutdown, url, at);
  }
}

/** The exception in force that names this very URL, where there is one. */
export function urlExemption(index: DocumentIndex, url: RequestUrl, at: number): Exemption | undefined {
  return index.exemptionsOf(url).find((e) => e.redirect && contains(e, at));
}

function answerInTheDark(
  world: Answering,
  site: Resource<'sites'>,
  shutdown: Resource<'shutdowns'> | null,
  url: RequestUrl,
  at: number,
): UrlAnswer {
  const ruleset = world.index.rulesetOf(site.id);
  const revision = ruleset === null ? null : revisionAt(ruleset, at);
  const compiled = ruleset === null || revision === null ? null : world.compiled(ruleset.id, revision);
  const byRules = ruleset === null || compiled === null ? null : answerByRules(site, ruleset.id, compiled, url, at);
  const answer = byRules ?? answerByShutdown(world, site, shutdown);
  return { ...answer, ruleset: ruleset?.id ?? null, revision: revision?.revision ?? null };
}

/** What the rules of a dark site answer, or else its fallback; null where neither does. */
function answerByRules(
  site: Resource<'sites'>,
  ruleset: string,
  compiled: CompiledRuleset,
  url: RequestUrl,
  at: number,
): UrlAnswer | null {
  const match = matchRule(compiled, url, at);
  if (match.kind === 'rule') {
    const { index, status, location } = match;
    const outcome = status === GONE ? 'gone' : 'redirect';
    return { ...answered(site, 'dark', 'rule', ruleId(ruleset, index), outcome, status, location), rule: index };
  }
  const { fallback } = compiled.options;
  if (fallback === undefined) return null;
  if (fallback.status === GONE) return answered(site, 'dark', 'fallback', ruleset, 'gone', GONE);
  const location = fallbackLocation(compiled.options, url);
  if (location === null) return null;
  return answered(site, 'dark', 'fallback', ruleset, 'redirect', fallback.status, location);
}

/** The unified site that a dark one closes into. */
function answerByShutdown(
  { index }: Answering,
  site: Resource<'sites'>,
  shutdown: Resource<'shutdowns'> | null,
): UrlAnswer {
  const into = index.documents.sites.get(shutdown?.spec.into ?? '');
  const location = into === undefined ? null : visitorUrl(into.spec);
  const decider = shutdown?.id ?? null;
  if (location === null) return answered(site, 'dark', 'state', decider, 'not-found', NOT_FOUND);
  return answered(site, 'dark', 'state', decider, 'redirect', INTO_STATUS, location);
}

/** How a rule is named: its ruleset and its position in the revision, from 1. */
export function ruleId(ruleset: string, index: number): string {
  return `${ruleset}#${index + 1}`;
}

function answered(
  site: Resource<'sites'> | null,
  state: SiteState | null,
  kind: Decider,
  id: string | null,
  outcome: Outcome,
  status: number,
  location: string | null = null,
): UrlAnswer {
  return { site, state, decidedBy: { kind, id }, outcome, status, location, rule: null, ruleset: null, revision: null };
}
