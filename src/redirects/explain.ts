import { type CompiledRuleset, compareRank, conditionsOf, kindOf, schemeOf } from './compiled.ts';
import { Search } from './search.ts';
import type { RequestUrl } from './url.ts';

export type ConsideredOutcome =
  | 'won'
  | 'less-specific'
  | 'disabled'
  | 'scheme-differs'
  | 'outside-window'
  | 'query-differs';

export interface ConsideredRule {
  readonly index: number;
  readonly outcome: ConsideredOutcome;
  /** One sentence without a full stop, for a person. */
  readonly why: string;
}

/** A chain of thousands of rules for one path would drown the answer; the closest ones say enough. */
const MAX_CONSIDERED = 50;

/** Every rule whose path could take the request, the winner first; `winner` is -1 where none answers. */
export function considerRules(
  ruleset: CompiledRuleset,
  url: RequestUrl,
  at: number,
  winner: number,
): readonly ConsideredRule[] {
  const search = new Search(ruleset, url, at);
  const considered: ConsideredRule[] = [];
  if (winner >= 0) considered.push({ index: winner, outcome: 'won', why: wonBecause(ruleset, winner) });
  const seen = new Set([winner]);
  search.each((index) => {
    if (seen.has(index)) return false;
    seen.add(index);
    considered.push(judge(search, index, winner));
    return considered.length >= MAX_CONSIDERED;
  });
  return considered;
}

function wonBecause(ruleset: CompiledRuleset, index: number): string {
  const kind = kindOf(ruleset, index);
  const conditions = conditionsOf(ruleset, index).length;
  return conditions === 0 ? `its ${kind} path takes the URL` : `its ${kind} path and its query take the URL`;
}

function judge(search: Search, index: number, winner: number): ConsideredRule {
  const { ruleset } = search;
  const outcome = search.eligibility(index);
  switch (outcome) {
    case 'eligible':
      return { index, outcome: 'less-specific', why: lessSpecific(ruleset, index, winner) };
    case 'disabled':
      return { index, outcome, why: 'it is disabled' };
    case 'scheme-differs':
      return { index, outcome, why: `it is for ${schemeOf(ruleset, index)} alone` };
    case 'outside-window': {
      const from = ruleset.windows?.from[index] ?? Number.NEGATIVE_INFINITY;
      return { index, outcome, why: search.at < from ? 'its window has not begun' : 'its window has ended' };
    }
    case 'query-differs':
      return { index, outcome, why: `it asks for ${conditionsOf(ruleset, index).join('&')} in the query` };
  }
}

function lessSpecific(ruleset: CompiledRuleset, index: number, winner: number): string {
  const kind = kindOf(ruleset, index);
  const won = kindOf(ruleset, winner);
  const order = ['exact', 'pattern', 'prefix', 'regex'];
  if (order.indexOf(won) < order.indexOf(kind))
    return `an ${won} path outranks a ${kind}`.replace(/^an (?=[^aeiou])/, 'a ');
  if (kind === won && compareRank(ruleset, winner, index) < 0)
    return 'the rule that won has a scheme, more query conditions or a higher priority';
  if (kind === won) return `the ${kind} that won is more specific`;
  return 'the rule that won is for this very host';
}
