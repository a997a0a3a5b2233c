import type { RedirectRule } from '../../redirects/rule.ts';
import { checkDocuments } from '../document/check-documents.ts';
import { hasErrors } from '../document/fault-list.ts';
import type { Documents } from '../document/resources.ts';
import type { StoredRulesetSpec } from '../document/schema.ts';
import { SECTIONS } from '../document/sections.ts';
import { EXIT, Failure, type Problem } from '../failure.ts';
import { createTimeResolver } from '../time/time-resolver.ts';
import { confirmationsFor } from './confirmations.ts';
import { type Desired, type DesiredSpecs, desiredSpecs, touchesRules } from './desired.ts';
import { guardsFor } from './guards/index.ts';
import { operationsBetween } from './operations.ts';
import type { PlanDraft, PlanOperation } from './plan.ts';
import { ruleChanges } from './rule-changes.ts';
import { withWindowTimes } from './window-times.ts';

export interface PlanInput {
  /** The present state. */
  readonly current: Documents;
  readonly desired: Desired;
  /** Epoch milliseconds. */
  readonly now: number;
  /** Version of the tz database in use. */
  readonly tzdb: string;
  /** Let an empty section delete all of its entries. */
  readonly allowEmpty: boolean;
  /** Rules by content; every content that {@link contentsForPlan} names must be there. */
  rulesOf(content: string): readonly RedirectRule[];
}

/**
 * What would be done, what guards say of it and what has to be confirmed. Writes nothing and decides nothing.
 *
 * @throws Failure `invalid-document` with every problem in `details.problems`, by JSON pointer
 */
export function draftPlan(input: PlanInput): PlanDraft {
  const { current, desired, now, tzdb } = input;
  const { specs, warnings } = desiredSpecs(current, desired, input.allowEmpty);
  const resolver = createTimeResolver(tzdb);
  const { documents: checked, problems } = checkDocuments(specs, { tzdb, known: new Set(SECTIONS), resolver });
  if (hasErrors(problems)) throw invalidDocument(problems);
  const wanted = withWindowTimes(checked, current, input.rulesOf, resolver);

  const operations = operationsBetween(current, wanted, now)
    .map((operation) => withRuleChanges(operation, input))
    .map((operation) => (desired.kind === 'rollback' ? asRollback(operation) : operation));
  const planned = { ...input, wanted: withRevisions(wanted, current, operations), operations, resolver };
  const guards = guardsFor({
    ...planned,
    single: isSingle(desired),
    checkRules: touchesRules(current, specs),
  });
  return {
    operations,
    guards,
    confirmations: confirmationsFor(planned),
    warnings: [...warnings, ...problems.map((problem) => problem.message)],
    unchanged:
      SECTIONS.reduce((sum, section) => sum + wanted[section].size, 0) -
      operations.filter((o) => o.verb !== 'delete').length,
  };
}

/** The rule contents that a plan has to look at; none where it touches nothing that rules depend on. */
export function contentsForPlan(current: Documents, desired: Desired, allowEmpty = true): readonly string[] {
  const { specs }: DesiredSpecs = desiredSpecs(current, desired, allowEmpty);
  if (!touchesRules(current, specs)) return [];
  const before = [...current.rulesets.values()].map((ruleset) => ruleset.spec.rules.content);
  const after = [...specs.rulesets.values()].map((spec) => spec.rules.content);
  return [...new Set([...before, ...after])];
}

function withRuleChanges(operation: PlanOperation, { rulesOf }: PlanInput): PlanOperation {
  if (operation.kind !== 'rulesets') return operation;
  const before = contentOf(operation.before?.spec);
  const after = contentOf(operation.after?.spec);
  if (before === after) return operation;
  const rules = ruleChanges(before === null ? [] : rulesOf(before), after === null ? [] : rulesOf(after));
  return { ...operation, rules };
}

/** Whether a person named one entry: itself, or the one change that is taken back. */
function isSingle(desired: Desired): boolean {
  return desired.kind === 'entry' || (desired.kind === 'rollback' && desired.operations.length === 1);
}

/** What a rollback restores; instants that move besides keep their own cause, and the guard against it. */
function asRollback(operation: PlanOperation): PlanOperation {
  return operation.cause === 'document' ? { ...operation, cause: 'rollback' } : operation;
}

function contentOf(spec: unknown): string | null {
  return spec === undefined || spec === null ? null : (spec as StoredRulesetSpec).rules.content;
}

/** The documents as they would be once applied: rulesets with the revisions that the operations give them. */
function withRevisions(wanted: Documents, current: Documents, operations: readonly PlanOperation[]): Documents {
  const changed = new Map(operations.filter((o) => o.kind === 'rulesets').map((o) => [o.id, o.after?.revisions]));
  const rulesets = new Map(
    [...wanted.rulesets].map(([id, ruleset]) => {
      const revisions = changed.get(id) ?? current.rulesets.get(id)?.revisions;
      return [id, revisions === undefined ? ruleset : { ...ruleset, revisions }];
    }),
  );
  return { ...wanted, rulesets };
}

export function invalidDocument(problems: readonly Problem[]): Failure {
  const errors = problems.filter((problem) => problem.severity === 'error');
  const first = errors[0];
  const place = first?.place?.pointer === undefined ? '' : ` at ${first.place.pointer}`;
  return new Failure({
    code: 'invalid-document',
    exit: EXIT.usage,
    message:
      errors.length === 1
        ? `the document is wrong${place}: ${first?.message ?? ''}`
        : `the document is wrong in ${errors.length} places; the first${place}: ${first?.message ?? ''}`,
    remedy: first?.remedy,
    details: { problems },
  });
}
