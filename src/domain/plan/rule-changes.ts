import type { RedirectRule } from '../../redirects/rule.ts';
import type { RuleChanges } from './plan.ts';

/**
 * Counts how a list of rules changes, whatever its order. A rule is the same rule while its `from`, kind and window
 * are; what else differs is a change of it.
 */
export function ruleChanges(before: readonly RedirectRule[], after: readonly RedirectRule[]): RuleChanges {
  const gone = new Counts();
  for (const rule of before) gone.add(wholeOf(rule));
  const unmatched = after.filter((rule) => !gone.take(wholeOf(rule)));

  const identities = new Counts();
  for (const rule of before) if (gone.take(wholeOf(rule))) identities.add(identityOf(rule));
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
