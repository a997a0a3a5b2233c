import { compileRuleset } from '../compile.ts';
import type { CompiledRuleset } from '../compiled.ts';
import { FLAG, flagsOf } from '../compiled.ts';
import { witnessesOf } from '../lint/witness.ts';
import { matchRule } from '../match.ts';
import { isFault, type RedirectRule, type RulesetOptions } from '../rule.ts';
import { Search } from '../search.ts';
import { parseSource } from '../source.ts';
import { parseRequestUrl, type RequestUrl } from '../url.ts';

/** Stands for the host of a file that names none. */
const SITE = 'https://site.example/';

/**
 * Where the first rule that matches wins: for each rule, the index of an earlier one that leaves it nothing, or that
 * would here lose to it, and undefined where there is none. A `:name` or `*` is tried with values that no rule names.
 */
export function takenByEarlier(
  rules: readonly RedirectRule[],
  options: RulesetOptions,
): readonly (number | undefined)[] {
  const ruleset = compileForOrder(rules, options);
  return rules.map((_, index) => {
    if ((flagsOf(ruleset, index) & FLAG.valid) === 0) return undefined;
    const urls = [...witnessesOf(ruleset, index), ...witnessesOf(ruleset, index, [DEEP, DEEP, DEEP])];
    let taker: number | undefined;
    let left = 0;
    for (const url of urls) {
      const request = parseRequestUrl(url);
      const first = firstMatch(ruleset, request, index);
      const winner = matchRule(ruleset, request, 0);
      if (first === index) left++;
      else if (winner.kind === 'rule' && winner.index === index) return first;
      else taker ??= first;
    }
    return left === 0 ? taker : undefined;
  });
}

/** A value of several segments: a `*` takes it, and a `:name` gives a URL that is not the rule's own. */
const DEEP = 'deep/example';

function firstMatch(ruleset: CompiledRuleset, request: RequestUrl, own: number): number {
  let first = own;
  const search = new Search(ruleset, request, 0);
  search.each((other) => {
    if (other < first && search.eligibility(other) === 'eligible') first = other;
  });
  return first;
}

function compileForOrder(rules: readonly RedirectRule[], options: RulesetOptions): CompiledRuleset {
  const hosts = new Set<string>([SITE]);
  for (const rule of rules) {
    const source = parseSource(rule, options);
    if (!isFault(source) && source.hostKey !== '') hosts.add(`https://${source.hostKey}/`);
  }
  return compileRuleset({ rules, options, siteUrls: [...hosts], resolveTime: () => 0 });
}
