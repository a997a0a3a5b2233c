import type { ExactPaths } from './exact-paths.ts';
import { loneRule, NONE } from './heads.ts';
import type { HostPaths } from './host-paths.ts';
import type { PathRegex } from './regex.ts';
import type { MatchKind, QueryPolicy, RedirectStatus, RuleOrigin, RuleProblem, RulesetOptions } from './rule.ts';
import type { RuleTable } from './rule-table.ts';
import type { Targets } from './targets.ts';
import { FLAG, flagsOfTraits, kindOfTraits, statusOfTraits } from './traits.ts';
import type { TrieNode } from './trie.ts';
import type { Scheme, SiteUrl } from './url.ts';

/** The rules of one host: exact paths by hash, prefixes and patterns by tree, regular expressions in order. */
export interface PathIndex {
  /** What its exact paths are filed under. */
  readonly id: number;
  /** Comparable path to the head of its chain. */
  readonly exact: HostPaths;
  readonly tree: TrieNode;
  /** Whether the tree holds anything: most hosts have exact rules alone. */
  hasPatterns: boolean;
  hasPrefixes: boolean;
  /** Rule indexes, best first. */
  regexes: number[];
  /** Base paths of the site on this host; no regular expression reaches beyond them. */
  readonly bases: readonly string[];
}

/** A chain of many rules for one path that differ by their query, filed under one condition each. */
export interface QueryBuckets {
  /** Most conditions have one rule, which is then no list. */
  readonly byCondition: ReadonlyMap<string, number | readonly number[]>;
  readonly unconditional: readonly number[];
}

/**
 * A ruleset made ready for lookups. Columns instead of one object per rule, so that a million rules stay affordable;
 * rules and targets stay bytes until they are needed.
 */
export interface CompiledRuleset {
  readonly rules: RuleTable;
  readonly options: RulesetOptions;
  readonly sites: readonly SiteUrl[];
  /** Rules that cannot be used, and why; they are left out of everything else. */
  readonly problems: readonly RuleProblem[];
  readonly originOf: (index: number) => RuleOrigin | undefined;
  /** Flags, kind and status of each rule: see `FLAG`. */
  readonly traits: Uint16Array;
  readonly priorities: Float64Array;
  /** Canonical target texts; undefined for 410. */
  readonly targets: Targets;
  readonly conditions: ReadonlyMap<number, readonly string[]>;
  readonly conditionCounts: Uint16Array;
  readonly regexes: ReadonlyMap<number, PathRegex>;
  /** Epoch milliseconds, -Infinity and Infinity where open; undefined where no rule has a window. */
  readonly windows: { readonly from: Float64Array; readonly until: Float64Array } | undefined;
  readonly hosts: ReadonlyMap<string, PathIndex>;
  /** The exact paths of all hosts. */
  readonly paths: ExactPaths;
  readonly hasWildcardHosts: boolean;
  /** Chains of several rules for one place in an index, best first: the rule of an entry, and the next entry or -1. */
  readonly entryRules: Int32Array;
  readonly entryNext: Int32Array;
  readonly sharedHeads: readonly number[];
  /** By rule: in how many places of the index it lies, where these are several. */
  readonly placeCounts: ReadonlyMap<number, number>;
  /** By head of the chain. */
  readonly buckets: ReadonlyMap<number, QueryBuckets>;
}

export function kindOf(ruleset: CompiledRuleset, index: number): MatchKind {
  return kindOfTraits(ruleset.traits[index] ?? 0);
}

export function statusOf(ruleset: CompiledRuleset, index: number): RedirectStatus {
  return statusOfTraits(ruleset.traits[index] ?? 0);
}

export function flagsOf(ruleset: CompiledRuleset, index: number): number {
  return flagsOfTraits(ruleset.traits[index] ?? 0);
}

export function schemeOf(ruleset: CompiledRuleset, index: number): Scheme | '' {
  const flags = flagsOf(ruleset, index);
  if (flags & FLAG.http) return 'http';
  return flags & FLAG.https ? 'https' : '';
}

const NO_CONDITIONS: readonly string[] = [];

export function conditionsOf(ruleset: CompiledRuleset, index: number): readonly string[] {
  return flagsOf(ruleset, index) & FLAG.conditional ? (ruleset.conditions.get(index) ?? NO_CONDITIONS) : NO_CONDITIONS;
}

export function policyOf(ruleset: CompiledRuleset, index: number): QueryPolicy {
  const { query } = ruleset.options;
  return flagsOf(ruleset, index) & FLAG.policy ? (ruleset.rules.at(index)?.query ?? query) : query;
}

/**
 * What decides between rules for one path: a scheme over none, then more query conditions, then priority. Negative
 * where `a` wins; zero is a tie.
 */
export function compareRank(ruleset: RankColumns, a: number, b: number): number {
  const schemes = FLAG.http | FLAG.https;
  const scheme =
    Number(((ruleset.traits[b] ?? 0) & schemes) !== 0) - Number(((ruleset.traits[a] ?? 0) & schemes) !== 0);
  if (scheme !== 0) return scheme;
  const conditions = (ruleset.conditionCounts[b] ?? 0) - (ruleset.conditionCounts[a] ?? 0);
  if (conditions !== 0) return conditions;
  return (ruleset.priorities[b] ?? 0) - (ruleset.priorities[a] ?? 0);
}

export type RankColumns = Pick<CompiledRuleset, 'traits' | 'conditionCounts' | 'priorities'>;

export function isInWindow(ruleset: CompiledRuleset, index: number, at: number): boolean {
  const windows = ruleset.windows;
  return windows === undefined || ((windows.from[index] ?? 0) <= at && at < (windows.until[index] ?? 0));
}

/** The same ruleset with some rules switched off. */
export function withoutRules(ruleset: CompiledRuleset, gone: Iterable<number>): CompiledRuleset {
  const traits = Uint16Array.from(ruleset.traits);
  for (const rule of gone) traits[rule] = (traits[rule] ?? 0) | FLAG.disabled;
  return { ...ruleset, traits };
}

/** The rules of a place, best first. */
export function chainOf(ruleset: CompiledRuleset, head: number): number[] {
  if (head < NONE) return [loneRule(head)];
  const rules: number[] = [];
  for (let entry = head; entry >= 0; entry = ruleset.entryNext[entry] ?? -1)
    rules.push(ruleset.entryRules[entry] ?? -1);
  return rules;
}
