import fc from 'fast-check';
import { expect, test } from 'vitest';
import { LineSet } from '../../../src/cli/rules-files/line-set.ts';

test('has the lines that were added, and no others, however many were expected', () => {
  fc.assert(
    fc.property(
      fc.array(fc.string()),
      fc.array(fc.string()),
      fc.nat({ max: 5_000 }),
      fc.nat({ max: 3_000 }),
      (added, asked, expected, more) => {
        const own = new LineSet(expected);
        const all = [...added, ...Array.from({ length: more }, (_, i) => `{"from":"/${i}"}`)];
        for (const line of all) own.add(line);
        const known = new Set(all);
        for (const line of [...all, ...asked, '{"from":"/no"}']) expect(own.has(line)).toBe(known.has(line));
      },
    ),
    { numRuns: 40 },
  );
});
