import { type CompiledRuleset, FLAG, flagsOf, kindOf, policyOf, schemeOf } from '../compiled.ts';
import type { ConsideredOutcome } from '../explain.ts';
import { explainMatch, matchRule } from '../match.ts';
import { isFault, type RedirectStatus } from '../rule.ts';
import { parseTarget } from '../template.ts';
import { parseRequestUrl } from '../url.ts';
import type { Hop } from './answers.ts';
import { type FindingFix, findingRule } from './finding.ts';
import type { Start } from './start.ts';
import { hasWindow } from './windows.ts';
import { witnessesOf } from './witness.ts';

/** A path with more rules than this is left to a person. */
const MOST_RIVALS = 20;

/**
 * Leads a chain's first URL to its end at once: the first rule's target where that rule is for one URL alone, else a
 * rule of its own for that URL. The status is the weakest of all hops, and the last fragment is kept (RFC 9110,
 * section 10.2.2). Undefined where some visitor, by query, scheme, host or instant, would end elsewhere.
 */
export function chainFix(start: Start, hops: readonly Hop[], at: number): FindingFix | undefined {
  const [first] = hops;
  const last = hops.at(-1);
  const { compiled } = start.ruleset;
  if (start.index < 0 || first === undefined || last === undefined || last.location === null) return undefined;
  // A query on the way may use up or replace parameters of the visitor's own.
  if (hops.some(({ url }) => url.includes('?')) || !isSteadyFrom(hops, 1, at)) return undefined;
  const policy = policyOf(compiled, start.index);
  const alike = hops.every(({ ruleset, index }) => index >= 0 && policyOf(ruleset.compiled, index) === policy);
  if (!alike || typeof policy !== 'string') return undefined;
  // Where every hop stays on the visitor's own host and scheme, so must the mended rule.
  const location = hops.every(isRelative) ? last.location.replace(/^https?:\/\/[^/]*/, '') : last.location;
  const to = withLastFragment(location, hops);
  const target = parseTarget(to, []);
  if (isFault(target) || target.text !== to) return undefined;
  const status = weakestStatus(hops);
  const rule = findingRule(start.ruleset, start.index);
  switch (kindOf(compiled, start.index)) {
    case 'exact':
      return isForOneUrl(start) ? { kind: 'retarget', rule, to, status } : undefined;
    case 'prefix':
    case 'pattern': {
      if (!isForThisFolder(start, hops, at)) return undefined;
      const from = start.url.replace(/^https?:\/\//, '');
      const query = compiled.rules.at(start.index)?.query;
      return { kind: 'add', rule, added: { from, to, status, ...(query === undefined ? {} : { query }) } };
    }
    case 'regex':
      return undefined;
  }
}

const isRelative = ({ ruleset, index }: Pick<Hop, 'ruleset' | 'index'>): boolean =>
  (ruleset.compiled.targets.at(index) ?? '/').startsWith('/');

/** From a hop on, every visitor gets the same answers, whatever the query, the scheme and the instant. */
function isSteadyFrom(hops: readonly Hop[], first: number, at: number): boolean {
  return hops.every((hop, place) => {
    if (place < first) return true;
    const schemeIsFixed = hops.slice(0, place).some((before) => !isRelative(before));
    return isSteady(hop, at, schemeIsFixed);
  });
}

function isSteady({ url, ruleset }: Hop, at: number, schemeIsFixed: boolean): boolean {
  const { compiled } = ruleset;
  const { considered } = explainMatch(compiled, parseRequestUrl(url), at);
  const isSure = (index: number, outcome: ConsideredOutcome): boolean => {
    if (outcome === 'disabled') return true;
    if (hasWindow(compiled, index) || outcome === 'query-differs') return false;
    return schemeIsFixed || schemeOf(compiled, index) === '';
  };
  return considered.length < MOST_RIVALS && considered.every(({ index, outcome }) => isSure(index, outcome));
}

/** One path on one host, or a target that does not depend on the visitor's own. */
function isForOneUrl(start: Start): boolean {
  const { compiled } = start.ruleset;
  if (!isRelative(start)) return true;
  return !compiled.hasWildcardHosts && witnessesOf(compiled, start.index).length === 1;
}

/** The URL is one that the folder's rule takes for everyone, and an exact rule would take no other visitor. */
function isForThisFolder({ ruleset, index, url }: Start, hops: readonly Hop[], at: number): boolean {
  const { compiled } = ruleset;
  const [first] = hops;
  return (
    first !== undefined &&
    !(flagsOf(compiled, index) & (FLAG.conditional | FLAG.http | FLAG.https)) &&
    hops.every((hop) => hop.ruleset === ruleset) &&
    kindOf(compiled, hops[1]?.index ?? 0) === 'exact' &&
    !url.endsWith('/') &&
    isSteadyFrom(hops, 0, at) &&
    // An exact rule takes its URL with a trailing slash too, which another rule may have taken before.
    (compiled.options.trailingSlash === 'strict' ||
      (winnerOf(compiled, `${url}/`, at) === index && isSteady({ ...first, url: `${url}/` }, at, false)))
  );
}

function winnerOf(compiled: CompiledRuleset, url: string, at: number): number {
  const result = matchRule(compiled, parseRequestUrl(url), at);
  return result.kind === 'rule' ? result.index : -1;
}

function withLastFragment(location: string, hops: readonly Hop[]): string {
  if (location.includes('#')) return location;
  const fragment = hops.map((hop) => hop.location?.split('#')[1]).findLast((one) => one !== undefined);
  return fragment === undefined ? location : `${location}#${fragment}`;
}

/** Temporary where one hop is; a method that a hop may change is not promised to be kept. */
function weakestStatus(hops: readonly Hop[]): RedirectStatus {
  const statuses = hops.map(({ status }) => status);
  const keepsMethod = statuses.every((status) => status === 307 || status === 308);
  if (statuses.includes(303)) return 303;
  if (statuses.some((status) => status === 302 || status === 307)) return keepsMethod ? 307 : 302;
  return keepsMethod ? 308 : 301;
}
