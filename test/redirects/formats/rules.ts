import fc from 'fast-check';
import type { RedirectRule } from '../../../src/redirects/rule.ts';

const cell = fc.string({
  unit: fc.constantFrom('a', '/', '=', '+', '-', '@', "'", '"', ',', ';', '\n', '\r', '\t', ' ', 'é', '😀', '{'),
  maxLength: 12,
});
const filled = cell.map((text) => text.trim()).filter((text) => text !== '');

/** Rules with any text in any place, as formats that can say everything must carry them. */
export const anyRule: fc.Arbitrary<RedirectRule> = fc.record(
  {
    from: filled,
    to: filled,
    status: fc.integer({ min: 100, max: 999 }),
    match: fc.constantFrom('exact', 'prefix', 'pattern', 'regex'),
    query: fc.oneof(
      fc.constantFrom('preserve' as const, 'drop' as const),
      fc.record({ significant: fc.array(fc.stringMatching(/^[a-z% ]{1,5}$/), { maxLength: 3 }) }),
    ),
    window: fc.oneof(fc.record({ from: filled, until: filled }), fc.record({ until: filled })),
    priority: fc.integer(),
    note: cell.filter((text) => text !== ''),
    enabled: fc.boolean(),
  },
  { requiredKeys: ['from'] },
);
