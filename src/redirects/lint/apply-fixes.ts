import type { RedirectRule } from '../rule.ts';
import type { Finding } from './finding.ts';

/** What the safe fixes of one ruleset come to. */
export interface ChosenFixes {
  /** Indexes of rules that go. */
  readonly removed: ReadonlySet<number>;
  /** By index: the new target and status. */
  readonly retargeted: ReadonlyMap<number, { readonly to: string; readonly status: number }>;
  readonly added: readonly RedirectRule[];
  /** The findings that are mended. */
  readonly applied: readonly Finding[];
}

/**
 * The fixes that are carried out together. Where several concern one rule the first counts, and removal outranks a new
 * target: linting the result again shows what is left.
 *
 * @param ruleset its id; absent: the findings are of one ruleset
 */
export function chooseFixes(findings: readonly Finding[], ruleset?: string): ChosenFixes {
  const removed = new Set<number>();
  const retargeted = new Map<number, { readonly to: string; readonly status: number }>();
  const added = new Map<string, RedirectRule>();
  const applied: Finding[] = [];
  const concerns = (id: string): boolean => ruleset === undefined || id === ruleset;
  for (const finding of findings) {
    if (finding.fix?.kind !== 'remove') continue;
    const indexes = finding.fix.rules.filter((rule) => concerns(rule.ruleset)).map(({ index }) => index);
    if (indexes.length === 0) continue;
    for (const index of indexes) removed.add(index);
    applied.push(finding);
  }
  for (const finding of findings) {
    const { fix } = finding;
    if (fix === undefined || fix.kind === 'remove') continue;
    let mends = false;
    for (const change of fix.kind === 'retarget-all' ? fix.changes : [fix]) {
      const { index, ruleset: own } = change.rule;
      if (!concerns(own) || removed.has(index)) continue;
      if (change.kind === 'retarget') {
        if (retargeted.has(index)) continue;
        retargeted.set(index, { to: change.to, status: change.status });
      } else {
        if (added.has(change.added.from)) continue;
        added.set(change.added.from, change.added);
      }
      mends = true;
    }
    if (mends) applied.push(finding);
  }
  return { removed, retargeted, added: [...added.values()], applied };
}

export interface FixedRules {
  readonly rules: readonly RedirectRule[];
  /** The findings that were mended. */
  readonly applied: readonly Finding[];
}

/**
 * The rules of one ruleset with every safe fix carried out; every visitor ends on the same page as before.
 *
 * @param rules those that were linted, in that order
 * @param ruleset its id; absent: the findings are of one ruleset
 */
export function applyFixes(rules: readonly RedirectRule[], findings: readonly Finding[], ruleset?: string): FixedRules {
  const { removed, retargeted, added, applied } = chooseFixes(findings, ruleset);
  const kept = rules.flatMap((rule, index) => (removed.has(index) ? [] : [{ ...rule, ...retargeted.get(index) }]));
  return { rules: [...kept, ...added], applied };
}
