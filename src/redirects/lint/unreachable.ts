import { type CompiledRuleset, chainOf, compareRank, conditionsOf, flagsOf, schemeOf } from '../compiled.ts';
import { FLAG } from '../traits.ts';
import type { TrieNode } from '../trie.ts';
import { answerText } from './answer-text.ts';
import { type Finding, findingRule, type LintRuleset } from './finding.ts';
import { instantIn, lastsAsLong } from './windows.ts';
import { witnessesOf } from './witness.ts';

/** Ways down a tree that are followed at once; more than any real set of patterns has. */
const MAX_WAYS = 64;

/** By rule: the rules that win over it, one list for each place of the index in which it lies. */
type Shadows = Map<number, (readonly number[])[]>;

/**
 * Rules that never win because others take every URL they could: rules with the same source and a higher rank, or a
 * pattern `/a/*` over a prefix below it (patterns outrank prefixes, however long), or a catch-all over regular
 * expressions. A rule that lies in the indexes of several hosts has to lose in each of them.
 */
export function findUnreachable(ruleset: LintRuleset): Finding[] {
  const { compiled } = ruleset;
  const shadows: Shadows = new Map();
  for (const head of compiled.sharedHeads) shadowInChain(compiled, head, shadows);
  for (const place of new Set(compiled.hosts.values())) {
    shadowInTree(compiled, place.tree, shadows);
    const covers = [place.tree.splat, place.tree.prefix].flatMap((head) => chainOf(compiled, head));
    for (const rule of place.regexes) markShadow(compiled, rule, covers, shadows);
  }
  return [...shadows].flatMap(([index, winners]) =>
    winners.length < (compiled.placeCounts.get(index) ?? 1)
      ? []
      : [finding(ruleset, index, [...new Set(winners.flat())])],
  );
}

function finding(ruleset: LintRuleset, index: number, winners: readonly number[]): Finding {
  const { compiled } = ruleset;
  const [witness] = witnessesOf(compiled, index);
  const at = instantIn(compiled, [index]);
  const names = winners.map((winner) => `"${compiled.rules.at(winner)?.from ?? ''}"`).join(' and ');
  const needless = winners.every(
    (winner) => flagsOf(compiled, winner) & FLAG.plain && answerText(compiled, winner) === answerText(compiled, index),
  );
  return {
    code: 'unreachable',
    severity: 'warning',
    message: `${names} always ${winners.length === 1 ? 'wins' : 'win'} over it, so it never answers`,
    rules: [findingRule(ruleset, index), ...winners.map((winner) => findingRule(ruleset, winner))],
    ...(witness === undefined ? {} : { witness }),
    ...(at === undefined ? {} : { at }),
    // With another answer it may be the rule that was meant to win: that is for a person to say.
    ...(needless ? { fix: { kind: 'remove', rules: [findingRule(ruleset, index)] } as const } : {}),
  };
}

function mark(shadows: Shadows, rule: number, winners: readonly number[]): void {
  const known = shadows.get(rule);
  if (known === undefined) shadows.set(rule, [winners]);
  else known.push(winners);
}

/** In one place of the index: the same conditions, and a higher priority or a scheme (or both schemes) of its own. */
function shadowInChain(compiled: CompiledRuleset, head: number, shadows: Shadows): void {
  const chain = chainOf(compiled, head);
  // Best first: where the first and the last are equals, nobody outranks anybody.
  if (compareRank(compiled, chain[0] ?? 0, chain.at(-1) ?? 0) === 0) return;
  const best = new Map<string, number>();
  for (const rule of chain) {
    if (flagsOf(compiled, rule) & FLAG.disabled) continue;
    const conditions = conditionsOf(compiled, rule).join('&');
    const scheme = schemeOf(compiled, rule);
    const wins = (winner: number | undefined): winner is number =>
      winner !== undefined && compareRank(compiled, winner, rule) < 0 && lastsAsLong(compiled, winner, rule);
    const like = best.get(`${scheme} ${conditions}`);
    const schemed = [best.get(`http ${conditions}`), best.get(`https ${conditions}`)];
    if (wins(like)) mark(shadows, rule, [like]);
    else if (scheme === '' && schemed.every(wins)) mark(shadows, rule, schemed.filter(wins));
    else if (like === undefined) best.set(`${scheme} ${conditions}`, rule);
  }
}

/** One node of a tree on the way down. */
interface Visited {
  readonly node: TrieNode;
  /** The nodes that take every path which leads to `node`: itself, and those reached through names. */
  readonly ways: readonly TrieNode[];
  /** The rules of the patterns `…/*` above, which take everything below them. */
  readonly covers: readonly number[];
}

/** A tree may be as deep as a path is long: too deep for calls within calls. */
function shadowInTree(compiled: CompiledRuleset, tree: TrieNode, shadows: Shadows): void {
  const waiting: Visited[] = [{ node: tree, ways: [tree], covers: [] }];
  for (let visited = waiting.pop(); visited !== undefined; visited = waiting.pop()) {
    for (const rule of chainOf(compiled, visited.node.prefix)) markShadow(compiled, rule, visited.covers, shadows);
    for (const child of childrenOf(compiled, visited).toReversed()) waiting.push(child);
  }
}

function childrenOf(compiled: CompiledRuleset, { node, ways, covers }: Visited): readonly Visited[] {
  if (node.literals === undefined && node.name === undefined) return [];
  const splats = ways.flatMap((way) => chainOf(compiled, way.splat));
  const below = splats.length === 0 ? covers : [...covers, ...splats.filter((rule) => isUnconditional(compiled, rule))];
  const names = ways.flatMap((way) => (way.name === undefined ? [] : [way.name]));
  const children = [...(node.literals ?? [])].map(([segment, child]): Visited => {
    const literals = ways.flatMap((way) => way.literals?.get(segment) ?? []);
    return { node: child, ways: [...literals, ...(segment === '' ? [] : names)].slice(0, MAX_WAYS), covers: below };
  });
  return node.name === undefined
    ? children
    : [...children, { node: node.name, ways: names.slice(0, MAX_WAYS), covers: below }];
}

function markShadow(compiled: CompiledRuleset, rule: number, covers: readonly number[], shadows: Shadows): void {
  if (flagsOf(compiled, rule) & FLAG.disabled) return;
  const winner = covers.find((cover) => isUnconditional(compiled, cover) && lastsAsLong(compiled, cover, rule));
  if (winner !== undefined) mark(shadows, rule, [winner]);
}

function isUnconditional(compiled: CompiledRuleset, rule: number): boolean {
  const flags = flagsOf(compiled, rule);
  return (flags & (FLAG.disabled | FLAG.conditional | FLAG.http | FLAG.https)) === 0;
}
