import { bestFirst } from '../chains.ts';
import { type CompiledRuleset, kindOf } from '../compiled.ts';
import type { Pattern } from '../pattern.ts';
import type { EdgeEntry, PathTest } from './edge-entry.ts';

const ORDER = { exact: 0, pattern: 1, prefix: 2, regex: 3 } as const;

/** Exact paths, patterns from the left, prefixes longest first, regular expressions; each place best first. */
export function inOrder(ruleset: CompiledRuleset, entries: readonly EdgeEntry[]): readonly EdgeEntry[] {
  return entries.toSorted(
    (a, b) =>
      ORDER[kindOf(ruleset, a.rule)] - ORDER[kindOf(ruleset, b.rule)] ||
      comparePlaces(a.test, b.test) ||
      bestFirst(ruleset, ruleset.rules, a.rule, b.rule),
  );
}

function comparePlaces(a: PathTest, b: PathTest): number {
  if (a.kind === 'prefix' && b.kind === 'prefix') return b.path.length - a.path.length;
  if (a.kind !== 'pattern' || b.kind !== 'pattern') return 0;
  const left = placeText(a.pattern);
  const right = placeText(b.pattern);
  for (let at = 0; at < Math.max(left.length, right.length); at++) {
    const difference = specificity(left[at]) - specificity(right[at]);
    if (difference !== 0) return difference;
    if (left[at] !== right[at]) return (left[at] ?? '') < (right[at] ?? '') ? -1 : 1;
  }
  return 0;
}

/** A pattern's shape: what two patterns for one place have in common. */
function placeText({ segments, splat }: Pattern): readonly string[] {
  const texts = segments.map((segment) => (segment.kind === 'literal' ? `=${segment.text}` : ':'));
  return splat ? [...texts, '*'] : texts;
}

/** Ends, then literals, then `:name`, then `*`: the order in which the engine goes down its tree. */
function specificity(segment: string | undefined): number {
  if (segment === undefined) return 0;
  if (segment.startsWith('=')) return 1;
  return segment === ':' ? 2 : 3;
}
