import type { CompiledRuleset } from '../redirects/compiled.ts';
import { findTies } from '../redirects/lint/ties.ts';

/** A rule that nothing can be proven of: it answers nowhere, or ties with another that answers otherwise. */
export interface UnusableRule {
  /** Index in the ruleset; -1 is its fallback. */
  readonly rule: number;
  readonly code: string;
  readonly why: string;
}

/** Each of them once, in the order of the rules. */
export function unusableRules(ruleset: CompiledRuleset): readonly UnusableRule[] {
  const found = new Map<number, UnusableRule>();
  for (const { index, code, message } of ruleset.problems) found.set(index, { rule: index, code, why: message });
  for (const { code, message, rules } of findTies({ id: '', compiled: ruleset })) {
    if (code !== 'conflict' && code !== 'window-overlap') continue;
    for (const { index } of rules) if (!found.has(index)) found.set(index, { rule: index, code, why: message });
  }
  return [...found.values()].sort((a, b) => a.rule - b.rule);
}
