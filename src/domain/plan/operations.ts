import { type Documents, type Resource, targetOf } from '../document/resources.ts';
import { SECTIONS, type Section } from '../document/sections.ts';
import { equalValues } from './equal.ts';
import { fieldChanges, movedByTzDatabase, movesInstants } from './field-changes.ts';
import type { NextResource, PlanOperation, Verb } from './plan.ts';
import { revisionsAfter } from './revisions-after.ts';

export { stampRevision } from './revisions-after.ts';

const VERB_ORDER: Readonly<Record<Verb, number>> = { create: 0, update: 1, delete: 2 };

/**
 * The operations that lead from the current documents to the wanted ones: what others build on is created first and
 * deleted last.
 *
 * @param now epoch milliseconds from which a changed ruleset's revision is in force, unless it is stamped anew when it
 *   is applied ({@link stampRevision})
 */
export function operationsBetween(current: Documents, wanted: Documents, now: number): readonly PlanOperation[] {
  const operations = SECTIONS.flatMap((section) => sectionOperations(section, current, wanted, now));
  return operations.toSorted((a, b) => VERB_ORDER[a.verb] - VERB_ORDER[b.verb] || rank(a) - rank(b));
}

function rank({ kind, verb }: PlanOperation): number {
  const position = SECTIONS.indexOf(kind);
  return verb === 'delete' ? -position : position;
}

function sectionOperations(section: Section, current: Documents, wanted: Documents, now: number): PlanOperation[] {
  const present = current[section] as ReadonlyMap<string, Resource>;
  const next = wanted[section] as ReadonlyMap<string, Resource>;
  const operations: PlanOperation[] = [];
  for (const [id, after] of next) {
    const before = present.get(id) ?? null;
    const operation = operationFor(section, id, before, after, now);
    if (operation !== null) operations.push(operation);
  }
  for (const [id, before] of present) {
    if (next.has(id)) continue;
    operations.push({
      target: targetOf(before),
      kind: section,
      id,
      verb: 'delete',
      expectedVersion: before.version,
      before,
      after: null,
      changes: [],
      cause: 'document',
    });
  }
  return operations;
}

function operationFor(
  section: Section,
  id: string,
  before: Resource | null,
  after: Resource,
  now: number,
): PlanOperation | null {
  const sameSpec = before !== null && equalValues(before.spec, after.spec);
  if (sameSpec && !movesInstants(before.times, after.times)) return null;
  const next: NextResource = {
    spec: after.spec,
    times: after.times,
    ...(section === 'rulesets' ? { revisions: revisionsAfter(before, after as Resource<'rulesets'>, now) } : {}),
  };
  return {
    target: targetOf(after),
    kind: section,
    id,
    verb: before === null ? 'create' : 'update',
    expectedVersion: before?.version ?? 0,
    before,
    after: next,
    changes: fieldChanges(before, next),
    cause: sameSpec ? movedBecause(before, after) : 'document',
  };
}

/** The text is the same and the instant is not: either a market's zone is another one, or the tz database is. */
function movedBecause(before: Resource, after: Resource): 'market-zone' | 'tz-database' {
  return movedByTzDatabase(before.times, after.times).length > 0 ? 'tz-database' : 'market-zone';
}
