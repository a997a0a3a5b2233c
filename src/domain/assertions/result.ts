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

/** A result as JSON, which has no infinity: an open end is null. */
export interface AssertionResultJson extends Omit<AssertionResult, 'failures'> {
  readonly failures: readonly AssertionFailureJson[];
}

export interface AssertionFailureJson extends Omit<AssertionFailure, 'from' | 'until'> {
  /** Epoch milliseconds. */
  readonly from: number | null;
  readonly until: number | null;
}

export function assertionJson(result: AssertionResult): AssertionResultJson {
  const bound = (at: number): number | null => (Number.isFinite(at) ? at : null);
  return {
    ...result,
    failures: result.failures.map((failure) => ({
      ...failure,
      from: bound(failure.from),
      until: bound(failure.until),
    })),
  };
}

/** The inverse of {@link assertionJson}. */
export function failureOf({ from, until, ...failure }: AssertionFailureJson): AssertionFailure {
  return { ...failure, from: from ?? Number.NEGATIVE_INFINITY, until: until ?? Number.POSITIVE_INFINITY };
}
