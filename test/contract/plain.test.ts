import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import {
  LONGEST_ANY_ID,
  LONGEST_CURSOR,
  LONGEST_TIME,
  LONGEST_URL,
  MOST_ITEMS,
  MOST_URLS,
} from '../../src/contract/bounds.ts';
import { allOperations } from '../../src/contract/operations/index.ts';
import { LONGEST_ID } from '../../src/domain/document/id-pattern.ts';

/** Every part of a request that is read without its schema where that can be, by `operation part`. */
const PLAIN_PARTS = allOperations().flatMap((operation) =>
  (['params', 'query', 'body'] as const).flatMap((part) => {
    const shape = operation[part];
    const plain = shape?.plain;
    return shape === undefined || plain === undefined ? [] : [{ name: `${operation.name} ${part}`, shape, plain }];
  }),
);

const lengths = [LONGEST_ID, LONGEST_ANY_ID, LONGEST_TIME, LONGEST_CURSOR].flatMap((most) => [most, most + 1]);

/** Values on both sides of every bound, and of no form at all. */
const members = fc.oneof(
  fc.constantFrom('poco-gb', 'mi-band', 'a--b', 'A', '', 'now', 'end of 2024-12-31', 'true', '5', ' now '),
  fc.constantFrom(...lengths.map((length) => 'a'.repeat(length))),
  fc.constantFrom(0, 1, 1.5, MOST_ITEMS, MOST_ITEMS + 1, Number.NaN, true, false, null, undefined),
  fc.constantFrom([], ['https://po.co/'], [5], ['https://po.co/', ''], new Array(MOST_URLS + 1).fill('/'), {}),
  fc.string(),
);

function valuesFor(schema: z.ZodType): fc.Arbitrary<unknown> {
  const names = schema instanceof z.ZodObject ? Object.keys(schema.shape) : [];
  const entries = [...names, 'other', '__proto__'].map((name) => [name, members] as const);
  const some = fc.record(Object.fromEntries(entries.slice(0, names.length)), { requiredKeys: [] });
  const odd = fc.dictionary(fc.constantFrom(...entries.map(([name]) => name)), members);
  return fc.oneof({ arbitrary: some, weight: 8 }, odd, members);
}

describe.each(PLAIN_PARTS)('$name', ({ shape, plain }) => {
  it('is read without its schema as the schema reads it, or left to it', async () => {
    const schema = await shape();
    fc.assert(
      fc.property(valuesFor(schema), (value) => {
        const read = plain(value);
        if (read !== undefined) expect(schema.safeParse(value)).toStrictEqual({ success: true, data: read });
      }),
    );
  });
});

describe('what is typed most is read without a schema', () => {
  const plainOf = (name: string) => PLAIN_PARTS.find((part) => part.name === name)?.plain;

  it.each([
    ['sites.get params', { id: 'poco-gb' }, { id: 'poco-gb' }],
    ['sites.list query', { limit: MOST_ITEMS }, { limit: MOST_ITEMS }],
    ['sites.list query', { limit: 1, cursor: 'abc' }, { limit: 1, cursor: 'abc' }],
    ['products.get params', { sku: 'mi-band' }, { sku: 'mi-band' }],
    ['changes.get params', { id: 'last' }, { id: 'last' }],
    ['status.get query', {}, { at: 'now' }],
    ['status.get query', { at: 'end of 2024-12-31' }, { at: 'end of 2024-12-31' }],
    ['timeline.get query', {}, {}],
    ['markets.status params', { id: 'gb' }, { id: 'gb' }],
    ['markets.status query', { at: 'now' }, { at: 'now' }],
    ['availability.get query', { market: 'gb', sku: 'mi-band' }, { market: 'gb', sku: 'mi-band', at: 'now' }],
    ['launches.calendar query', { from: 'now' }, { from: 'now' }],
    ['launches.stock query', {}, { at: 'now' }],
    ['launches.checklist query', {}, { at: 'now' }],
    ['explain.urls body', { urls: ['https://po.co/'] }, { at: 'now', reasoning: true, urls: ['https://po.co/'] }],
  ])('%s: %j', (name, value, read) => {
    expect(plainOf(name)?.(value)).toEqual(read);
  });

  it.each([
    ['sites.get params', { id: 'Poco' }],
    ['sites.get params', { id: 'poco-gb', dryRun: 'true' }],
    ['status.get query', { at: undefined }],
    ['timeline.get query', []],
    ['explain.urls body', { urls: [] }],
    ['explain.urls body', { urls: ['x'.repeat(LONGEST_URL + 1)] }],
    ['explain.urls body', 'https://po.co/'],
  ])('%s: %j is left to its schema', (name, value) => {
    expect(plainOf(name)?.(value)).toBeUndefined();
  });
});
