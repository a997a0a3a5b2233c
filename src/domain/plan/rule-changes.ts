import { ComparedRules } from '../../redirects/difference/compared-rules.ts';
import { differenceOfRules } from '../../redirects/difference/rules.ts';
import type { RuleList } from '../../redirects/rule-list.ts';
import { tableSteps } from '../../redirects/rule-table.ts';
import { atOnce } from '../../redirects/steps.ts';
import type { RuleChanges } from './plan.ts';

/**
 * Counts how a list of rules changes, whatever its order. A rule is the same rule while its `from`, kind and window
 * are; what else differs is a change of it.
 */
export function ruleChanges(before: RuleList, after: RuleList): RuleChanges {
  const whole = { before: atOnce(tableSteps(before)), after: atOnce(tableSteps(after)) };
  const moved = unaligned(new ComparedRules(whole.before), new ComparedRules(whole.after)) ?? whole;
  const { added, removed, changed } = differenceOfRules(moved.before, moved.after);
  return {
    before: before.length,
    after: after.length,
    added: added.length,
    removed: removed.length,
    changed: changed.length,
  };
}

/** How far ahead the same rule is looked for where two lists part. */
const AHEAD = 32;
/** Where so many rules stand elsewhere, they are better looked up in the whole lists, as the bytes that they are. */
const MOST_MOVED = 100_000;

interface TwoLists {
  readonly before: RuleList;
  readonly after: RuleList;
}

/**
 * Two lists without most rules that both have: those that stand in the same order. Lists are seldom sorted anew, and
 * to compare two neighbours takes a fraction of what it takes to look one up. Each pair that is left out is the same
 * rule, so whatever is counted of what remains is true of the whole. Null where too many
 * stand elsewhere.
 */
function unaligned(before: ComparedRules, after: ComparedRules): TwoLists | null {
  const [old, next]: [number[], number[]] = [[], []];
  let i = 0;
  let j = 0;
  while (i < before.length && j < after.length) {
    const aside = before.isWhole(i, after, j) ? NOTHING_ASIDE : partedBy(before, after, i, j);
    for (let count = 0; count < aside.old; count++) old.push(i++);
    for (let count = 0; count < aside.next; count++) next.push(j++);
    if (aside !== NOTHING_ASIDE) {
      if (old.length > MOST_MOVED) return null;
      continue;
    }
    i += 1;
    j += 1;
  }
  for (; i < before.length; i++) old.push(i);
  for (; j < after.length; j++) next.push(j);
  if (old.length + next.length > MOST_MOVED) return null;
  return { before: old.map((index) => before.rule(index)), after: next.map((index) => after.rule(index)) };
}

const NOTHING_ASIDE = { old: 0, next: 0 };

/** How many rules of either list stand before the next ones that are the same. */
function partedBy(
  before: ComparedRules,
  after: ComparedRules,
  i: number,
  j: number,
): { readonly old: number; readonly next: number } {
  for (let distance = 1; distance <= AHEAD; distance += 1) {
    if (i + distance < before.length && before.isWhole(i + distance, after, j)) return { old: distance, next: 0 };
    if (j + distance < after.length && before.isWhole(i, after, j + distance)) return { old: 0, next: distance };
  }
  return { old: 1, next: 1 };
}
