import type { RedirectRule } from '../../redirects/rule.ts';
import type { RuleChanges } from './plan.ts';

/**
 * Counts how a list of rules changes, whatever its order. A rule is the same rule while its `from`, kind and window
 * are; what else differs is a change of it.
 */
export function ruleChanges(before: readonly RedirectRule[], after: readonly RedirectRule[]): RuleChanges {
  const moved = unaligned(before, after);
  const gone = new Counts();
  for (const rule of moved.before) gone.add(wholeOf(rule));
  const unmatched = moved.after.filter((rule) => !gone.take(wholeOf(rule)));

  const identities = new Counts();
  for (const rule of moved.before) if (gone.take(wholeOf(rule))) identities.add(identityOf(rule));
  const changed = unmatched.filter((rule) => identities.take(identityOf(rule))).length;

  const same = after.length - unmatched.length;
  return {
    before: before.length,
    after: after.length,
    added: unmatched.length - changed,
    removed: before.length - same - changed,
    changed,
  };
}

/** How far ahead the same rule is looked for where two lists part. */
const AHEAD = 32;
/** Where so many rules stand elsewhere, the lists are in another order, and looking ahead finds nothing. */
const MOST_MOVED = 100_000;

interface TwoLists {
  readonly before: readonly RedirectRule[];
  readonly after: readonly RedirectRule[];
}

/**
 * Two lists without most rules that both have: those that stand in the same order. Lists are seldom sorted anew, and
 * to compare two neighbours takes a hundredth of what it takes to look one up. Each pair that is left out is the same
 * rule, so whatever is counted of what remains is true of the whole.
 */
function unaligned(before: readonly RedirectRule[], after: readonly RedirectRule[]): TwoLists {
  const moved: { before: RedirectRule[]; after: RedirectRule[] } = { before: [], after: [] };
  let i = 0;
  let j = 0;
  for (;;) {
    const [old, next] = [before[i], after[j]];
    if (old === undefined || next === undefined) break;
    const aside = sameRule(old, next) ? NOTHING_ASIDE : partedBy(before, after, i, j, moved.before.length);
    for (const rule of before.slice(i, i + aside.old)) moved.before.push(rule);
    for (const rule of after.slice(j, j + aside.next)) moved.after.push(rule);
    const same = aside.old + aside.next === 0 ? 1 : 0;
    i += aside.old + same;
    j += aside.next + same;
  }
  for (const rule of before.slice(i)) moved.before.push(rule);
  for (const rule of after.slice(j)) moved.after.push(rule);
  return moved;
}

const NOTHING_ASIDE = { old: 0, next: 0 };

/** How many rules of either list stand before the next ones that are the same. */
function partedBy(
  before: readonly RedirectRule[],
  after: readonly RedirectRule[],
  i: number,
  j: number,
  movedSoFar: number,
): { readonly old: number; readonly next: number } {
  const ahead = movedSoFar > MOST_MOVED ? 0 : AHEAD;
  for (let distance = 1; distance <= ahead; distance += 1) {
    if (sameRule(before[i + distance], after[j])) return { old: distance, next: 0 };
    if (sameRule(before[i], after[j + distance])) return { old: 0, next: distance };
  }
  return { old: 1, next: 1 };
}

/** Most rules differ in their source or target, and have nothing else; the rest is compared as it is counted. */
function sameRule(a: RedirectRule | undefined, b: RedirectRule | undefined): boolean {
  if (a === undefined || b === undefined || a.from !== b.from || a.to !== b.to) return false;
  return (isPlain(a) && isPlain(b) && a.status === b.status) || wholeOf(a) === wholeOf(b);
}

function isPlain({ match, query, window, priority, note, enabled }: RedirectRule): boolean {
  return (
    match === undefined &&
    query === undefined &&
    window === undefined &&
    priority === undefined &&
    note === undefined &&
    enabled === undefined
  );
}

/** How many there are of each key: rules may stand in a list more than once. */
class Counts {
  readonly #counts = new Map<string, number>();

  add(key: string): void {
    this.#counts.set(key, (this.#counts.get(key) ?? 0) + 1);
  }

  /** Takes one away; false where there is none left. */
  take(key: string): boolean {
    const count = this.#counts.get(key) ?? 0;
    if (count > 0) this.#counts.set(key, count - 1);
    return count > 0;
  }
}

function wholeOf(rule: RedirectRule): string {
  return `${identityOf(rule)}\n${contentOf(rule)}`;
}

function identityOf(rule: RedirectRule): string {
  return [rule.from, rule.match ?? '', rule.window?.from ?? '', rule.window?.until ?? ''].join('\n');
}

function contentOf(rule: RedirectRule): string {
  return JSON.stringify([rule.to, rule.status ?? 301, rule.query, rule.priority ?? 0, rule.enabled ?? true, rule.note]);
}
