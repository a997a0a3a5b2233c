import fc from 'fast-check';
import { expect, test } from 'vitest';
import { affectedSkus } from '../../../src/domain/catalogs/affected.ts';
import { policyJudge } from '../../../src/domain/catalogs/policy.ts';
import { type Product, productsOf } from '../../../src/domain/catalogs/product.ts';
import { shippedTaxonomy } from '../../../src/domain/catalogs/taxonomy.ts';

const SKUS = ['a', 'b', 'c', 'd', 'e', 'f'];
const product = (sku: string) =>
  fc.record({
    category: fc.constantFrom('phones/cases', 'phones/smartphones'),
    // Of what comes later alone, so that nothing contains itself.
    parts: fc.subarray(SKUS.slice(SKUS.indexOf(sku) + 1)),
    there: fc.constantFrom(true, true, true, false),
  });
const shop = fc.tuple(...SKUS.map(product)).map((made) =>
  productsOf(
    made.flatMap(({ category, parts, there }, i): Product[] => {
      const sku = SKUS[i] ?? '';
      const components = Object.fromEntries(parts.map((part) => [part, 1]));
      return there ? [{ sku, title: sku, category, ...(parts.length === 0 ? {} : { components }) }] : [];
    }),
  ),
);

test('a verdict changes only of what is affected', () => {
  fc.assert(
    fc.property(shop, shop, (before, after) => {
      const affected = affectedSkus(before, after, 100);
      const judge = (products: typeof before) => policyJudge({ mode: 'accessories-only' }, products, shippedTaxonomy());
      const [old, now] = [judge(before), judge(after)];
      for (const sku of SKUS) {
        if (affected?.has(sku) === false) expect(now.offence(sku)).toEqual(old.offence(sku));
      }
    }),
  );
});

test('what is the same affects nothing, and very much is not told', () => {
  fc.assert(
    fc.property(shop, (products) => {
      expect(affectedSkus(products, products, 0)).toEqual(new Set());
    }),
  );
  const many = productsOf(Array.from({ length: 20 }, (_, i) => ({ sku: `p-${i}`, title: 'P', category: 'tv' })));
  expect(affectedSkus(productsOf([]), many, 19)).toBeNull();
  expect(affectedSkus(productsOf([]), many, 20)?.size).toBe(20);
});
