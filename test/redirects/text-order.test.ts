import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { RedirectRule } from '../../src/redirects/rule.ts';
import { tableSteps } from '../../src/redirects/rule-table.ts';
import { atOnce } from '../../src/redirects/steps.ts';
import { compareTexts } from '../../src/redirects/text-order.ts';

const text = fc.stringMatching(/^\/[ab~A]{0,4}é?$/);
const rule: fc.Arbitrary<RedirectRule> = fc.record({ from: text, to: text }, { requiredKeys: ['from'] });

test('rules that lie in bytes are in the order of their texts', () => {
  fc.assert(
    fc.property(rule, rule, (one, other) => {
      const rules = [one, other];
      const texts = (left: RedirectRule, right: RedirectRule): number =>
        Number(left.from > right.from) - Number(left.from < right.from) ||
        Number((left.to ?? '') > (right.to ?? '')) - Number((left.to ?? '') < (right.to ?? ''));
      expect(Math.sign(compareTexts(atOnce(tableSteps(rules)), 0, 1))).toBe(texts(one, other));
      expect(Math.sign(compareTexts(rules, 1, 0))).toBe(texts(other, one));
    }),
  );
});
