import type { CompiledRuleset } from '../compiled.ts';

/** Start of a rule's window in epoch milliseconds; -Infinity where it is open. */
export function fromOf(compiled: CompiledRuleset, rule: number): number {
  return compiled.windows?.from[rule] ?? Number.NEGATIVE_INFINITY;
}

/** End of a rule's window in epoch milliseconds, exclusive; Infinity where it is open. */
export function untilOf(compiled: CompiledRuleset, rule: number): number {
  return compiled.windows?.until[rule] ?? Number.POSITIVE_INFINITY;
}

export function hasWindow(compiled: CompiledRuleset, rule: number): boolean {
  return Number.isFinite(fromOf(compiled, rule)) || Number.isFinite(untilOf(compiled, rule));
}

export function overlap(compiled: CompiledRuleset, a: number, b: number): boolean {
  return fromOf(compiled, a) < untilOf(compiled, b) && fromOf(compiled, b) < untilOf(compiled, a);
}

/** Whether one rule is in its window whenever another is. */
export function lastsAsLong(compiled: CompiledRuleset, rule: number, other: number): boolean {
  return fromOf(compiled, rule) <= fromOf(compiled, other) && untilOf(compiled, rule) >= untilOf(compiled, other);
}

/** An instant inside a rule's window, in epoch milliseconds; undefined where it has none. */
export function instantIn(compiled: CompiledRuleset, rules: readonly number[]): number | undefined {
  const from = rules.reduce((latest, rule) => Math.max(latest, fromOf(compiled, rule)), Number.NEGATIVE_INFINITY);
  if (Number.isFinite(from)) return from;
  const until = rules.reduce((first, rule) => Math.min(first, untilOf(compiled, rule)), Number.POSITIVE_INFINITY);
  return Number.isFinite(until) ? until - 1 : undefined;
}
