import type { FindingRule } from '../../redirects/lint/index.ts';
import type { AssertionKind } from '../document/assertion-schema.ts';
import type { Decider } from '../state/answer.ts';
import type { Interval } from '../time/interval.ts';

/** One URL for which an assertion does not hold, for a stretch of time. */
export interface AssertionFailure extends Interval {
  /** The witness: asked for at an instant of the stretch, it shows the failure. */
  readonly url: string;
  /** What happens instead, after the URL: `ends on po.co`. */
  readonly happens: string;
  /** What decides the answer that is wrong. */
  readonly decidedBy: { readonly kind: Decider; readonly id: string | null };
  /** The rule that decides, where one does; its fallback has index -1. */
  readonly rules: readonly FindingRule[];
}

export interface AssertionResult {
  readonly id: string;
  readonly kind: AssertionKind;
  readonly reason: string | null;
  /** How many URLs were asked for, each over all of its time. */
  readonly checked: number;
  /** The first of them, in the order of the assertion; see {@link MOST_FAILURES}. */
  readonly failures: readonly AssertionFailure[];
  /** How many URLs fail. */
  readonly failed: number;
  /** Whether the bound of one check was reached before everything was looked at. */
  readonly partly: boolean;
}

/** Failures of one assertion that are kept; the rest is counted. */
export const MOST_FAILURES = 100;
