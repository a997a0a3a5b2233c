import type { RuleList } from './rule-list.ts';
import { RuleTable } from './rule-table.ts';

/**
 * The order of two rules by their source and then their target, unit by unit. Rules that lie in bytes are compared where
 * they lie: sorting a million of them makes tens of millions of comparisons.
 */
export function compareTexts(rules: RuleList, a: number, b: number): number {
  if (rules instanceof RuleTable && rules.isPacked(a) && rules.isPacked(b)) {
    return (
      compareSpans(rules.bytes, rules.fromStart(a), rules.fromEnd(a), rules.fromStart(b), rules.fromEnd(b)) ||
      compareSpans(rules.bytes, rules.toStart(a), rules.toEnd(a), rules.toStart(b), rules.toEnd(b))
    );
  }
  const [left, right] = [rules.at(a), rules.at(b)];
  return compareText(left?.from ?? '', right?.from ?? '') || compareText(left?.to ?? '', right?.to ?? '');
}

function compareText(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}

/** Of ASCII, whose bytes are its units. */
function compareSpans(bytes: Uint8Array, start: number, end: number, otherStart: number, otherEnd: number): number {
  const length = Math.min(end - start, otherEnd - otherStart);
  for (let at = 0; at < length; at++) {
    const difference = (bytes[start + at] ?? 0) - (bytes[otherStart + at] ?? 0);
    if (difference !== 0) return difference;
  }
  return end - start - (otherEnd - otherStart);
}
