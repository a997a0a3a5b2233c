import type { AnyOperation } from '../contract/operation.ts';
import type { OperationName } from '../contract/operations/index.ts';

/** How long a call waits, in milliseconds. */
export interface Patience {
  /** Until an answer begins, and between any two parts of it. */
  readonly answer: number;
  /** Until the whole of it is there, with everything that was sent again; a long answer gets more as it comes. */
  readonly total: number;
}

const ANSWER = 30_000;
const ANSWERS_IN_ALL = 4;

/** Work on all of the state, which takes as long as that is large. */
const THOROUGH: readonly string[] = [
  'plans.create',
  'plans.apply',
  'changes.rollback',
  'changes.verify',
  'redirects.put',
  'rule-uploads.complete',
  'rule-uploads.digest',
  'redirects.lint',
  'assertions.check',
  'document.export',
  'products.put',
  'products.remove',
  'products.import',
  'listings.put',
  'listings.remove',
  'listings.import',
  'catalogs.audit',
  'catalogs.set-mode',
] satisfies readonly OperationName[];

/** @param answer milliseconds that an ordinary answer may take to begin */
export function patienceFor({ name }: AnyOperation, answer: number = ANSWER): Patience {
  const total = answer * ANSWERS_IN_ALL;
  return { answer: THOROUGH.includes(name) ? total : answer, total };
}
