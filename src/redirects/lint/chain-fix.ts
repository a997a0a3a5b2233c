import { type CompiledRuleset, FLAG, flagsOf, kindOf, policyOf } from '../compiled.ts';
import { matchRule } from '../match.ts';
import { isFault } from '../rule.ts';
import { parseTarget } from '../template.ts';
import { parseRequestUrl } from '../url.ts';
import { findingRule, type OwnFix } from './finding.ts';
import type { Start } from './start.ts';
import { steadinessOf, type WayTail } from './way-tail.ts';
import { witnessesOf } from './witness.ts';

/**
 * Leads a chain's first URL to its end at once: the first rule's target where that rule is for one URL alone, else a
 * rule of its own for that URL. The status is the weakest of all hops, and the last fragment is kept (RFC 9110,
 * section 10.2.2). Undefined where some visitor, by query, scheme, host or instant, would end elsewhere.
 */
export function chainFix(start: Start, tail: WayTail, at: number): OwnFix | undefined {
  const { compiled } = start.ruleset;
  // A query on the way may use up or replace parameters of the visitor's own.
  if (start.index < 0 || tail.hasQuery || !tail.steadyAfter || !tail.policyAlike) return undefined;
  if (typeof policyOf(compiled, start.index) !== 'string') return undefined;
  // Where every hop stays on the visitor's own host and scheme, so must the mended rule.
  const location = tail.relative ? tail.end.replace(/^https?:\/\/[^/]*/, '') : tail.end;
  const to = location.includes('#') || tail.fragment === undefined ? location : `${location}#${tail.fragment}`;
  const target = parseTarget(to, []);
  if (isFault(target) || target.text !== to) return undefined;
  const rule = findingRule(start.ruleset, start.index);
  const status = tail.weakest;
  switch (kindOf(compiled, start.index)) {
    case 'exact':
      return isForOneUrl(start) ? { kind: 'retarget', rule, to, status } : undefined;
    case 'prefix':
    case 'pattern': {
      if (!isForThisFolder(start, tail, at)) return undefined;
      const from = start.url.replace(/^https?:\/\//, '');
      const query = compiled.rules.at(start.index)?.query;
      return { kind: 'add', rule, added: { from, to, status, ...(query === undefined ? {} : { query }) } };
    }
    case 'regex':
      return undefined;
  }
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
