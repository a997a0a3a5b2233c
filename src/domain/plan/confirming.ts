import type { RuleList } from '../../redirects/rule-list.ts';
import type { SkuContents } from '../catalogs/contents.ts';
import type { Documents } from '../document/resources.ts';
import type { TimeResolver } from '../time/time-resolver.ts';
import type { PlanOperation } from './plan.ts';

/** What it takes to say what visitors would notice at once. */
export interface Confirming {
  readonly current: Documents;
  readonly wanted: Documents;
  readonly operations: readonly PlanOperation[];
  /** Epoch milliseconds. */
  readonly now: number;
  readonly resolver: TimeResolver;
  rulesOf(content: string): RuleList;
  readonly contents: SkuContents;
}
