import { type Finding, type FindingRule, fixWithin } from './finding.ts';

/**
 * Takes the fixes from rules that also tie with another answer. Which of such rules answers hangs on their very texts,
 * so mending one, or taking one out, could change who wins; the tie has to be settled first, by a person.
 */
export function withoutDisputedFixes(findings: readonly Finding[]): Finding[] {
  const disputed = new Set(
    findings.flatMap(({ code, rules }) => (code === 'conflict' || code === 'window-overlap' ? rules.map(keyOf) : [])),
  );
  if (disputed.size === 0) return [...findings];
  return findings.map((finding) => {
    const { fix, ...rest } = finding;
    if (fix === undefined) return finding;
    const isFree = (rule: FindingRule): boolean => !disputed.has(keyOf(rule));
    if (isDuplicate(finding)) return finding.rules.every(isFree) ? finding : rest;
    const left = fixWithin(fix, isFree);
    return left === undefined ? rest : { ...rest, fix: left };
  });
}

/** Of duplicates both count: the one that stays may lose to a third. */
const isDuplicate = ({ code }: Finding): boolean => code === 'duplicate';

const keyOf = ({ ruleset, index }: FindingRule): string => `${ruleset} ${index}`;
