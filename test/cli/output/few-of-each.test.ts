import fc from 'fast-check';
import { expect, test } from 'vitest';
import { fewOfEach } from '../../../src/cli/output/few-of-each.ts';

const kindOf = (text: string): string => text.slice(0, 1);
const of = (kind: string, count: number): readonly string[] => Array.from({ length: count }, (_, i) => `${kind}${i}`);

test('what is rare is shown whole, and of the rest the first, in their order', () => {
  const { shown, left } = fewOfEach([...of('b', 51), ...of('a', 50), ...of('c', 200)], kindOf);
  expect(shown).toEqual([...of('b', 10), ...of('a', 50), ...of('c', 10)]);
  expect(left).toEqual([
    ['c', 190],
    ['b', 41],
  ]);
});

test('nothing is shown twice, moved or left uncounted', () => {
  fc.assert(
    fc.property(fc.array(fc.constantFrom('a', 'b', 'c'), { maxLength: 300 }), (kinds) => {
      const all = kinds.map((kind, place) => ({ kind, place }));
      const { shown, left } = fewOfEach(all, ({ kind }) => kind);
      expect(shown.map(({ place }) => place)).toEqual(shown.map(({ place }) => place).toSorted((a, b) => a - b));
      expect(new Set(shown).size + left.reduce((sum, [, count]) => sum + count, 0)).toBe(all.length);
    }),
  );
});
