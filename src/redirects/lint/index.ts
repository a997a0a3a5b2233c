import { findCaptures } from './captures.ts';
import { withoutDisputedFixes } from './disputed.ts';
import type { Finding, LintInput } from './finding.ts';
import { findForeignHosts } from './hosts.ts';
import { findInvalid } from './invalid.ts';
import { findWays } from './loops.ts';
import { findMassTargets } from './mass-targets.ts';
import { findRegexLikes } from './regex-likes.ts';
import { findHttpOnly } from './schemes.ts';
import { findSuffixWildcards } from './suffixes.ts';
import { findTargetSlips } from './target-paths.ts';
import { findDoubtfulTargets } from './targets.ts';
import { findTies } from './ties.ts';
import { findCaseTwins } from './twins.ts';
import { findUnreachable } from './unreachable.ts';

export { applyFixes, type ChosenFixes, chooseFixes, type FixedRules } from './apply-fixes.ts';
export { isLintCode, LINT_CODES, type LintCode } from './codes.ts';
export type {
  Finding,
  FindingFix,
  FindingRule,
  FindingSeverity,
  LintException,
  LintInput,
  LintRuleset,
  Retarget,
  Span,
} from './finding.ts';
export { fixWithin } from './finding.ts';
export { type AllowedFinding, type LintSettings, type SettledFindings, settleFindings } from './settings.ts';

/**
 * Everything that is wrong or doubtful about rulesets that answer together. A witness is a URL that shows the finding
 * when the engine is asked for it.
 */
export function lintRules(input: LintInput): Finding[] {
  return withoutDisputedFixes([
    ...input.rulesets.flatMap((ruleset) => [
      ...findInvalid(ruleset),
      ...findTies(ruleset),
      ...findUnreachable(ruleset),
      ...findRegexLikes(ruleset),
      ...findCaseTwins(ruleset),
      ...findSuffixWildcards(ruleset),
      ...findDoubtfulTargets(ruleset),
      ...findTargetSlips(ruleset),
      ...findMassTargets(ruleset),
      ...findHttpOnly(ruleset),
      ...findForeignHosts(ruleset, ruleset.allowedHosts ?? input.allowedHosts),
    ]),
    ...findCaptures(input),
    ...findWays(input),
  ]);
}
