import { type CompiledRuleset, conditionsOf, flagsOf, kindOf, policyOf, statusOf } from './compiled.ts';
import { type ConsideredRule, considerRules } from './explain.ts';
import { parsePattern, SPLAT } from './pattern.ts';
import { conditionsHold, passedQuery } from './query.ts';
import { isFault, type RedirectStatus, type RulesetOptions } from './rule.ts';
import { Search } from './search.ts';
import { parseSource } from './source.ts';
import { fillTarget, parseTarget, type Target } from './template.ts';
import { FLAG } from './traits.ts';
import type { RequestUrl } from './url.ts';

export type MatchResult =
  | { readonly kind: 'rule'; readonly index: number; readonly status: RedirectStatus; readonly location: string | null }
  | { readonly kind: 'none' };

const NO_MATCH: MatchResult = { kind: 'none' };

/** The rule that answers a request at an instant (epoch milliseconds), with the Location it gives. */
export function matchRule(ruleset: CompiledRuleset, url: RequestUrl, at: number): MatchResult {
  const search = new Search(ruleset, url, at);
  const index = search.winner();
  if (index < 0) return NO_MATCH;
  return { kind: 'rule', index, status: statusOf(ruleset, index), location: locationOf(search, index) };
}

export interface MatchExplanation {
  readonly result: MatchResult;
  /** Every rule whose path could take the URL, the winner first where there is one. */
  readonly considered: readonly ConsideredRule[];
}

/** Which rule answers a request at an instant (epoch milliseconds), and why the others whose path fits do not. */
export function explainMatch(ruleset: CompiledRuleset, url: RequestUrl, at: number): MatchExplanation {
  const result = matchRule(ruleset, url, at);
  return { result, considered: considerRules(ruleset, url, at, result.kind === 'rule' ? result.index : -1) };
}

function locationOf(search: Search, index: number): string | null {
  const { ruleset, url } = search;
  const text = ruleset.targets.at(index);
  if (text === undefined) return null;
  if (flagsOf(ruleset, index) & FLAG.plain) return plainLocation(ruleset, index, url.query);
  const names = namesOf(ruleset, index);
  const target = targetOf(text, names);
  const rest = kindOf(ruleset, index) === 'prefix' ? url.path.slice(search.rest) : '';
  const placed = usesSplat(target);
  return fillTarget(target, {
    url,
    names,
    values: valuesOf(search, index, rest),
    rest: placed ? '' : rest,
    query: policyOf(ruleset, index),
    conditions: conditionsOf(ruleset, index),
  });
}

/** The Location of a rule whose target is one as it stands; null for a 410. */
export function plainLocation(ruleset: CompiledRuleset, index: number, asked: string): string | null {
  const text = ruleset.targets.at(index);
  if (text === undefined || asked === '') return text ?? null;
  const query = passedQuery(asked, policyOf(ruleset, index), conditionsOf(ruleset, index), '');
  return query === '' ? text : `${text}?${query}`;
}

/** The rest that a prefix leaves goes where the target has `:splat`, without its first slash; else to its end. */
function usesSplat(target: Target): boolean {
  return [...target.path, ...target.query, ...target.fragment].some(
    (piece) => piece.kind === 'name' && piece.name === SPLAT,
  );
}

function valuesOf(search: Search, index: number, rest: string): readonly string[] {
  switch (kindOf(search.ruleset, index)) {
    case 'exact':
      return [];
    case 'prefix':
      return [rest.slice(1)];
    case 'pattern': {
      const values: string[] = [];
      for (let at = 0; at < search.spans.length; at += 2) {
        values.push(search.url.path.slice(search.spans[at], search.spans[at + 1]));
      }
      return values;
    }
    case 'regex':
      return search.groups;
  }
}

function namesOf(ruleset: CompiledRuleset, index: number): readonly string[] {
  const rule = ruleset.rules.at(index);
  switch (kindOf(ruleset, index)) {
    case 'exact':
      return [];
    case 'prefix':
      return [SPLAT];
    case 'regex':
      return ruleset.regexes.get(index)?.names ?? [];
    case 'pattern': {
      const source = rule === undefined ? undefined : parseSource(rule, ruleset.options);
      if (source === undefined || isFault(source)) return [];
      const pattern = parsePattern(source.path);
      return isFault(pattern) ? [] : pattern.names;
    }
  }
}

/** Compiling has accepted the text already; to fail here is a bug. */
function targetOf(text: string, names: readonly string[]): Target {
  const target = parseTarget(text, names);
  if (isFault(target)) throw new Error(`accepted target "${text}" no longer parses: ${target.message}`);
  return target;
}

/** The Location that the ruleset's fallback gives a URL that no rule takes; null where it is a 410, or absent. */
export function fallbackLocation(options: RulesetOptions, url: RequestUrl): string | null {
  const fallback = options.fallback;
  if (fallback === undefined || !('to' in fallback)) return null;
  const target = parseTarget(fallback.to, []);
  if (isFault(target)) return null;
  return fillTarget(target, { url, names: [], values: [], rest: '', query: options.query, conditions: [] });
}

/** Whether a rule would take the request if its window and its switch were left aside. */
function couldAnswer(search: Search, index: number): boolean {
  const flags = flagsOf(search.ruleset, index);
  if (flags & FLAG.disabled) return false;
  if (flags & FLAG.http && search.url.scheme !== 'http') return false;
  if (flags & FLAG.https && search.url.scheme !== 'https') return false;
  return !(flags & FLAG.conditional) || conditionsHold(conditionsOf(search.ruleset, index), search.parameters);
}

/** The instants (epoch milliseconds, in no order) at which a rule that could answer a URL enters or leaves its window. */
export function windowEdges(ruleset: CompiledRuleset, url: RequestUrl): readonly number[] {
  const { windows } = ruleset;
  if (windows === undefined) return [];
  const edges: number[] = [];
  const search = new Search(ruleset, url, 0);
  search.each((index) => {
    if (!couldAnswer(search, index)) return undefined;
    for (const edge of [windows.from[index], windows.until[index]]) {
      if (edge !== undefined && Number.isFinite(edge)) edges.push(edge);
    }
    return undefined;
  });
  return edges;
}

/**
 * The next instant after `after` (epoch milliseconds) at which a rule that could answer this URL enters or leaves its
 * window; null where there is none.
 */
export function nextWindowChange(ruleset: CompiledRuleset, url: RequestUrl, after: number): number | null {
  const next = windowEdges(ruleset, url).reduce(
    (first, edge) => (edge > after && edge < first ? edge : first),
    Number.POSITIVE_INFINITY,
  );
  return Number.isFinite(next) ? next : null;
}
