import { type CompiledRuleset, type CompileInput, compileRuleset } from '../compile.ts';
import type { RedirectRule } from '../rule.ts';
import { mergeShapes } from './merge.ts';
import { compareAnswers, type Difference, urlsOf } from './prove.ts';
import { ruleOf, type Shape, shapeOf } from './shape.ts';

/** Fewer rules than this show no habit. */
export const DEFAULT_AT_LEAST = 5;

export interface MinimizeInput extends CompileInput {
  /** URLs of a log, whose answers stay as they are besides those of the rules' own URLs. */
  readonly urls?: readonly string[];
  /** Rules that a merged one must stand for at least; 5 where it is absent. */
  readonly atLeast?: number;
}

export interface MergedRule {
  readonly rule: RedirectRule;
  /** Indexes of the rules it stands for. */
  readonly replaces: readonly number[];
}

export interface RefusedMerge extends MergedRule {
  /** A URL whose answer it would have changed. */
  readonly because: Difference;
}

export interface Minimized {
  /** In the order of the input, each merged rule where its first one stood. */
  readonly rules: readonly RedirectRule[];
  readonly merged: readonly MergedRule[];
  readonly refused: readonly RefusedMerge[];
  /** How many URLs were asked of the old rules and the new, with the same answers. */
  readonly proven: number;
}

/**
 * Says what many exact rules say with fewer: patterns for what they have in common, and exact rules for the exceptions.
 * Both rulesets are then asked for every URL of the rules and of the log, and a merge that changes one answer is taken
 * back. URLs that are in neither may get an answer that they did not have: that is what makes a pattern shorter.
 *
 * @throws UrlError where a site URL is no URL
 */
export function minimizeRules(input: MinimizeInput): Minimized {
  const before = compileRuleset(input);
  const all = [...input.rules];
  const shapes = all.flatMap((_, index) => shapeOf(before, index) ?? []);
  let merged = mergeShapes(shapes, { atLeast: input.atLeast ?? DEFAULT_AT_LEAST, options: input.options }).map(
    (shape) => mergedRule(shape, all),
  );
  const refused: RefusedMerge[] = [];
  for (;;) {
    const { rules, origins } = withMerged(all, merged);
    const { origins: _, ...rest } = input;
    const after = compileRuleset({ ...rest, rules });
    const { urls, differences } = compareAnswers(before, after, allUrls(before, input.urls ?? []));
    if (differences.length === 0) return { rules, merged, refused, proven: urls };
    const guilty = blame(merged, origins, differences, after);
    for (const merge of guilty) refused.push(merge);
    const out = new Set(guilty.map(({ rule }) => rule));
    merged = merged.filter(({ rule }) => !out.has(rule));
  }
}

function* allUrls(before: CompiledRuleset, log: readonly string[]): Generator<string> {
  yield* urlsOf(before);
  yield* log;
}

function mergedRule(shape: Shape, rules: readonly RedirectRule[]): MergedRule {
  const first = rules[shape.members[0] ?? -1];
  return { rule: ruleOf(shape, first ?? { from: '' }), replaces: shape.members };
}

/** The rules with each merged one in the place of its first; `origins` has the merged one's index, or -1. */
function withMerged(
  rules: readonly RedirectRule[],
  merged: readonly MergedRule[],
): { readonly rules: readonly RedirectRule[]; readonly origins: readonly number[] } {
  const replacedBy = new Map(merged.flatMap(({ replaces }, index) => replaces.map((rule) => [rule, index] as const)));
  const placed = new Set<number>();
  const next: RedirectRule[] = [];
  const origins: number[] = [];
  rules.forEach((rule, index) => {
    const by = replacedBy.get(index);
    if (by !== undefined && placed.has(by)) return;
    if (by !== undefined) placed.add(by);
    next.push(by === undefined ? rule : (merged[by]?.rule ?? rule));
    origins.push(by ?? -1);
  });
  return { rules: next, origins };
}

/** The merges that changed an answer: the one that answers now; where none does, the difference has no other cause than all of them. */
function blame(
  merged: readonly MergedRule[],
  origins: readonly number[],
  differences: readonly Difference[],
  after: CompiledRuleset,
): readonly RefusedMerge[] {
  const guilty = new Map<number, Difference>();
  for (const difference of differences) {
    const by = origins[difference.index] ?? -1;
    if (by >= 0 && !guilty.has(by)) guilty.set(by, difference);
  }
  if (guilty.size === 0) {
    // A rule that was there before answers now where a merged one should: the merges of that URL are not told apart.
    // Rules that nobody can use were so before, and are no merge's doing.
    const unusable = new Set(after.problems.map(({ index }) => origins[index] ?? -1).filter((merge) => merge >= 0));
    merged.forEach((_, index) => {
      const [first] = differences;
      if (first !== undefined && (unusable.size === 0 || unusable.has(index))) guilty.set(index, first);
    });
  }
  return [...guilty].flatMap(([index, because]) => {
    const merge = merged[index];
    return merge === undefined ? [] : [{ ...merge, because }];
  });
}
