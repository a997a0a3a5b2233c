import type { RedirectRule } from '../../../redirects/rule.ts';
import type { Documents } from '../../document/resources.ts';
import type { TimeResolver } from '../../time/time-resolver.ts';
import type { GuardName, GuardResult, PlanOperation } from '../plan.ts';

/** What every guard looks at: the state before and after, and what leads from one to the other. */
export interface Guarding {
  readonly current: Documents;
  readonly wanted: Documents;
  readonly operations: readonly PlanOperation[];
  /** Whether one entry was named by a person: then the plan is no mass change, whatever its share. */
  readonly single: boolean;
  /** Epoch milliseconds. */
  readonly now: number;
  readonly resolver: TimeResolver;
  /** Whether anything that rules depend on changes. */
  readonly checkRules: boolean;
  rulesOf(content: string): readonly RedirectRule[];
}

export function passed(guard: GuardName, message: string): GuardResult {
  return { guard, outcome: 'pass', message, targets: [], override: null };
}

export function overrideFlag(guard: GuardName): string {
  return `--override ${guard}`;
}
