import fc from 'fast-check';
import { expect, test } from 'vitest';
import { GatheredRules } from '../../src/redirects/gathered-rules.ts';
import type { RedirectRule } from '../../src/redirects/rule.ts';
import { tableSteps } from '../../src/redirects/rule-table.ts';
import { atOnce } from '../../src/redirects/steps.ts';
import { anyRule } from './formats/rules.ts';

const block = fc.array(anyRule, { maxLength: 6 });

test('rules that come block by block are all there, in their order', () => {
  fc.assert(
    fc.property(fc.array(block, { maxLength: 5 }), (blocks) => {
      const gathered = new GatheredRules();
      for (const rules of blocks) gathered.add(rules);
      expect(gathered.length).toBe(blocks.flat().length);
      expect([...gathered.finish()]).toEqual(blocks.flat());
    }),
  );
});

test('what is left out is not there', () => {
  fc.assert(
    fc.property(fc.array(block, { minLength: 1, maxLength: 3 }), fc.integer({ min: 0, max: 5 }), (blocks, out) => {
      const gathered = new GatheredRules();
      for (const rules of blocks) gathered.add(rules, new Set(rules.keys().filter((index) => index === out)));
      const kept = blocks.flatMap((rules) => rules.filter((_, index) => index !== out));
      expect(gathered.length).toBe(kept.length);
      expect([...gathered.finish()]).toEqual(kept);
    }),
  );
});

test('a table that comes alone is not copied', () => {
  const rules: RedirectRule[] = [{ from: '/a', to: 'https://www.mi.com/a' }];
  const table = atOnce(tableSteps(rules));
  const gathered = new GatheredRules();
  gathered.add(table);
  expect(gathered.finish()).toBe(table);
});
