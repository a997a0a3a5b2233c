import fc from 'fast-check';
import { expect, it } from 'vitest';
import { LONGEST_CURSOR, MOST_ITEMS, pageQuery } from '../../../src/contract/operations/paging.ts';

const limits = fc.oneof(
  fc.integer({ min: -1, max: MOST_ITEMS + 1 }),
  fc.constantFrom(0, 1, MOST_ITEMS, '5', 1.5, Number.NaN, null, undefined),
);
const cursors = fc.oneof(
  fc.string(),
  fc.constantFrom('c'.repeat(LONGEST_CURSOR), 'c'.repeat(LONGEST_CURSOR + 1), 5, null, undefined),
);
const queries = fc.record({ limit: limits, cursor: cursors, other: fc.string() }, { requiredKeys: [] });

it('reads the query of a page without its schema as the schema does, or leaves it to it', async () => {
  const schema = await pageQuery();
  fc.assert(
    fc.property(queries, (query) => {
      const plain = pageQuery.plain(query);
      if (plain !== undefined) expect(schema.safeParse(query)).toStrictEqual({ success: true, data: plain });
    }),
  );
});

it.each([{ limit: MOST_ITEMS }, { limit: 1, cursor: 'abc' }])('reads %j without its schema', (query) => {
  expect(pageQuery.plain(query)).toEqual(query);
});
