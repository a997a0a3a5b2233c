import type { RulesetOptions } from '../rule.ts';
import type { RuleList } from '../rule-list.ts';
import { tableSteps } from '../rule-table.ts';
import { atOnce } from '../steps.ts';
import { ComparedRules } from './compared-rules.ts';
import { PlacesByHash } from './places-by-hash.ts';

/** How one list of rules differs from another, by their indexes; order is no difference, since it decides nothing. */
export interface RulesDifference {
  /** Indexes after. */
  readonly added: readonly number[];
  /** Indexes before. */
  readonly removed: readonly number[];
  readonly changed: readonly { readonly before: number; readonly after: number }[];
  readonly same: number;
}

/**
 * Pairs the rules of two lists. A rule is the same rule while its `from`, kind and window are; what else differs is
 * a change of it. What is written out and what is left to a default are alike. Beside the rules, it takes some twenty
 * bytes for each of them.
 */
export function differenceOfRules(before: RuleList, after: RuleList): RulesDifference {
  const old = new ComparedRules(atOnce(tableSteps(before)));
  const now = new ComparedRules(atOnce(tableSteps(after)));
  const { left, unmatched } = withoutAlike(old, now);
  const identities = new PlacesByHash(left.length, (at) => old.identityText(left[at] ?? -1));
  for (const [at, index] of left.entries()) identities.add(old.identityHash(index), at);
  const changed: { before: number; after: number }[] = [];
  const added: number[] = [];
  for (const index of unmatched) {
    const own = identities.take({
      hash: now.identityHash(index),
      is: (at) => old.isIdentity(left[at] ?? -1, now, index),
      text: () => now.identityText(index),
    });
    if (own === undefined) added.push(index);
    else changed.push({ before: left[own] ?? -1, after: index });
  }
  const removed = identities.rest().map((at) => left[at] ?? -1);
  return { added, removed, changed, same: now.length - unmatched.length };
}

/** The indexes, in ascending order, of the rules of either list that have none alike in the other. */
function withoutAlike(
  old: ComparedRules,
  now: ComparedRules,
): { readonly left: number[]; readonly unmatched: number[] } {
  const whole = new PlacesByHash(old.length, (index) => old.wholeText(index));
  for (let index = 0; index < old.length; index++) whole.add(old.wholeHash(index), index);
  const unmatched: number[] = [];
  for (let index = 0; index < now.length; index++) {
    const own = whole.take({
      hash: now.wholeHash(index),
      is: (other) => old.isWhole(other, now, index),
      text: () => now.wholeText(index),
    });
    if (own === undefined) unmatched.push(index);
  }
  return { left: whole.rest(), unmatched };
}

export interface OptionChange {
  readonly option: string;
  readonly before: unknown;
  readonly after: unknown;
}

/** What two rulesets mean otherwise by the same rules; null is an absent one. */
export function differenceOfOptions(before: RulesetOptions, after: RulesetOptions): readonly OptionChange[] {
  return (['query', 'trailingSlash', 'case', 'fallback'] as const).flatMap((option) => {
    const [one, other] = [before[option] ?? null, after[option] ?? null];
    return JSON.stringify(one) === JSON.stringify(other) ? [] : [{ option, before: one, after: other }];
  });
}
