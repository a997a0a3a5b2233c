import type { Answer } from '../../contract/operation.ts';
import type { Change, Consented, Plan } from '../../contract/shapes.ts';
import type { Resource } from '../../domain/document/resources.ts';
import { EXIT, Failure } from '../../domain/failure.ts';
import { checkConsent } from '../../domain/plan/consent.ts';
import type { DesiredEntry } from '../../domain/plan/desired.ts';
import { type Brought, storeBrought } from '../contents/brought.ts';
import type { Call } from '../handler.ts';
import { requireBasis, writeChangeSet } from './change-sets.ts';
import { draftFor, type PlanRequest, planOf, planRow } from './plan-drafts.ts';
import { etagOf } from './versions.ts';
import type { World } from './world.ts';
import { presentWorld } from './world.ts';

export interface EntryWrite {
  readonly desired: DesiredEntry;
  readonly consent: Consented;
  /** The lines that came with the entry; null where it names them, or has none. */
  readonly brought: Brought | null;
  /** Throws where what stands there is not what the caller expects. */
  check(present: Resource | null): void;
}

/** An entry that follows from the state it is written on. */
export interface DerivedEntry {
  readonly desired: DesiredEntry;
  /** The lines that it names and that the store may not have yet. */
  readonly brought: Brought | null;
  /** What should be known besides what the planner says. */
  readonly warnings?: readonly string[];
  /** Of what is written, where that is a part of the entry; the entry's version unless told. */
  readonly etag?: string;
}

export interface Written {
  readonly plan: Plan;
  /** null on a dry run, and where nothing is different. */
  readonly change: Change | null;
}

/** Others may write something else while this is being planned; it is planned again on top of that. */
const ATTEMPTS = 8;

/** One entry, written as a small plan that is made and applied at once: the same guards, consent and audit trail. */
export async function writeEntry(
  call: Call,
  { desired, consent, brought, check }: EntryWrite,
): Promise<Answer<Written>> {
  return writeDerivedEntry(call, consent, async ({ documents }) => {
    check(documents[desired.section].get(desired.id) ?? null);
    return { desired, brought };
  });
}

/** The same of one that is made from the present state: where that moves meanwhile, it is made again. */
export async function writeDerivedEntry(
  call: Call,
  consent: Consented,
  derive: (world: World) => Promise<DerivedEntry>,
): Promise<Answer<Written>> {
  for (let attempt = 1; ; attempt += 1) {
    const world = await presentWorld(call.platform);
    const entry = await derive(world);
    try {
      return await attemptWrite(call, consent, world, entry);
    } catch (error) {
      const moved = error instanceof Failure && error.code === 'stale-plan';
      if (!moved) throw error;
      if (attempt === ATTEMPTS) throw tooBusy(entry.desired, error);
    }
  }
}

async function attemptWrite(
  { platform, caller, dryRun, commit }: Call,
  consent: Consented,
  world: World,
  { desired, brought, warnings = [], etag }: DerivedEntry,
): Promise<Answer<Written>> {
  const present = world.documents[desired.section].get(desired.id) ?? null;
  const request: PlanRequest = { desired, allowEmpty: true };
  const contents = new Map(brought === null ? [] : [[brought.reference.content, brought]]);
  const draft = await draftFor(platform, world.documents, request, contents);
  const plan = planOf(platform, caller, world, draft, { documentHash: null, rollbackOf: null, warnings });
  try {
    checkConsent(draft, consent);
  } catch (error) {
    throw dryRun ? withPlan(error, plan) : error;
  }
  const unchanged = answered(plan, null, etag ?? versionTag(present?.version));
  if (dryRun) return unchanged;
  return commit(async (tables) => {
    if (plan.operations.length === 0) {
      await requireBasis(tables, plan);
      return unchanged;
    }
    if (brought !== null) await storeBrought(tables, brought, plan.expiresAt);
    const change = await writeChangeSet(tables, platform, caller, plan, consent);
    const applied = { ...plan, appliedAs: change.id };
    await tables.plans.insert(planRow(applied, request));
    const versions = await tables.resources.versions();
    const last = versions.get(`${desired.section}/${desired.id}`);
    return answered(applied, change, etag ?? versionTag(last?.present === true ? last.version : undefined));
  });
}

/** Whoever tries a write is shown all of what was refused, and not only why. */
function withPlan(error: unknown, plan: Plan): unknown {
  if (!(error instanceof Failure)) return error;
  const { code, exit, message, remedy, details } = error;
  return new Failure({ code, exit, message, remedy, details: { ...(details as object), plan }, cause: error });
}

function answered(plan: Plan, change: Change | null, etag: string | undefined): Answer<Written> {
  return { value: { plan, change }, ...(etag === undefined ? {} : { etag }) };
}

function versionTag(version: number | undefined): string | undefined {
  return version === undefined ? undefined : etagOf(version);
}

function tooBusy({ section, id }: DesiredEntry, cause: Failure): Failure {
  return new Failure({
    code: 'store-busy',
    exit: EXIT.unavailable,
    message: `Others kept changing the platform while ${section}/${id} was being planned. Nothing was written.`,
    remedy: 'Try again in a moment.',
    cause,
  });
}
