import type { ResolvedTimes, Resource, RulesetRevision } from '../document/resources.ts';
import { inForceFrom, nothingBefore, windowTimesOf } from '../document/ruleset-revisions.ts';
import type { StoredRulesetSpec } from '../document/schema.ts';
import { equalValues } from './equal.ts';
import { movesInstants } from './field-changes.ts';
import type { PlanOperation } from './plan.ts';

/**
 * The revisions of a ruleset once it is written: those that have begun stay; one that begins later is the entry's own
 * `inForceFrom`, so there is at most one, and what is written now takes its place.
 *
 * @param now epoch milliseconds
 */
export function revisionsAfter(
  before: Resource | null,
  { spec, times }: Resource<'rulesets'>,
  now: number,
): readonly RulesetRevision[] {
  const earlier = before?.revisions ?? [];
  const from = Math.max(inForceFrom(times) ?? now, now);
  const windows = windowTimesOf(times);
  const kept = Object.keys(windows).length === 0 ? { spec } : { spec, times: windows };
  if (earlier.length === 0) {
    return from > now ? [nothingBefore(spec), { revision: 2, from, ...kept }] : [{ revision: 1, from: null, ...kept }];
  }
  const begun = earlier.filter((revision) => hasBegun(revision, now));
  const pending = earlier.find((revision) => !hasBegun(revision, now));
  const says = (revision: RulesetRevision | undefined): boolean =>
    revision !== undefined && saysTheSame(revision, spec, windows);
  // What is in force says it already: there is nothing to begin, and nothing else is wanted later.
  if (says(begun.at(-1))) return begun;
  if (pending?.from === from && says(pending)) return earlier;
  return [...begun, { revision: (earlier.at(-1)?.revision ?? 0) + 1, from, ...kept }];
}

function hasBegun({ from }: RulesetRevision, at: number): boolean {
  return from === null || from <= at;
}

function saysTheSame(revision: RulesetRevision, spec: StoredRulesetSpec, windows: ResolvedTimes): boolean {
  const { inForceFrom: _, ...own } = revision.spec;
  const { inForceFrom: __, ...next } = spec;
  return equalValues(own, next) && !movesInstants(windowTimesOf(revision.times ?? {}), windows);
}

/**
 * A revision is in force from when it is applied, and not from when it was planned, unless it begins later still. One
 * that was to begin later and has begun meanwhile stays: it has answered visitors.
 */
export function stampRevision(operation: PlanOperation, appliedAt: number): PlanOperation {
  const { before, after } = operation;
  if (after?.revisions === undefined) return operation;
  const known = before?.revisions ?? [];
  const last = known.at(-1)?.revision ?? 0;
  const staying = new Set(after.revisions.map(({ revision }) => revision));
  const revisions = [
    ...known.filter((revision) => staying.has(revision.revision) || hasBegun(revision, appliedAt)),
    ...after.revisions
      .filter(({ revision }) => revision > last)
      .map((added) => (added.from === null ? added : { ...added, from: Math.max(added.from, appliedAt) })),
  ];
  return equalValues(revisions, after.revisions) ? operation : { ...operation, after: { ...after, revisions } };
}
