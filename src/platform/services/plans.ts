import type { api } from '../../contract/operations/index.ts';
import type { Consented, Plan } from '../../contract/shapes.ts';
import { EXIT, Failure } from '../../domain/failure.ts';
import { checkConsent } from '../../domain/plan/consent.ts';
import { contentsNamedBy, type PlanDraft, type PlanOperation } from '../../domain/plan/plan.ts';
import { storeBrought } from '../contents/brought.ts';
import { type BroughtContents, documentByContent, NOTHING_BROUGHT } from '../contents/by-content.ts';
import type { Call, Handler } from '../handler.ts';
import type { PlatformParts } from '../parts.ts';
import type { PlanRow } from '../store/rows.ts';
import type { PlanReads } from '../store/store.ts';
import { storedRecord } from '../store/store-damage.ts';
import { requireBasis, writeChangeSet } from './change-sets.ts';
import { idBeginning } from './named-id.ts';
import { notFound } from './not-found.ts';
import { digestOf, draftFor, type PlanOrigin, type PlanRequest, planOf, planRow } from './plan-drafts.ts';
import { presentWorld, readWorld } from './world.ts';

type Operations = (typeof api)['plans'];

/** How long a plan that nobody applied is still known after its end, so that applying it can say so. */
const KEPT_AFTER_EXPIRY = 7 * 24 * 60 * 60 * 1000;

export const createPlan: Handler<Operations['create']> = async (call, { body }) => {
  const { document, brought } = documentByContent(body.document);
  const request: PlanRequest = { desired: { kind: 'document', document }, allowEmpty: body.allowEmpty };
  return storePlan(call, request, { documentHash: body.documentHash ?? null, rollbackOf: null }, brought);
};

/** Plans a request on the present state, and stores the plan unless it is a dry run. */
export async function storePlan(
  { platform, caller, dryRun, commit }: Call,
  request: PlanRequest,
  origin: PlanOrigin,
  brought: BroughtContents = NOTHING_BROUGHT,
): Promise<{ value: Plan }> {
  const world = await presentWorld(platform);
  const draft = await draftFor(platform, world.documents, request, brought);
  const plan = planOf(platform, caller, world, draft, origin);
  if (dryRun) return { value: plan };
  return commit(async (tables) => {
    const keepUntil = plan.expiresAt + KEPT_AFTER_EXPIRY;
    for (const lines of brought.values()) await storeBrought(tables, lines, keepUntil);
    await tables.rules.keep(contentsNamedBy(plan.operations as readonly PlanOperation[]), keepUntil);
    await tables.plans.forgetExpired(platform.now() - KEPT_AFTER_EXPIRY);
    await tables.plans.insert(planRow(plan, request));
    return { value: plan };
  });
}

export const getPlan: Handler<Operations['get']> = async ({ platform }, { params }) => {
  const row = await platform.store.read(({ plans }) => planNamed(plans, params.id));
  return { value: { ...storedPlan(row), appliedAs: row.appliedAs } };
};

/** A plan by its id, or by a beginning of it that no other has. What applies one names it whole. */
async function planNamed(plans: PlanReads, named: string): Promise<PlanRow> {
  const exact = await plans.get(named);
  if (exact !== null) return exact;
  const remedy = 'Make one with `storectl plan`.';
  const beginning = (start: string, limit: number) => plans.idsBeginning(start, limit);
  const row = await plans.get(await idBeginning(named, { noun: 'plan', remedy, beginning }));
  if (row === null) throw noPlan(named);
  return row;
}

export const applyPlan: Handler<Operations['apply']> = async (
  { platform, caller, dryRun, commit },
  { params, body },
) => {
  const { row, plan, world } = await platform.store.read(async (tables) => {
    const stored = await tables.plans.get(params.id);
    const checked = checkedPlan(platform, stored, params.id, body);
    await requireBasis(tables, checked.plan);
    return { ...checked, world: await readWorld(platform, tables) };
  });
  // Guards and confirmations depend on the clock: a freeze window may have begun, a dark instant may have passed.
  const draft = await draftFor(platform, world.documents, storedRequest(row));
  const present = asOfNow(plan, draft);
  checkConsent(draft, body.consent);
  if (dryRun) return { value: null };
  return commit(async (tables) => {
    checkedPlan(platform, await tables.plans.get(params.id), params.id, body);
    if (plan.operations.length === 0) {
      await requireBasis(tables, plan);
      return { value: null };
    }
    const change = await writeChangeSet(tables, platform, caller, present, body.consent);
    await tables.plans.markApplied(plan.id, change.id);
    return { value: change };
  });
};

/** The plan as it was stored, with what guards say of it and what needs confirming now. */
function asOfNow(plan: Plan, draft: PlanDraft): Plan {
  return { ...plan, guards: draft.guards, confirmations: draft.confirmations };
}

interface ApplyBody {
  readonly digest?: string | undefined;
  readonly platform?: string | undefined;
  readonly consent: Consented;
}

function checkedPlan(
  platform: PlatformParts,
  row: PlanRow | null,
  id: string,
  { digest, platform: meant }: ApplyBody,
): { row: PlanRow; plan: Plan } {
  const here = platform.store.platformId;
  // Before not-found: the plan of another platform is of course not here, and that is not what is wrong.
  if (meant !== undefined && meant !== here) throw otherPlatform(id, meant, here);
  if (row === null) throw noPlan(id);
  const plan = storedPlan(row);
  if (plan.platform !== here) throw otherPlatform(id, plan.platform, here);
  if (row.digest !== plan.digest || digestOf(plan) !== plan.digest || (digest ?? plan.digest) !== plan.digest) {
    throw altered(id, digest, plan.digest);
  }
  if (row.appliedAs !== null) throw applied(id, row.appliedAs);
  if (plan.expiresAt <= platform.now()) throw expired(plan);
  if (plan.tzdb !== platform.tzdb) throw otherTzdb(plan, platform.tzdb);
  return { row, plan };
}

function storedPlan({ id, body }: PlanRow): Plan {
  return storedRecord(body, `plan ${id}`) as Plan;
}

function storedRequest({ id, desired }: PlanRow): PlanRequest {
  return storedRecord(desired, `plan ${id}`) as PlanRequest;
}

function noPlan(id: string): Failure {
  return notFound('plan', id, 'Plan again: plans are forgotten a week after they expire.');
}

function otherPlatform(id: string, meant: string, here: string): Failure {
  return new Failure({
    code: 'other-platform',
    exit: EXIT.usage,
    message: `Plan ${id} was made for platform ${meant}; this is ${here}. Nothing was written.`,
    remedy: 'Choose the context that it was planned in, or plan again in this one.',
    details: { plan: id, meant, here },
  });
}

function altered(id: string, given: string | undefined, stored: string): Failure {
  return new Failure({
    code: 'plan-altered',
    exit: EXIT.usage,
    message: `Plan ${id} is not the one that was stored: the digests differ. Nothing was written.`,
    remedy: 'Plan again, and apply the new plan.',
    details: { plan: id, given: given ?? null, stored },
  });
}

function applied(id: string, change: string): Failure {
  return new Failure({
    code: 'plan-applied',
    exit: EXIT.stale,
    message: `Plan ${id} was applied already, as change ${change}. Nothing more was written.`,
    remedy: 'Look at the change; plan again for anything further.',
    details: { plan: id, change },
  });
}

function expired(plan: Plan): Failure {
  return new Failure({
    code: 'plan-expired',
    exit: EXIT.stale,
    message: `Plan ${plan.id} expired at ${new Date(plan.expiresAt).toISOString()}. Nothing was written.`,
    remedy: 'Plan again, and look at what is different now.',
    details: { plan: plan.id, expiresAt: plan.expiresAt },
  });
}

function otherTzdb(plan: Plan, here: string): Failure {
  return new Failure({
    code: 'stale-plan',
    exit: EXIT.stale,
    message: `Plan ${plan.id} resolved its times with tz database ${plan.tzdb}; the platform now has ${here}. Nothing was written.`,
    remedy: 'Plan again: instants that moved are shown.',
    details: { plan: plan.id, planned: plan.tzdb, present: here, changes: [], targets: [] },
  });
}
