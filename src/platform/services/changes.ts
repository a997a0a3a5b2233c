import type { api } from '../../contract/operations/index.ts';
import type { Change } from '../../contract/shapes.ts';
import { EXIT, Failure } from '../../domain/failure.ts';
import { equalValues } from '../../domain/plan/equal.ts';
import type { PlanOperation } from '../../domain/plan/plan.ts';
import type { Handler } from '../handler.ts';
import type { ChangeSetRow } from '../store/rows.ts';
import type { ChangeSetReads, ReadTables, ResourceReads } from '../store/store.ts';
import { changeOf, summaryOf } from './change-sets.ts';
import { idBeginning, MOST_NAMED, namesByBeginning } from './named-id.ts';
import { notFound } from './not-found.ts';
import { pageOf, readCursor } from './pages.ts';

const BATCH = 100;

type Operations = (typeof api)['changes'];

export const listChanges: Handler<Operations['list']> = async ({ platform }, { query }) => {
  const before = readCursor('changes', query.cursor);
  const rows = await platform.store.read(({ changeSets }) =>
    changeSets.list(before === null ? null : Number(before), query.limit + 1),
  );
  return { value: pageOf('changes', rows.map(summaryOf), query.limit, (change) => String(change.sequence)) };
};

export const getChange: Handler<Operations['get']> = async ({ platform }, { params }) => {
  return { value: changeOf(await platform.store.read(({ changeSets }) => changeNamed(changeSets, params.id))) };
};

export const rollbackChange: Handler<Operations['rollback']> = async (call, { params }) => {
  const { storePlan } = await import('./plans.ts');
  const { change, later } = await call.platform.store.read(async (tables) => {
    const found = changeOf(await changeNamed(tables.changeSets, params.id));
    return { change: found, later: await undoneToo(tables, found) };
  });
  return storePlan(
    call,
    { desired: { kind: 'rollback', operations: change.operations as readonly PlanOperation[] }, allowEmpty: true },
    { documentHash: null, rollbackOf: change.id, warnings: later },
  );
};

const LAST = 'last';
const HOW_TO_FIND = 'storectl changes list shows them all, by number and id; `last` names the newest.';

/** How a trail numbers its changes: `3` or `#3`. */
const NUMBER = /^(#?)([1-9]\d{0,14})$/;

/** A change by its id, by a beginning of it that no other has, by its number, or the newest of all as `last`. */
async function changeNamed(changeSets: ChangeSetReads, named: string): Promise<ChangeSetRow> {
  const exact = await changeSets.get(named);
  if (exact !== null) return exact;
  const numbered = await changeNumbered(changeSets, named);
  if (numbered !== null) return numbered;
  const id =
    named === LAST
      ? (await changeSets.list(null, 1))[0]?.id
      : await idBeginning(named, {
          noun: 'change',
          remedy: HOW_TO_FIND,
          beginning: (start, limit) => changeSets.idsBeginning(start, limit),
        });
  const row = id === undefined ? null : await changeSets.get(id);
  if (row === null) throw notFound('change', named, named === LAST ? 'Nothing has been changed yet.' : HOW_TO_FIND);
  return row;
}

/**
 * The change of that number; null where the text is none, or no change has it.
 *
 * @throws Failure `ambiguous-id` (2) where the digits are as well the beginning of an id of another change
 */
async function changeNumbered(changeSets: ChangeSetReads, named: string): Promise<ChangeSetRow | null> {
  const [, sign, digits] = NUMBER.exec(named) ?? [];
  if (digits === undefined) return null;
  const sequence = Number(digits);
  const [row] = await changeSets.scan(sequence - 1, 1);
  if (row?.sequence !== sequence) return null;
  const others = sign === '#' || !namesByBeginning(digits) ? [] : await changeSets.idsBeginning(digits, MOST_NAMED);
  const candidates = [row.id, ...others.filter((id) => id !== row.id)];
  if (candidates.length === 1) return row;
  throw new Failure({
    code: 'ambiguous-id',
    exit: EXIT.usage,
    message: `${digits} is the number of a change, and ids of others begin with it:${candidates.map((id, i) => `\n  ${id}${i === 0 ? `  #${digits}` : ''}`).join('')}`,
    remedy: `Write '#${digits}' for the number, or more of the id.`,
    details: { noun: 'change', start: digits, candidates },
  });
}

/** What other changes made of the same entries since: it would be undone too, which somebody has to know. */
async function undoneToo(tables: ReadTables, change: Change): Promise<readonly string[]> {
  const moved = await movedSince(tables.resources, change.operations as readonly PlanOperation[]);
  if (moved.size === 0) return [];
  const warnings: string[] = [];
  for (let after = change.sequence; ; ) {
    const rows = await tables.changeSets.scan(after, BATCH);
    for (const later of rows.map(summaryOf)) {
      const both = later.targets.filter((target) => moved.has(target));
      if (both.length > 0) {
        const named = both.length > 3 ? `${both.slice(0, 3).join(', ')} and ${both.length - 3} more` : both.join(', ');
        warnings.push(`change ${later.id} by ${later.actor} wrote ${named} since; this undoes that too`);
      }
      after = later.sequence;
    }
    if (rows.length < BATCH) return warnings;
  }
}

/**
 * The entries that are neither as the change left them nor as they were before it. One that others wrote and put back
 * loses nothing by the rollback, and one that was rolled back already stays as it is.
 */
async function movedSince(
  resources: ResourceReads,
  operations: readonly PlanOperation[],
): Promise<ReadonlySet<string>> {
  const moved = new Set<string>();
  for (const { kind, id, target, before, after } of operations) {
    // Signatures are taken back one by one, and those that others gave since stay.
    if (kind === 'signoffs') continue;
    const present = (await resources.get(kind, id))?.spec ?? null;
    const known = [before?.spec ?? null, after?.spec ?? null];
    if (!known.some((spec) => equalValues(spec, present))) moved.add(target);
  }
  return moved;
}
