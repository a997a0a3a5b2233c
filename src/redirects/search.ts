import { bestFirst } from './chains.ts';
import { foldCase } from './characters.ts';
import type { CompiledRuleset, PathIndex, QueryBuckets } from './compiled.ts';
import { conditionsOf, flagsOf, isInWindow } from './compiled.ts';
import { loneRule, NONE } from './heads.ts';
import { widerHostKey } from './host.ts';
import { conditionsHold, type Parameter, parseParameters } from './query.ts';
import { FLAG } from './traits.ts';
import { walkPatterns, walkPrefixes } from './trie.ts';
import { basePathCovers, type RequestUrl } from './url.ts';

/** Flags of rules that do not take every request for their path. */
const CONDITIONS = FLAG.disabled | FLAG.http | FLAG.https | FLAG.conditional;

/** Nothing is ever added to it. */
const NO_SPANS: number[] = [];

/** Why a rule whose path matches answers, or does not. */
export type Eligibility = 'eligible' | 'disabled' | 'scheme-differs' | 'outside-window' | 'query-differs';

/** One request against one ruleset; holds what is worked out at most once for it. */
export class Search {
  readonly ruleset: CompiledRuleset;
  readonly url: RequestUrl;
  readonly at: number;
  /** The path as rules are compared with it, trailing slash kept. */
  readonly folded: string;
  /** Start and end of the values of a pattern that matched. */
  spans: number[] = NO_SPANS;
  /** Where the rest begins for a prefix that matched. */
  rest = 0;
  /** The values of a regular expression that matched. */
  groups: readonly string[] = [];
  private parsed: readonly Parameter[] | undefined = undefined;

  constructor(ruleset: CompiledRuleset, url: RequestUrl, at: number) {
    this.ruleset = ruleset;
    this.url = url;
    this.at = at;
    this.folded = ruleset.options.case === 'ignore' ? foldCase(url.path) : url.path;
  }

  get parameters(): readonly Parameter[] {
    this.parsed ??= parseParameters(this.url.query);
    return this.parsed;
  }

  eligibility(rule: number): Eligibility {
    const flags = flagsOf(this.ruleset, rule);
    if ((flags & CONDITIONS) === 0) return isInWindow(this.ruleset, rule, this.at) ? 'eligible' : 'outside-window';
    if (flags & FLAG.disabled) return 'disabled';
    if (flags & FLAG.http && this.url.scheme !== 'http') return 'scheme-differs';
    if (flags & FLAG.https && this.url.scheme !== 'https') return 'scheme-differs';
    if (flags & FLAG.conditional && !conditionsHold(conditionsOf(this.ruleset, rule), this.parameters))
      return 'query-differs';
    return isInWindow(this.ruleset, rule, this.at) ? 'eligible' : 'outside-window';
  }

  /** The index of the rule that answers, or -1. `spans`, `rest` and `groups` are then those of its match. */
  winner(): number {
    const { hosts, hasWildcardHosts } = this.ruleset;
    let key: string | undefined = this.url.hostKey;
    while (key !== undefined) {
      const index = hosts.get(key);
      if (index !== undefined) {
        const rule = this.best(index);
        if (rule >= 0) return rule;
      }
      key = hasWildcardHosts ? widerHostKey(key) : undefined;
    }
    return -1;
  }

  private best(index: PathIndex): number {
    const head = index.exact.get(this.exactPath());
    if (head !== undefined) {
      const rule = this.pick(head);
      if (rule >= 0) return rule;
    }
    let won = -1;
    if (index.hasPatterns) {
      this.spans = [];
      walkPatterns(index.tree, this.folded, this.ignoresSlash(), this.spans, (found) => {
        won = this.pick(found);
        return won >= 0;
      });
      if (won >= 0) return won;
    }
    if (index.hasPrefixes) {
      walkPrefixes(index.tree, this.folded, (found, rest) => {
        won = this.pick(found);
        this.rest = rest;
        return won >= 0;
      });
      if (won >= 0) return won;
    }
    for (const rule of index.regexes) {
      if (this.eligibility(rule) === 'eligible' && this.matchesRegex(index, rule)) return rule;
    }
    return -1;
  }

  /** Visits every rule whose path could take the request, whatever its other conditions, best place first, until true. */
  each(visit: (rule: number) => boolean | undefined): void {
    let key: string | undefined = this.url.hostKey;
    while (key !== undefined) {
      const index = this.ruleset.hosts.get(key);
      if (index !== undefined && this.eachOf(index, visit)) return;
      key = this.ruleset.hasWildcardHosts ? widerHostKey(key) : undefined;
    }
  }

  private eachOf(index: PathIndex, visit: (rule: number) => boolean | undefined): boolean {
    const inChain = (head: number): boolean => {
      if (head < NONE) return visit(loneRule(head)) === true;
      for (let entry = head; entry >= 0; entry = this.ruleset.entryNext[entry] ?? -1) {
        if (visit(this.ruleset.entryRules[entry] ?? -1) === true) return true;
      }
      return false;
    };
    const head = index.exact.get(this.exactPath());
    if (head !== undefined && inChain(head)) return true;
    if (index.hasPatterns && walkPatterns(index.tree, this.folded, this.ignoresSlash(), [], inChain)) return true;
    if (index.hasPrefixes && walkPrefixes(index.tree, this.folded, inChain)) return true;
    return index.regexes.some((rule) => this.matchesRegex(index, rule) && visit(rule) === true);
  }

  private ignoresSlash(): boolean {
    return this.ruleset.options.trailingSlash === 'ignore';
  }

  private exactPath(): string {
    const path = this.folded;
    return this.ignoresSlash() && path.length > 1 && path.charCodeAt(path.length - 1) === 47 ? path.slice(0, -1) : path;
  }

  private pick(head: number): number {
    const { entryRules, entryNext, buckets } = this.ruleset;
    if (head < NONE) {
      const rule = loneRule(head);
      return this.eligibility(rule) === 'eligible' ? rule : -1;
    }
    const filed = buckets.size > 0 ? buckets.get(head) : undefined;
    if (filed !== undefined) return this.pickFiled(filed);
    for (let entry = head; entry >= 0; entry = entryNext[entry] ?? -1) {
      const rule = entryRules[entry] ?? -1;
      if (this.eligibility(rule) === 'eligible') return rule;
    }
    return -1;
  }

  private pickFiled({ byCondition, unconditional }: QueryBuckets): number {
    let best = -1;
    for (const { key } of this.parameters) {
      const rules = byCondition.get(key);
      if (rules !== undefined) best = this.better(rules, best);
    }
    return this.better(unconditional, best);
  }

  /** The first eligible of some rules, or `best` where that outranks it. */
  private better(rules: number | readonly number[], best: number): number {
    const rule =
      typeof rules === 'number'
        ? this.eligible(rules)
        : (rules.find((one) => this.eligibility(one) === 'eligible') ?? -1);
    // A tie is an error that lint tells; the order of the visitor's parameters must not decide it.
    return rule >= 0 && (best < 0 || bestFirst(this.ruleset, this.ruleset.rules, rule, best) < 0) ? rule : best;
  }

  private eligible(rule: number): number {
    return this.eligibility(rule) === 'eligible' ? rule : -1;
  }

  private matchesRegex(index: PathIndex, rule: number): boolean {
    const regex = this.ruleset.regexes.get(rule);
    if (regex === undefined || !index.bases.some((base) => basePathCovers(base, this.folded))) return false;
    const path = this.url.path;
    let groups = regex.match(path);
    if (groups === undefined && this.ignoresSlash() && path.length > 1 && path.endsWith('/'))
      groups = regex.match(path.slice(0, -1));
    if (groups === undefined) return false;
    this.groups = groups;
    return true;
  }
}
