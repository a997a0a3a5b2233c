import type { api } from '../../contract/operations/index.ts';
import type { PlanOperation } from '../../domain/plan/plan.ts';
import type { Handler } from '../handler.ts';
import { changeOf, summaryOf } from './change-sets.ts';
import { notFound } from './not-found.ts';
import { pageOf, readCursor } from './pages.ts';

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
  const row = await call.platform.store.read(({ changeSets }) => changeSets.get(params.id));
  if (row === null) throw notFound('change', params.id);
  const operations = changeOf(row).operations as readonly PlanOperation[];
  return storePlan(
    call,
    { desired: { kind: 'rollback', operations }, allowEmpty: true },
    { documentHash: null, rollbackOf: row.id },
  );
};
