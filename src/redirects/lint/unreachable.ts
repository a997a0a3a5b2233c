import {
  type CompiledRuleset,
  chainOf,
  compareRank,
  conditionsOf,
  FLAG,
  flagsOf,
  type PathIndex,
  schemeOf,
} from '../compiled.ts';
import type { TrieNode } from '../trie.ts';
import { type Finding, findingRule, type LintRuleset } from './finding.ts';
import { witnessesOf } from './witness.ts';

/**
 * Rules that never win because another takes every URL they could: one with the same source and a higher priority, or
 * a pattern `/a/*` over a prefix below it (patterns outrank prefixes, however long), or a catch-all over regular
 * expressions.
 */
export function findUnreachable(ruleset: LintRuleset): Finding[] {
  const { compiled } = ruleset;
  const shadowed = new Map<number, number>();
  const done = new Set<PathIndex>();
  for (const place of compiled.hosts.values()) {
    if (done.has(place)) continue;
    done.add(place);
    for (const head of place.exact.values()) shadowInChain(compiled, head, shadowed);
    shadowInTree(compiled, place.tree, [], shadowed);
    const covers = [place.tree.splat, place.tree.prefix].flatMap((head) => chainOf(compiled, head));
    for (const rule of place.regexes) markShadow(compiled, rule, covers, shadowed);
  }
  return [...shadowed].map(([index, winner]) => {
    const [witness] = witnessesOf(compiled, index);
    return {
      code: 'unreachable',
      severity: 'warning',
      message: `"${compiled.rules[winner]?.from ?? ''}" always wins over it, so it never answers`,
      rules: [findingRule(ruleset, index), findingRule(ruleset, winner)],
      ...(witness === undefined ? {} : { witness }),
    };
  });
}

/** In one place of the index: the same conditions and scheme, a higher priority. */
function shadowInChain(compiled: CompiledRuleset, head: number, shadowed: Map<number, number>): void {
  if (head < 0 || (compiled.entryNext[head] ?? -1) < 0) return;
  const best = new Map<string, number>();
  for (const rule of chainOf(compiled, head)) {
    if (flagsOf(compiled, rule) & FLAG.disabled) continue;
    const like = `${schemeOf(compiled, rule)} ${conditionsOf(compiled, rule).join('&')}`;
    const winner = best.get(like);
    if (winner === undefined) best.set(like, rule);
    else if (compareRank(compiled, winner, rule) < 0 && lastsAsLong(compiled, winner, rule)) shadowed.set(rule, winner);
  }
}

/** @param covers the rules of the patterns `…/*` above the node, which take everything below them */
function shadowInTree(
  compiled: CompiledRuleset,
  node: TrieNode,
  covers: readonly number[],
  shadowed: Map<number, number>,
): void {
  for (const head of [node.terminal, node.splat, node.prefix]) shadowInChain(compiled, head, shadowed);
  for (const rule of chainOf(compiled, node.prefix)) markShadow(compiled, rule, covers, shadowed);
  const below =
    node.splat < 0
      ? covers
      : [...covers, ...chainOf(compiled, node.splat).filter((rule) => isUnconditional(compiled, rule))];
  for (const child of node.literals?.values() ?? []) shadowInTree(compiled, child, below, shadowed);
  if (node.name !== undefined) shadowInTree(compiled, node.name, below, shadowed);
}

function markShadow(
  compiled: CompiledRuleset,
  rule: number,
  covers: readonly number[],
  shadowed: Map<number, number>,
): void {
  if (flagsOf(compiled, rule) & FLAG.disabled) return;
  const winner = covers.find((cover) => isUnconditional(compiled, cover) && lastsAsLong(compiled, cover, rule));
  if (winner !== undefined) shadowed.set(rule, winner);
}

function isUnconditional(compiled: CompiledRuleset, rule: number): boolean {
  const flags = flagsOf(compiled, rule);
  return (flags & (FLAG.disabled | FLAG.conditional | FLAG.http | FLAG.https)) === 0;
}

function lastsAsLong(compiled: CompiledRuleset, winner: number, rule: number): boolean {
  const { windows } = compiled;
  if (windows === undefined) return true;
  return (
    (windows.from[winner] ?? 0) <= (windows.from[rule] ?? 0) &&
    (windows.until[winner] ?? 0) >= (windows.until[rule] ?? 0)
  );
}
