import type { Plan } from '../../contract/shapes.ts';
import { canonicalJson } from '../../domain/canonical-json.ts';
import type { ContentReference } from '../../domain/document/catalog-schema.ts';
import type { Documents } from '../../domain/document/resources.ts';
import { EXIT, Failure, type Problem } from '../../domain/failure.ts';
import type { UnitsTaken } from '../../domain/launches/stock.ts';
import type { Desired, DesiredEntry } from '../../domain/plan/desired.ts';
import { contentsForPlan, draftPlan } from '../../domain/plan/draft-plan.ts';
import { linesOf, type PlanDraft } from '../../domain/plan/plan.ts';
import { type BroughtContents, NOTHING_BROUGHT } from '../contents/by-content.ts';
import { loadContents } from '../contents/plan-contents.ts';
import { sha256 } from '../digest.ts';
import type { Caller, PlatformParts } from '../parts.ts';
import type { PlanRow } from '../store/rows.ts';
import type { World } from './world.ts';

/** How long a plan may be applied, in milliseconds. */
export const PLAN_LIFE = 24 * 60 * 60 * 1000;

/** What a plan was made from; stored with it, so that guards can be run again when it is applied. */
export interface PlanRequest {
  readonly desired: Desired;
  readonly allowEmpty: boolean;
}

export interface PlanOrigin {
  readonly documentHash: string | null;
  readonly rollbackOf: string | null;
  /** What should be known besides what the planner says. */
  readonly warnings?: readonly string[];
}

/** Runs the planner on a state, with everything that it needs at hand. */
export async function draftFor(
  platform: PlatformParts,
  current: Documents,
  { desired, allowEmpty }: PlanRequest,
  brought: BroughtContents = NOTHING_BROUGHT,
): Promise<PlanDraft> {
  const contents = await loadContents(platform, contentsForPlan(current, desired, allowEmpty), brought);
  if (contents.missing.size > 0) throw contentMissing(desired, contents.missing);
  const taken = await takenUnits(platform, current);
  return draftPlan({
    current,
    taken,
    desired,
    allowEmpty,
    now: platform.now(),
    tzdb: platform.tzdb,
    rulesOf: contents.rulesOf,
    contents,
  });
}

/** What is held or sold of launches; where there are none, nobody asks. */
async function takenUnits({ store, now }: PlatformParts, { launches }: Documents): Promise<readonly UnitsTaken[]> {
  if (launches.size === 0) return [];
  return store.read(({ reservations }) => reservations.units(null, now()));
}

/** A draft made into a plan: with its name, its maker, its end and its digest. */
export function planOf(
  platform: PlatformParts,
  caller: Caller,
  world: World,
  draft: PlanDraft,
  origin: PlanOrigin,
): Plan {
  const createdAt = platform.now();
  const plan: Omit<Plan, 'digest' | 'appliedAs'> = {
    id: platform.newId(),
    platform: platform.store.platformId,
    basis: world.head.hash,
    documentHash: origin.documentHash,
    rollbackOf: origin.rollbackOf,
    actor: caller.actor,
    createdAt,
    expiresAt: createdAt + PLAN_LIFE,
    tzdb: platform.tzdb,
    operations: draft.operations,
    guards: draft.guards,
    confirmations: draft.confirmations,
    warnings: [...(origin.warnings ?? []), ...draft.warnings],
    unchanged: draft.unchanged,
  };
  return { ...plan, appliedAs: null, digest: digestOf(plan) };
}

/** SHA-256 over everything in a plan but its digest and `appliedAs`, as canonical JSON. */
export function digestOf(plan: Omit<Plan, 'digest' | 'appliedAs'>): string {
  const { digest: _, appliedAs: __, ...rest } = plan as Plan;
  return sha256(canonicalJson(rest));
}

export function planRow(plan: Plan, request: PlanRequest): PlanRow {
  return {
    id: plan.id,
    body: JSON.stringify(plan),
    digest: plan.digest,
    desired: JSON.stringify(request),
    expiresAt: plan.expiresAt,
    appliedAs: plan.appliedAs,
  };
}

/** Something names lines that were never uploaded, or whose upload was not completed. */
function contentMissing(desired: Desired, missing: ReadonlySet<string>): Failure {
  const problems = namedBy(desired)
    .filter(({ reference }) => missing.has(reference.content))
    .map(
      ({ pointer, reference }): Problem => ({
        code: 'invalid-document',
        severity: 'error',
        message: `the platform has nothing of content ${reference.content}`,
        remedy: 'upload it first, then name it by the content that the upload answers',
        place: { pointer },
      }),
    );
  return new Failure({
    code: 'invalid-document',
    exit: EXIT.usage,
    message: `The platform lacks ${missing.size} content${missing.size === 1 ? '' : 's'} that the entries name.`,
    remedy: 'Upload them first, then name them by the content that the upload answers.',
    details: { problems, contents: [...missing] },
  });
}

interface Named {
  readonly pointer: string;
  readonly reference: ContentReference;
}

function namedBy(desired: Desired): readonly Named[] {
  switch (desired.kind) {
    case 'document': {
      const { rulesets = {}, products = {}, catalogs = {} } = desired.document;
      return [
        ...Object.entries(rulesets).map(([id, spec]) => ({ pointer: `/rulesets/${id}/rules`, reference: spec.rules })),
        ...Object.entries(products).map(([id, spec]) => ({ pointer: `/products/${id}/items`, reference: spec.items })),
        ...Object.entries(catalogs).flatMap(([id, { listings }]) =>
          listings === undefined ? [] : [{ pointer: `/catalogs/${id}/listings`, reference: listings }],
        ),
      ];
    }
    case 'entry':
      return namedByEntry(desired);
    case 'rollback':
      return [];
  }
}

function namedByEntry({ section, spec }: DesiredEntry): readonly Named[] {
  if (spec === null) return [];
  if (section === 'rulesets') return [{ pointer: '/spec/rules', reference: spec.rules }];
  const reference = linesOf(spec);
  return reference === undefined
    ? []
    : [{ pointer: section === 'products' ? '/spec/items' : '/spec/listings', reference }];
}
