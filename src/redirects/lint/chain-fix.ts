import { type CompiledRuleset, flagsOf, kindOf, policyOf } from '../compiled.ts';
import { matchRule } from '../match.ts';
import { isFault } from '../rule.ts';
import { parseTarget } from '../template.ts';
import { FLAG } from '../traits.ts';
import { parseRequestUrl } from '../url.ts';
import { findingRule, type OwnFix } from './finding.ts';
import type { Start } from './start.ts';
import { steadinessOf, type WayTail } from './way-tail.ts';
import { witnessesOf } from './witness.ts';

/** What mends a chain by itself, or why that is left to a person. */
export type ChainFix =
  | { readonly kind: 'fix'; readonly fix: OwnFix }
  | { readonly kind: 'by-hand'; readonly because: string };

const fixed = (fix: OwnFix): ChainFix => ({ kind: 'fix', fix });
const byHand = (because: string): ChainFix => ({ kind: 'by-hand', because });

/**
 * Leads a chain's first URL to its end at once: the first rule's target where that rule is for one URL alone, else a
 * rule of its own for that URL. The status is the weakest of all hops, and the last fragment is kept (RFC 9110,
 * section 10.2.2). None where some visitor, by query, scheme or host, would end elsewhere; whether all would at another
 * instant is not looked at here.
 *
 * @param at epoch milliseconds
 */
export function chainFix(start: Start, tail: WayTail, at: number): ChainFix {
  const { compiled } = start.ruleset;
  const obstacle = obstacleOf(start, tail);
  if (obstacle !== undefined) return byHand(obstacle);
  // Where every hop stays on the visitor's own host and scheme, so must the mended rule.
  const location = tail.relative ? tail.end.replace(/^https?:\/\/[^/]*/, '') : tail.end;
  const to = location.includes('#') || tail.fragment === undefined ? location : `${location}#${tail.fragment}`;
  const target = parseTarget(to, []);
  if (isFault(target) || target.text !== to) return byHand('its end would be read as a template');
  const rule = findingRule(start.ruleset, start.index);
  const status = tail.weakest;
  switch (kindOf(compiled, start.index)) {
    case 'exact':
      if (!isForOneUrl(start)) return byHand('its first rule is for several hosts, and each has its own end');
      return fixed({ kind: 'retarget', rule, to, status });
    case 'prefix':
    case 'pattern': {
      if (!isForThisFolder(start, tail, at))
        return byHand('its first rule is for many URLs, and this one cannot be told apart');
      const from = start.url.replace(/^https?:\/\//, '');
      const query = compiled.rules.at(start.index)?.query;
      return fixed({ kind: 'add', rule, added: { from, to, status, ...(query === undefined ? {} : { query }) } });
    }
    case 'regex':
      return byHand('its first rule is a regular expression, for many URLs');
  }
}

/** Why nobody can say at once where every visitor of a chain ends; undefined where that is clear. */
function obstacleOf({ ruleset, index }: Start, tail: WayTail): string | undefined {
  if (index < 0) return 'it begins with a fallback, which is for many URLs';
  if (tail.throughFallback) return 'it goes on through a fallback, which nobody chose for this URL';
  if (tail.hasQuery) return "a query on the way may change what a visitor's own says";
  if (!tail.steadyAfter) return "a later redirect depends on the visitor's query or scheme, or on the time";
  if (!tail.policyAlike) return 'its rules pass queries on in different ways';
  return typeof policyOf(ruleset.compiled, index) === 'string' ? undefined : 'its rules pass on some of the query only';
}

/** One path on one host, or a target that does not depend on the visitor's own. */
function isForOneUrl({ ruleset: { compiled }, index }: Start): boolean {
  if (!(compiled.targets.at(index) ?? '/').startsWith('/')) return true;
  return !compiled.hasWildcardHosts && witnessesOf(compiled, index).length === 1;
}

/** The URL is one that the folder's rule takes for everyone, and an exact rule would take no other visitor. */
function isForThisFolder({ ruleset, index, url }: Start, tail: WayTail, at: number): boolean {
  const { compiled } = ruleset;
  return (
    !(flagsOf(compiled, index) & (FLAG.conditional | FLAG.http | FLAG.https)) &&
    tail.hop.ruleset === ruleset &&
    tail.oneRuleset &&
    kindOf(compiled, tail.next?.hop.index ?? 0) === 'exact' &&
    !url.endsWith('/') &&
    tail.steadiness === 'always' &&
    // An exact rule takes its URL with a trailing slash too, which another rule may have taken before.
    (compiled.options.trailingSlash === 'strict' ||
      (winnerOf(compiled, `${url}/`, at) === index && steadinessOf({ ruleset, url: `${url}/` }, at) === 'always'))
  );
}

function winnerOf(compiled: CompiledRuleset, url: string, at: number): number {
  const result = matchRule(compiled, parseRequestUrl(url), at);
  return result.kind === 'rule' ? result.index : -1;
}
