import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { editLaunch } from '../../../src/cli/launches/edit-launch.ts';
import { Failure } from '../../../src/domain/failure.ts';
import { valueIn } from '../../../src/domain/launches/launch-items.ts';

const MARKETS = ['us', 'gb', 'de'];
const ITEMS = ['mi-band', 'mi-headphones'];
const SAID = { market: MARKETS, item: ITEMS, price: ['1.00 USD'] };

type Items = Readonly<Record<string, { readonly allocation?: number | Readonly<Record<string, number>> }>>;

describe('values of items', () => {
  test('the closest counts, in whatever order it was said: of an item in a market, in a market, of an item, of all', () => {
    const place = fc.record({
      sku: fc.constantFrom(null, ...ITEMS),
      market: fc.constantFrom(null, ...MARKETS),
      units: fc.integer({ min: 0, max: 1000 }),
    });
    const words = fc.uniqueArray(place, { selector: ({ sku, market }) => `${sku}@${market}`, maxLength: 8 });
    fc.assert(
      fc.property(words, (all) => {
        const own = all.filter(({ sku, market }) => sku !== null || market === null);
        const written = own.map(({ sku, market, units }) =>
          sku === null ? String(units) : `${sku}${market === null ? '' : `@${market}`}=${units}`,
        );
        const { items } = editLaunch({ ...SAID, allocation: written }, {}) as { readonly items: Items };
        for (const sku of ITEMS) {
          for (const market of MARKETS) {
            const closest =
              own.find((word) => word.sku === sku && word.market === market) ??
              own.find((word) => word.sku === sku && word.market === null) ??
              own.find((word) => word.sku === null);
            expect(valueIn(items[sku]?.allocation, market)).toBe(closest?.units);
          }
        }
      }),
    );
  });

  test('may come in one line, as an answer to a question does', () => {
    const price = '14.99 USD, mi-headphones=79.99 USD, mi-headphones@gb=59.99 GBP';
    const { items } = editLaunch({ ...SAID, price }, {});
    expect(items).toEqual({
      'mi-band': { price: '14.99 USD' },
      'mi-headphones': { price: { us: '79.99 USD', gb: '59.99 GBP', de: '79.99 USD' } },
    });
  });

  test('`none` takes one away, everywhere or in a market', () => {
    const present = { ...editLaunch({ ...SAID, allocation: ['500'] }, {}) };
    const { items } = editLaunch({ allocation: ['mi-band=none', 'mi-headphones@de=none'] }, present);
    expect(items).toEqual({
      'mi-band': { price: '1.00 USD' },
      'mi-headphones': { price: '1.00 USD', allocation: { us: 500, gb: 500 } },
    });
  });

  test.each([
    ['=5', 'names no product'],
    ['mi-band=', 'nothing is not a whole number'],
    ['mi-band=5.5', 'not a whole number'],
    ['mi-band=1e3', 'not a whole number'],
    ['mi-band=1000000001', 'not a whole number'],
    ['mi-band@=5', 'not in market'],
  ])('%s is refused with the flag and what was written', (written, message) => {
    let failure: unknown = null;
    try {
      editLaunch({ ...SAID, allocation: [written] }, {});
    } catch (error) {
      failure = error;
    }
    expect(failure).toBeInstanceOf(Failure);
    expect((failure as Failure).message).toContain(`--allocation "${written}"`);
    expect((failure as Failure).message).toContain(message);
  });
});
