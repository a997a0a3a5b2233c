import fc from 'fast-check';
import { expect, test } from 'vitest';
import { ruleChanges } from '../../../src/domain/plan/rule-changes.ts';
import type { RedirectRule } from '../../../src/redirects/rule.ts';

const to = 'https://www.mi.com/';
const A: RedirectRule = { from: '/a', to };
const B: RedirectRule = { from: '/b', to };

test.each<[string, readonly RedirectRule[], readonly RedirectRule[], object]>([
  ['another order', [A, B], [B, A], { added: 0, removed: 0, changed: 0 }],
  [
    'a default that is written',
    [A],
    [{ ...A, status: 301, priority: 0, enabled: true }],
    { added: 0, removed: 0, changed: 0 },
  ],
  ['a kind that is written', [A], [{ ...A, match: 'exact' }], { added: 0, removed: 0, changed: 0 }],
  ['another target', [A, B], [{ ...A, to: `${to}a` }, B], { added: 0, removed: 0, changed: 1 }],
  ['another source', [A], [B], { added: 1, removed: 1, changed: 0 }],
  ['another kind', [A], [{ ...A, match: 'prefix' }], { added: 1, removed: 1, changed: 0 }],
  ['another window', [A], [{ ...A, window: { until: 'end of 2025-01-01' } }], { added: 1, removed: 1, changed: 0 }],
  ['one of two that are the same', [A, A], [A], { added: 0, removed: 1, changed: 0 }],
  [
    'one of two that are alike',
    [A, { ...A, to: `${to}x` }],
    [
      { ...A, to: `${to}x` },
      { ...A, to: `${to}y` },
    ],
    { added: 0, removed: 0, changed: 1 },
  ],
])('%s', (_name, before, after, expected) => {
  expect(ruleChanges(before, after)).toMatchObject(expected);
});

test('what is added, removed and changed accounts for every rule, both ways', () => {
  const rule = fc.record({
    from: fc.constantFrom('/a', '/b', '/c'),
    to: fc.constantFrom('/x', '/y'),
    priority: fc.nat(1),
  });
  const list = fc.array(rule, { maxLength: 12 });
  fc.assert(
    fc.property(list, list, (before, after) => {
      const changes = ruleChanges(before, after);
      const back = ruleChanges(after, before);
      expect(changes.before - changes.removed + changes.added).toBe(changes.after);
      expect(back).toMatchObject({ added: changes.removed, removed: changes.added, changed: changes.changed });
      expect(ruleChanges(before, before.toReversed())).toMatchObject({ added: 0, removed: 0, changed: 0 });
    }),
  );
});

test('counts the same as one who looks every rule up', () => {
  const rule = fc.record(
    {
      from: fc.constantFrom('/a', '/b', '/c', '/d', '/e'),
      to: fc.constantFrom('/x', '/y'),
      status: fc.constantFrom(301, 302),
      query: fc.constantFrom('drop' as const, { significant: ['q'] }),
    },
    { requiredKeys: ['from'] },
  );
  const text = ({ from, to, status, query }: RedirectRule) => JSON.stringify([from, to, status ?? 301, query]);
  const take = (list: string[], key: string): boolean => {
    const at = list.indexOf(key);
    if (at >= 0) list.splice(at, 1);
    return at >= 0;
  };
  fc.assert(
    fc.property(
      fc.array(rule, { maxLength: 80 }),
      fc.array(rule, { maxLength: 5 }),
      fc.nat(80),
      fc.nat(80),
      (before, added, at, gone) => {
        const after = before.toSpliced(at, gone % 7, ...added);
        const left = before.map(text);
        const unmatched = after.filter((one) => !take(left, text(one)));
        const sources = left.map((one) => (JSON.parse(one) as string[])[0] ?? '');
        const changed = unmatched.filter(({ from }) => take(sources, from)).length;
        expect(ruleChanges(before, after)).toEqual({
          before: before.length,
          after: after.length,
          added: unmatched.length - changed,
          removed: left.length - changed,
          changed,
        });
      },
    ),
  );
});

test('a hundred thousand rules of one source are counted as fast as any others', () => {
  const before = Array.from({ length: 100_000 }, (_, i) => ({ from: '/a', to: `${to}${i}` }));
  const after = before.map((rule) => ({ ...rule, to: `${rule.to}x` }));
  expect(ruleChanges(before, after)).toMatchObject({ added: 0, removed: 0, changed: 100_000 });
});
