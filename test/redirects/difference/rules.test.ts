import fc from 'fast-check';
import { expect, test } from 'vitest';
import { ruleChanges } from '../../../src/domain/plan/rule-changes.ts';
import { AnswerComparison } from '../../../src/redirects/difference/answers.ts';
import {
  differenceOfOptions,
  differenceOfRules,
  type RulesDifference,
} from '../../../src/redirects/difference/rules.ts';
import { matchKindOf, type RedirectRule } from '../../../src/redirects/rule.ts';
import { compileRules, OPTIONS } from '../compile-rules.ts';
import { anyRule } from '../formats/rules.ts';

const A: RedirectRule = { from: '/a', to: 'https://www.mi.com/a' };
const B: RedirectRule = { from: '/b', to: 'https://www.mi.com/b' };

test.each<[string, RedirectRule[], RedirectRule[], object]>([
  ['order is no difference', [A, B], [B, A], { added: [], removed: [], changed: [], same: 2 }],
  ['what is written out is its default', [A], [{ ...A, status: 301, match: 'exact', enabled: true }], { same: 1 }],
  ['another target is a change', [A, B], [{ ...A, to: '/x' }, B], { changed: [{ before: 0, after: 0 }], same: 1 }],
  ['another kind is another rule', [A], [{ ...A, match: 'prefix' }], { added: [0], removed: [0], changed: [] }],
  ['a window of its own makes another rule', [A], [A, { ...A, window: { from: '1' } }], { added: [1], same: 1 }],
  ['one of two alike goes', [A, A], [A], { removed: [expect.any(Number)], same: 1 }],
])('%s', (_, before, after, expected) => {
  expect(differenceOfRules(before, after)).toMatchObject(expected);
});

const rule: fc.Arbitrary<RedirectRule> = fc.record(
  {
    from: fc.constantFrom('/a', '/b', '/c/:id'),
    to: fc.constantFrom('/x', '/y'),
    status: fc.constantFrom(301, 302),
    window: fc.constantFrom({ from: '1' }, { until: '2' }),
  },
  { requiredKeys: ['from'] },
);

test('every rule of either list is told once, and as many as a plan counts', () => {
  fc.assert(
    fc.property(fc.array(rule), fc.array(rule), (before, after) => {
      const { added, removed, changed, same } = differenceOfRules(before, after);
      const afters = [...added, ...changed.map((pair) => pair.after)];
      const befores = [...removed, ...changed.map((pair) => pair.before)];
      expect(new Set(afters).size).toBe(after.length - same);
      expect(new Set(befores).size).toBe(before.length - same);
      expect(ruleChanges(before, after)).toMatchObject({
        added: added.length,
        removed: removed.length,
        changed: changed.length,
      });
    }),
  );
});

/** The same as a map of texts would find it. */
function differenceByText(before: readonly RedirectRule[], after: readonly RedirectRule[]): RulesDifference {
  const identity = (rule: RedirectRule) => JSON.stringify([rule.from, matchKindOf(rule), rule.window ?? {}]);
  const whole = ({ to, status = 301, query, priority = 0, enabled = true, note = '', ...rule }: RedirectRule) =>
    JSON.stringify([identity(rule), to ?? null, status, query ?? null, priority, enabled, note]);
  const pair = (left: number[], right: number[], key: (rule: RedirectRule) => string): [number, number][] => {
    const places = Map.groupBy(left, (index) => key(before[index] ?? A));
    return right.flatMap((index): [number, number][] => {
      const own = places.get(key(after[index] ?? A))?.pop();
      return own === undefined ? [] : [[own, index]];
    });
  };
  const same = pair([...before.keys()], [...after.keys()], whole);
  const left = [...before.keys()].filter((index) => !same.some(([own]) => own === index));
  const unmatched = [...after.keys()].filter((index) => !same.some(([, own]) => own === index));
  const changed = pair(left, unmatched, identity);
  return {
    added: unmatched.filter((index) => !changed.some(([, own]) => own === index)),
    removed: left.filter((index) => !changed.some(([own]) => own === index)),
    changed: changed.map(([own, index]) => ({ before: own, after: index })),
    same: same.length,
  };
}

const edited: fc.Arbitrary<RedirectRule> = fc.oneof(rule, anyRule);

test('whether rules lie in bytes or not, they are paired by what they say', () => {
  fc.assert(
    fc.property(fc.array(edited), fc.array(edited), fc.array(fc.nat()), (before, more, picked) => {
      const kept = picked.flatMap((index) => before[index % Math.max(before.length, 1)] ?? []);
      const after = [...kept, ...more];
      expect(differenceOfRules(before, after)).toEqual(differenceByText(before, after));
    }),
  );
});

test('options that mean otherwise', () => {
  const fallback = { status: 410 } as const;
  expect(differenceOfOptions(OPTIONS, { ...OPTIONS, case: 'ignore', fallback })).toEqual([
    { option: 'case', before: 'sensitive', after: 'ignore' },
    { option: 'fallback', before: null, after: fallback },
  ]);
});

test('the URLs whose answer changes, the most visited first', () => {
  const before = compileRules([A, B], { fallback: { status: 410 } });
  const after = compileRules(
    [
      { ...A, status: 308 },
      { ...B, query: 'drop' },
    ],
    { fallback: { status: 410 } },
  );
  const comparison = new AnswerComparison(before, after, 0, 'https://po.co');
  for (const [url, hits] of [
    ['/b', 9],
    ['/b?x=1', 5],
    ['/a', 3],
    ['/a/', 4],
    ['/c', 7],
    ['https://other.co/', 8],
  ] as const)
    expect(comparison.add(url, hits)).toBeUndefined();
  expect(comparison.add('ftp://po.co/', 1)).toContain('its scheme is "ftp"');
  expect(comparison.urls).toBe(6);
  expect(comparison.changes().map(({ url, before, after }) => [url, before?.location, after?.status])).toEqual([
    ['https://po.co/b?x=1', 'https://www.mi.com/b?x=1', 301],
    ['https://po.co/a/', 'https://www.mi.com/a', 308],
    ['https://po.co/a', 'https://www.mi.com/a', 308],
  ]);
});
