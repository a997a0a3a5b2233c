import { DEFAULT_STATUS, matchKindOf, type RedirectRule, type RulesetOptions } from '../rule.ts';

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
 * a change of it. What is written out and what is left to a default are alike.
 */
export function differenceOfRules(before: readonly RedirectRule[], after: readonly RedirectRule[]): RulesDifference {
  const whole = new Places();
  before.forEach((rule, index) => {
    whole.add(wholeOf(rule), index);
  });
  const unmatched = after.flatMap((rule, index) => (whole.take(wholeOf(rule)) === undefined ? [index] : []));

  const left = whole.rest().sort((a, b) => a - b);
  const identities = new Places();
  for (const index of left) identities.add(identityOf(before[index] ?? NO_RULE), index);
  const changed: { before: number; after: number }[] = [];
  const added: number[] = [];
  for (const index of unmatched) {
    const own = identities.take(identityOf(after[index] ?? NO_RULE));
    if (own === undefined) added.push(index);
    else changed.push({ before: own, after: index });
  }
  const removed = identities.rest().sort((a, b) => a - b);
  return { added, removed, changed, same: after.length - unmatched.length };
}

const NO_RULE: RedirectRule = { from: '' };

/** Where each key stands; rules may stand in a list more than once. */
class Places {
  private readonly byKey = new Map<string, number[]>();

  add(key: string, index: number): void {
    const places = this.byKey.get(key);
    if (places === undefined) this.byKey.set(key, [index]);
    else places.push(index);
  }

  take(key: string): number | undefined {
    return this.byKey.get(key)?.pop();
  }

  rest(): number[] {
    return [...this.byKey.values()].flat();
  }
}

function identityOf(rule: RedirectRule): string {
  return [rule.from, matchKindOf(rule), rule.window?.from ?? '', rule.window?.until ?? ''].join('\n');
}

function wholeOf(rule: RedirectRule): string {
  const { to = null, status = DEFAULT_STATUS, query = null, priority = 0, enabled = true, note = '' } = rule;
  return `${identityOf(rule)}\n${JSON.stringify([to, status, query, priority, enabled, note])}`;
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
