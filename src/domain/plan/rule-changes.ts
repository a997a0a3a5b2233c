import type { RedirectRule } from '../../redirects/rule.ts';
import type { RuleChanges } from './plan.ts';

/**
 * Counts how a list of rules changes. A rule is the same rule while its `from`, kind and window are; what else
 * differs is a change of it.
 */
export function ruleChanges(before: readonly RedirectRule[], after: readonly RedirectRule[]): RuleChanges {
  const left = new Map<string, string[]>();
  for (const rule of before) {
    const key = identityOf(rule);
    const same = left.get(key);
    if (same === undefined) left.set(key, [contentOf(rule)]);
    else same.push(contentOf(rule));
  }
  let added = 0;
  let changed = 0;
  let matched = 0;
  for (const rule of after) {
    const same = left.get(identityOf(rule));
    if (same === undefined || same.length === 0) {
      added += 1;
      continue;
    }
    matched += 1;
    const content = contentOf(rule);
    const exact = same.indexOf(content);
    same.splice(exact < 0 ? 0 : exact, 1);
    if (exact < 0) changed += 1;
  }
  return { before: before.length, after: after.length, added, removed: before.length - matched, changed };
}

function identityOf(rule: RedirectRule): string {
  return [rule.from, rule.match ?? '', rule.window?.from ?? '', rule.window?.until ?? ''].join('\n');
}

function contentOf(rule: RedirectRule): string {
  return JSON.stringify([rule.to, rule.status ?? 301, rule.query, rule.priority ?? 0, rule.enabled ?? true, rule.note]);
}
