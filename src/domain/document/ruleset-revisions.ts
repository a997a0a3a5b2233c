import { type ResolvedTimes, type Resource, type RulesetRevision, windowTextOf } from './resources.ts';
import { NO_RULES } from './rule-lines.ts';
import type { StoredRulesetSpec } from './schema.ts';

/** The instant from which `inForceFrom` says, in epoch milliseconds; null where it is not written. */
export function inForceFrom(times: ResolvedTimes): number | null {
  // A ruleset has one site and that one market, so there is one instant whatever the key.
  return Object.values(times['inForceFrom'] ?? {})[0]?.at ?? null;
}

/** A ruleset that begins later has none before: the first revision is always in force, so this is it. */
export function nothingBefore(spec: StoredRulesetSpec): RulesetRevision {
  const { inForceFrom: _, fallback: __, ...options } = spec;
  return { revision: 1, from: null, spec: { ...options, rules: NO_RULES } };
}

/** The revisions that a platform keeps, or those that it would where the entry comes from a file; the oldest first. */
export function revisionsOf({ spec, times, revisions }: Resource<'rulesets'>): readonly RulesetRevision[] {
  if (revisions !== undefined && revisions.length > 0) return revisions;
  const from = inForceFrom(times);
  if (from === null) return [{ revision: 1, from: null, spec }];
  return [nothingBefore(spec), { revision: 2, from, spec }];
}

/** The instants that a revision depends on: those of its rules' windows, and not from when it is in force. */
export function windowTimesOf(times: ResolvedTimes): ResolvedTimes {
  return Object.fromEntries(Object.entries(times).filter(([field]) => windowTextOf(field) !== null));
}
