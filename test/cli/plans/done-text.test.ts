import stringWidth from 'string-width';
import { describe, expect, test } from 'vitest';
import { NO_PALETTE } from '../../../src/cli/output/colours.ts';
import { renderTable } from '../../../src/cli/output/table.ts';
import type { View } from '../../../src/cli/output/view.ts';
import { CHANGE_COLUMNS, type ChangeRow } from '../../../src/cli/plans/change-columns.ts';
import { doneText, targetsText } from '../../../src/cli/plans/done-text.ts';
import { renderChange } from '../../../src/cli/plans/render-change.ts';
import type { Change } from '../../../src/contract/shapes.ts';
import type { PlanOperation } from '../../../src/domain/plan/plan.ts';

describe('what a change of a list did', () => {
  test.each<[readonly [number, number, number], readonly ChangeRow['targets'][number][], string]>([
    [[0, 1, 0], ['launches/mi-store-opening'], 'launches/mi-store-opening changed'],
    [[0, 1, 0], ['products/all'], 'products changed'],
    [[4, 0, 0], ['sites/a', 'sites/b', 'sites/c', 'shutdowns/d'], '3 sites, 1 shutdown created'],
    [[1, 0, 1], ['taxonomies/a', 'taxonomies/b'], '2 taxonomies: 1 created, 1 deleted'],
    [[0, 0, 0], [], ''],
  ])('%j of %j is: %s', ([create, update, remove], targets, text) => {
    expect(targetsText({ counts: { create, update, delete: remove }, targets })).toBe(text);
  });

  const eight = { added: 8, changed: 0, removed: 0 };
  const one = { added: 0, changed: 1, removed: 2 };
  test.each<[readonly [number, number, number], readonly ChangeRow['targets'][number][], ChangeRow['items'], string]>([
    [[1, 0, 0], ['products/all'], { products: eight }, '8 products added'],
    [[0, 1, 0], ['products/all'], { products: one }, '1 product changed, 2 products removed'],
    [[0, 1, 0], ['catalogs/us'], { listings: one }, 'catalogs/us: 1 listing changed, 2 listings removed'],
    [[1, 0, 0], ['catalogs/us'], { listings: eight }, 'catalogs/us created, 8 listings added'],
    [
      [3, 0, 0],
      ['sites/a', 'products/all', 'catalogs/us'],
      { products: eight },
      '1 site, 1 catalog created, 8 products added',
    ],
    [
      [1, 1, 0],
      ['sites/a', 'products/all'],
      { products: one },
      '1 site, products: 1 created, 1 changed, 1 product changed, 2 products removed',
    ],
    [[0, 1, 0], ['catalogs/us'], { listings: { added: 0, changed: 0, removed: 0 } }, 'catalogs/us changed'],
  ])('%j of %j with %j is: %s', ([create, update, remove], targets, items, text) => {
    expect(targetsText({ counts: { create, update, delete: remove }, targets, items })).toBe(text);
  });

  test('counts products and listings one by one', () => {
    const one = { target: 'products/all', kind: 'products', id: 'all', verb: 'update' } as const;
    const items = { before: 0, after: 50_000, added: 50_000, removed: 0, changed: 1 };
    const products = { ...one, items } as unknown as PlanOperation;
    const site = { ...one, kind: 'sites', target: 'sites/a', id: 'a', verb: 'create' } as unknown as PlanOperation;
    expect(doneText([site, products])).toBe('1 created, 50,000 products added, 1 product changed');
  });
});

describe('how a change is undone', () => {
  const said = (before: object, after: object) => {
    const operation = { target: 'signoffs/a', kind: 'signoffs', id: 'a', verb: 'update' };
    const operations = [{ ...operation, before: { spec: before }, after: { spec: after } }];
    const change = { id: '0190-1', at: 0, rollbackOf: null, operations } as unknown as Change;
    return renderChange(change, { palette: NO_PALETTE, width: null } as View)
      .split('\n')
      .at(-1);
  };
  const go = { by: 'ada', at: '2015-05-12T09:00:00Z', version: 1 };

  test('by a rollback, and where a go was taken back by giving it again: no rollback gives one', () => {
    expect(said({}, { go })).toBe('  undo with: storectl rollback 0190-1');
    expect(said({ go, evidence: {} }, { evidence: {} })).toBe('  undo with: storectl launches go a');
  });
});

test('what was done is told between words at 40 columns, and how to undo it in one line to copy', () => {
  const operation = { target: 'sites/a', kind: 'sites', id: 'a', verb: 'create', before: null, after: { spec: {} } };
  const id = '84f6c088-f487-434f-a669-ab84a23f5945';
  const change = { id, at: 0, rollbackOf: id, operations: [operation] } as unknown as Change;
  expect(renderChange(change, { palette: NO_PALETTE, width: 40 } as View).split('\n')).toEqual([
    '✓ 1 created, rolling back',
    `  ${id},`,
    '  at 1970-01-01T00:00:00Z',
    '  change',
    `  ${id}`,
    `  undo with: storectl rollback ${id}`,
  ]);
});

describe('changes list', () => {
  const row = (id: string, sequence: number): ChangeRow => ({
    id,
    sequence,
    at: '2015-05-19T11:00:00.123Z',
    actor: 'ada@example.com',
    reason: 'the price is wrong',
    planId: null,
    rollbackOf: null,
    overrides: [],
    confirmed: [],
    previousHash: '',
    hash: '',
    counts: { create: 0, update: 1, delete: 0 },
    targets: ['launches/mi-store-opening'],
  });
  const ids = ['0b7d3c1e-5e57-4e26-9f2a-000000000001', '9c1f77a2-5e57-4e26-9f2a-000000000002'];

  test.each([40, 80])('breaks no id and no time at %i columns', (width) => {
    const table = renderTable(
      ids.map((id, i) => row(id, i + 1)),
      CHANGE_COLUMNS,
      { width, palette: NO_PALETTE },
    );
    for (const line of table.split('\n')) expect(stringWidth(line)).toBeLessThanOrEqual(width);
    expect(table).toMatch(/^1 {2}0b7d3c1e {2}\S+/m);
    expect(table.match(/\d{4}-\d{2}-\d{2}T?/g) ?? []).toHaveLength(width === 80 ? 2 : 0);
    if (width === 80) expect(table).toContain('2015-05-19T11:00:00Z');
    expect(table).toContain(width === 40 ? 'launches/mi-store-' : 'launches/mi-');
  });

  test('shows an id whole where its beginning is not its own, or there is room', () => {
    const alike = ['0b7d3c1e-a', '0b7d3c1e-b'].map((id, i) => row(id, i));
    expect(renderTable(alike, CHANGE_COLUMNS, { width: 60, palette: NO_PALETTE })).toContain('0b7d3c1e-a');
    const wide = { width: 300, palette: NO_PALETTE };
    expect(renderTable([row(ids[0] ?? '', 1)], CHANGE_COLUMNS, wide)).toContain(ids[0]);
  });
});
