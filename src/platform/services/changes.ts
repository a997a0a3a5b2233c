import type { api } from '../../contract/operations/index.ts';
import type { Change } from '../../contract/shapes.ts';
import type { PlanOperation } from '../../domain/plan/plan.ts';
import type { Handler } from '../handler.ts';
import type { ChangeSetReads } from '../store/store.ts';
import { changeOf, summaryOf } from './change-sets.ts';
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
  const row = await platform.store.read(({ changeSets }) => changeSets.get(params.id));
  if (row === null) throw notFound('change', params.id);
  return { value: changeOf(row) };
};

export const rollbackChange: Handler<Operations['rollback']> = async (call, { params }) => {
  const { storePlan } = await import('./plans.ts');
  const { change, later } = await call.platform.store.read(async ({ changeSets }) => {
    const row = await changeSets.get(params.id);
    if (row === null) throw notFound('change', params.id);
    const found = changeOf(row);
    return { change: found, later: await changedSince(changeSets, found) };
  });
  return storePlan(
    call,
    { desired: { kind: 'rollback', operations: change.operations as readonly PlanOperation[] }, allowEmpty: true },
    { documentHash: null, rollbackOf: change.id, warnings: later },
  );
};

/** What other changes did to the same entries since: it would be undone too, which somebody has to know. */
async function changedSince(changeSets: ChangeSetReads, change: Change): Promise<readonly string[]> {
  const targets = new Set(change.operations.map((operation) => operation.target));
  const warnings: string[] = [];
  for (let after = change.sequence; ; ) {
    const rows = await changeSets.scan(after, BATCH);
    for (const later of rows.map(summaryOf)) {
      const both = later.targets.filter((target) => targets.has(target));
      if (both.length > 0) {
        const named = both.length > 3 ? `${both.slice(0, 3).join(', ')} and ${both.length - 3} more` : both.join(', ');
        warnings.push(`change ${later.id} by ${later.actor} wrote ${named} since; this undoes that too`);
      }
      after = later.sequence;
    }
    if (rows.length < BATCH) return warnings;
  }
}
