import type { RedirectRule } from '../rule.ts';

/** Rules as text, a rule at a time; what is read back is the same rules. */
export interface RuleWriter {
  /** What stands before the first. */
  readonly head: string;
  /** With its line end. */
  line(rule: RedirectRule): string;
}
