import { expect, test } from 'vitest';
import { canonicalJson } from '../../src/domain/canonical-json.ts';
import { isSummaryOf } from '../../src/platform/services/change-sets.ts';

const items = {
  before: 0,
  after: 8,
  added: 8,
  removed: 0,
  changed: 0,
  examples: { added: [], removed: [], changed: [] },
};
const change = {
  id: '1',
  sequence: 1,
  at: 0,
  actor: 'ada',
  reason: null,
  planId: null,
  rollbackOf: null,
  overrides: [],
  confirmed: [],
  operations: [{ target: 'products/all', kind: 'products', id: 'all', verb: 'create', items }],
} as unknown as Parameters<typeof isSummaryOf>[1];

test('a summary counts products, may be of a release that did not, and is of its own change set', () => {
  const { operations: _, ...rest } = change;
  const earlier = { ...rest, counts: { create: 1, update: 0, delete: 0 }, targets: ['products/all'] };
  const counts = (added: number) => ({ products: { added, changed: 0, removed: 0 } });
  expect(isSummaryOf(canonicalJson({ ...earlier, items: counts(8) }), change)).toBe(true);
  expect(isSummaryOf(canonicalJson(earlier), change)).toBe(true);
  expect(isSummaryOf(canonicalJson({ ...earlier, items: counts(9) }), change)).toBe(false);
  expect(isSummaryOf(canonicalJson({ ...earlier, actor: 'eve' }), change)).toBe(false);
});
