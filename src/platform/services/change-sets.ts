import type { Change, ChangeSummary, Consented, Plan } from '../../contract/shapes.ts';
import { canonicalJson } from '../../domain/canonical-json.ts';
import { NO_RULES } from '../../domain/document/rule-lines.ts';
import { EXIT, Failure } from '../../domain/failure.ts';
import { loweredAllocations, loweredText } from '../../domain/plan/lowered-allocations.ts';
import { stampRevision } from '../../domain/plan/operations.ts';
import { contentsNamedBy, countItems, countVerbs, type PlanOperation } from '../../domain/plan/plan.ts';
import { sha256 } from '../digest.ts';
import type { Caller, PlatformParts } from '../parts.ts';
import type { ChangeSetRow } from '../store/rows.ts';
import type { LastVersion, ReadTables, Tables } from '../store/store.ts';
import { storedRecord } from '../store/store-damage.ts';

type ChangeBody = Omit<Change, 'previousHash' | 'hash'>;

/**
 * Carries out a plan's operations inside the caller's transaction and puts them on the audit trail.
 *
 * @throws Failure `stale-plan` where anything moved since the plan's basis
 */
export async function writeChangeSet(
  tables: Tables,
  platform: PlatformParts,
  caller: Caller,
  plan: Plan,
  consent: Consented,
): Promise<Change> {
  const head = await requireBasis(tables, plan);
  const at = platform.now();
  // What was foretold of visitors is the plan's to say, and not the trail's.
  const operations = (plan.operations as readonly PlanOperation[]).map(({ atOnce: _, ...operation }) =>
    stampRevision(operation, at),
  );
  const versions = await tables.resources.versions();
  for (const operation of operations) requireVersion(operation, versions);
  await requireUnits(tables, operations, at);
  await tables.resources.put(
    operations.map(({ kind, id, target, after }) => ({
      kind,
      id,
      version: (versions.get(target)?.version ?? 0) + 1,
      entry: after,
    })),
  );
  await keepContents(tables, contentsNamedBy(operations), at);
  const body: ChangeBody = {
    id: platform.newId(),
    sequence: head.sequence + 1,
    at,
    actor: caller.actor,
    reason: consent.reason ?? null,
    planId: plan.id,
    rollbackOf: plan.rollbackOf,
    overrides: consent.overrides.filter((guard) => plan.guards.some((g) => g.guard === guard && g.outcome === 'block')),
    confirmed: plan.confirmations.map(({ id }) => id).filter((id) => consent.confirm.includes(id)),
    operations,
  };
  const row = rowOf(body, head.hash);
  await tables.changeSets.append(row);
  return { ...body, previousHash: row.previousHash, hash: row.hash };
}

/** What was reserved since the plan was made must fit it too: nothing comes between this and what is written. */
async function requireUnits(tables: Tables, operations: readonly PlanOperation[], at: number): Promise<void> {
  if (!operations.some(({ kind, before }) => kind === 'launches' && before !== null)) return;
  const lowered = loweredAllocations(operations, await tables.reservations.units(null, at));
  if (lowered.length === 0) return;
  throw new Failure({
    code: 'stale-plan',
    exit: EXIT.stale,
    message: `Units were reserved since the plan was made: ${lowered.map(loweredText).join('; ')}. Nothing was written.`,
    remedy: 'Plan again, and look at what is different now.',
    details: { changes: [], targets: [...new Set(lowered.map(({ target }) => target))], lowered },
  });
}

/** What a change set names is kept for ever: the trail and every rollback stand on it. */
async function keepContents(tables: Tables, contents: readonly string[], at: number): Promise<void> {
  const { content, count } = NO_RULES;
  // What a ruleset has that begins later, until then; nobody brings it.
  if (contents.includes(content) && (await tables.rules.count(content)) === null)
    await tables.rules.putContent(content, count, [], at);
  await tables.rules.keep(contents, null);
}

function rowOf(change: ChangeBody, previousHash: string): ChangeSetRow {
  const body = canonicalJson(change);
  return {
    sequence: change.sequence,
    id: change.id,
    summary: canonicalJson(summaryBody(change)),
    body,
    previousHash,
    hash: linkHash(previousHash, body),
  };
}

/** How one change set hangs on the one before it. */
export function linkHash(previousHash: string, body: string): string {
  return sha256(previousHash + body);
}

type SummaryBody = Omit<ChangeSummary, 'previousHash' | 'hash'>;

function summaryBody({ operations, ...rest }: ChangeBody): SummaryBody {
  const items = countItems(operations as readonly PlanOperation[]);
  return {
    ...rest,
    counts: countVerbs(operations as readonly PlanOperation[]),
    targets: operations.map((o) => o.target),
    ...(items === null ? {} : { items }),
  };
}

/** Whether a summary is the one of its change set. Those of earlier releases have no counts of items. */
export function isSummaryOf(summary: string, change: ChangeBody): boolean {
  const { items, ...rest } = summaryBody(change);
  return canonicalJson(items === undefined ? rest : { ...rest, items }) === summary || canonicalJson(rest) === summary;
}

export function changeOf(row: ChangeSetRow): Change {
  return {
    ...(storedRecord(row.body, `change set ${row.id}`) as ChangeBody),
    previousHash: row.previousHash,
    hash: row.hash,
  };
}

export function summaryOf(row: Omit<ChangeSetRow, 'body'>): ChangeSummary {
  return {
    ...(storedRecord(row.summary, `change set ${row.id}`) as ChangeSummary),
    previousHash: row.previousHash,
    hash: row.hash,
  };
}

/** The head, which must be the one that the plan was made on. */
export async function requireBasis(tables: ReadTables, plan: Plan): Promise<{ sequence: number; hash: string }> {
  const head = await tables.changeSets.head();
  if (head.hash === plan.basis) return head;
  const basis = await tables.changeSets.sequenceOf(plan.basis);
  const since = (await tables.changeSets.list(null, Math.min(head.sequence - (basis ?? 0), MOST_NAMED)))
    .map(summaryOf)
    .map(({ id, at, actor, reason, targets }) => ({ id, at, actor, reason, targets: targets.slice(0, MOST_NAMED) }));
  const touched = new Set(plan.operations.map((operation) => operation.target));
  const both = [...new Set(since.flatMap((change) => change.targets))].filter((target) => touched.has(target));
  const who = since.map(({ id, actor }) => `${id} by ${actor}`);
  throw new Failure({
    code: 'stale-plan',
    exit: EXIT.stale,
    message:
      basis === null
        ? 'The plan was made on a state that this platform never had. Nothing was written.'
        : `The platform changed since the plan was made (${who.slice(0, 3).join(', ')}${who.length > 3 ? ', …' : ''}). Nothing was written.`,
    remedy: 'Plan again, and look at what is different now.',
    details: { changes: since, targets: both },
  });
}

const MOST_NAMED = 50;

function requireVersion(operation: PlanOperation, versions: ReadonlyMap<string, LastVersion>): void {
  const last = versions.get(operation.target);
  const present = last?.present === true ? last.version : 0;
  if (present === operation.expectedVersion) return;
  throw new Failure({
    code: 'stale-plan',
    exit: EXIT.stale,
    message: `${operation.target} is at version ${present}; the plan expects ${operation.expectedVersion}. Nothing was written.`,
    remedy: 'Plan again, and look at what is different now.',
    details: { changes: [], targets: [operation.target], present, expected: operation.expectedVersion },
  });
}
