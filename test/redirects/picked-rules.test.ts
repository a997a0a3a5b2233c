import fc from 'fast-check';
import { expect, test } from 'vitest';
import { elaborateRules, inexactRules } from '../../src/redirects/picked-rules.ts';
import { matchKindOf, type RedirectRule } from '../../src/redirects/rule.ts';
import { tableSteps } from '../../src/redirects/rule-table.ts';
import { atOnce } from '../../src/redirects/steps.ts';
import { anyRule } from './formats/rules.ts';

const plain: fc.Arbitrary<RedirectRule> = fc.record({
  from: fc.constantFrom('/a', '/a/*', 'po.co/*', '/p/:id', '/p/:id?q=1', '/a*b', 'https://po.co:81/a', '/:', '/a?b=/*'),
  to: fc.constant('https://www.mi.com/'),
});
const lists = fc.array(fc.oneof(plain, anyRule), { maxLength: 12 });

test('the rules that take more than one path are those of another kind than exact', () => {
  fc.assert(
    fc.property(lists, (rules) => {
      const expected = rules.filter((rule) => matchKindOf(rule) !== 'exact');
      expect([...inexactRules(atOnce(tableSteps(rules)))]).toEqual(expected);
      expect([...inexactRules(rules)]).toEqual(expected);
    }),
  );
});

test('what has a window, a note or a policy is elaborate', () => {
  fc.assert(
    fc.property(lists, (rules) => {
      const found = [...elaborateRules(atOnce(tableSteps(rules)))];
      const wanted = rules.filter(({ window, note, query }) => (window ?? note ?? query) !== undefined);
      expect(found.filter((rule) => wanted.some((one) => one === rule))).toEqual(wanted);
    }),
  );
});
