import type { Plan } from '../../contract/shapes.ts';
import { affectedMarkets } from '../../domain/document/affected-markets.ts';
import type { AffectedMarket } from '../../domain/document/resolve-resource.ts';
import { COMMON, type SpecOf } from '../../domain/document/resources.ts';
import type { StoredDocument } from '../../domain/document/schema.ts';
import type { Section } from '../../domain/document/sections.ts';
import { emptySpecs, type MutableSpecs, specsOfDocument } from '../../domain/document/specs.ts';
import type { PlanOperation } from '../../domain/plan/plan.ts';

/** The markets in whose local time an operation's instants are shown. */
export type AffectedBy = (operation: PlanOperation) => readonly AffectedMarket[];

/**
 * Knows the markets that each operation of a plan affects, as they will be once it is applied.
 *
 * @param present the platform's document, for what the plan itself does not hold
 */
export function affectedIn(plan: Pick<Plan, 'operations'>, present: StoredDocument | null): AffectedBy {
  const specs = present === null ? emptySpecs() : specsOfDocument(present).specs;
  for (const operation of plan.operations) place(specs, operation as PlanOperation);
  return ({ kind, id }) => affectedMarkets(specs, kind, id);
}

function place(specs: MutableSpecs, { kind, id, after, before }: PlanOperation): void {
  const spec = after?.spec ?? before?.spec;
  if (spec !== undefined) (specs[kind] as Map<string, SpecOf[Section]>).set(id, spec);
}

/** Whether the plan has instants that are common to all markets: they do not say themselves which these are. */
export function needsMarkets({ operations }: Pick<Plan, 'operations'>): boolean {
  return operations.some(({ changes }) =>
    changes.some(({ instants }) => instants?.some(({ market }) => market === COMMON) ?? false),
  );
}
