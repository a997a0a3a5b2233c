import { compileRuleset } from '../compile.ts';
import type { CompiledRuleset } from '../compiled.ts';
import { flagsOf, withoutRules } from '../compiled.ts';
import { witnessesOf } from '../lint/witness.ts';
import { matchRule } from '../match.ts';
import { isFault, type RedirectRule, type RulesetOptions } from '../rule.ts';
import { Search } from '../search.ts';
import { parseSource } from '../source.ts';
import { FLAG } from '../traits.ts';
import { parseRequestUrl, type RequestUrl } from '../url.ts';

/** Stands for the host of a file that names none. */
const SITE = 'https://site.example/';

/** What becomes of a rule where the first that matches wins. */
export interface OrderedRule {
  /** An earlier rule that leaves it nothing, or that would here lose to it. */
  readonly takenBy: number | undefined;
  /** An earlier rule has one URL of it alone: a rule that says so. */
  readonly instead: RedirectRule | undefined;
}

/** A `:name` or `*` is tried with values that no rule names. */
export function orderRules(rules: readonly RedirectRule[], options: RulesetOptions): readonly OrderedRule[] {
  const ruleset = compileForOrder(rules, options);
  let kept = ruleset;
  // A rule that goes leaves its URLs to others, which then have to be looked at again.
  for (;;) {
    const order = rules.map((_, index) => orderRule(ruleset, kept, index));
    const gone = order.flatMap(({ takenBy }, index) =>
      takenBy !== undefined && !(flagsOf(kept, index) & FLAG.disabled) ? [index] : [],
    );
    if (gone.length === 0) return order;
    kept = withoutRules(kept, gone);
  }
}

const LIVE: OrderedRule = { takenBy: undefined, instead: undefined };

/** @param kept the same rules without those that are known to go */
function orderRule(ruleset: CompiledRuleset, kept: CompiledRuleset, index: number): OrderedRule {
  if ((flagsOf(ruleset, index) & FLAG.valid) === 0) return LIVE;
  const urls = new Set([...witnessesOf(ruleset, index), ...witnessesOf(ruleset, index, [DEEP, DEEP, DEEP])]);
  const end = endOf(ruleset, index);
  let dead: number | undefined;
  let contested: number | undefined;
  let instead: RedirectRule | undefined;
  let left = 0;
  for (const url of urls) {
    const request = parseRequestUrl(url);
    const first = firstMatch(ruleset, request, index);
    const winner = matchRule(kept, request, 0);
    if (first === index) left++;
    else if (winner.kind !== 'rule' || winner.index !== index) dead ??= first;
    else {
      const own = end !== undefined && url.endsWith('/') ? answerOf(ruleset, first, url, end) : undefined;
      if (own === undefined) contested ??= first;
      else {
        instead = own;
        dead ??= first;
      }
    }
  }
  if (contested !== undefined) return { takenBy: contested, instead: undefined };
  return left === 0 ? { takenBy: dead, instead: undefined } : { takenBy: undefined, instead };
}

/** The one path that a rule `/a/*` takes with an empty `*`, as its `from` has it; undefined where there are several. */
function endOf(ruleset: CompiledRuleset, index: number): string | undefined {
  const from = ruleset.rules.at(index)?.from ?? '';
  return from.endsWith('/*') && !/\/:[^/]*\//.test(from) ? from.slice(0, -1) : undefined;
}

/** A rule for that path alone, with the answer of another rule; undefined where that asks for more than the path. */
function answerOf(ruleset: CompiledRuleset, other: number, url: string, from: string): RedirectRule | undefined {
  const rule = ruleset.rules.at(other);
  if (rule === undefined || flagsOf(ruleset, other) & FLAG.conditional) return undefined;
  const alone = compileForOrder([rule], ruleset.options);
  const match = matchRule(alone, parseRequestUrl(url), 0);
  if (match.kind !== 'rule' || match.location === null) return undefined;
  const to = match.location.startsWith(SITE) ? match.location.slice(SITE.length - 1) : match.location;
  return { from, to, status: match.status, match: 'exact' };
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
