import type { LintRuleset } from './finding.ts';

/** A URL from which visitors are followed, and the rule that may answer it first; -1 is the fallback. */
export interface Start {
  readonly ruleset: LintRuleset;
  readonly index: number;
  readonly url: string;
}
