import type { CompiledRuleset } from '../../../redirects/compile.ts';
import type { SkuContents } from '../../catalogs/contents.ts';
import type { Documents, RulesetRevision } from '../../document/resources.ts';
import type { UnitsTaken } from '../../launches/stock.ts';
import type { TimeResolver } from '../../time/time-resolver.ts';
import type { GuardName, GuardResult, PlanOperation } from '../plan.ts';
import type { TouchedOffers } from '../touched-offers.ts';

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
  /** Whether anything that assertions depend on changes. */
  readonly checkAssertions: boolean;
  /** What has to be looked at again of what markets sell. */
  readonly offers: TouchedOffers;
  readonly contents: SkuContents;
  /** Units of launches that are held or sold. */
  readonly taken: readonly UnitsTaken[];
  /** The compiled rules of a wanted ruleset's latest revision, each made once; null for an earlier one. */
  compiled(ruleset: string, revision: RulesetRevision): CompiledRuleset | null;
}

export function passed(guard: GuardName, message: string): GuardResult {
  return { guard, outcome: 'pass', message, targets: [], override: null };
}

export function overrideFlag(guard: GuardName): string {
  return `--override ${guard}`;
}
