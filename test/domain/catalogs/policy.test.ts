import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  type CatalogPolicy,
  MOST_DEPTH,
  offencePath,
  offenceText,
  policyJudge,
} from '../../../src/domain/catalogs/policy.ts';
import { type Product, productsOf } from '../../../src/domain/catalogs/product.ts';
import { shippedTaxonomy } from '../../../src/domain/catalogs/taxonomy.ts';

const PRODUCTS: readonly Product[] = [
  { sku: 'mi-band', title: 'Mi Band', category: 'wearables/fitness-bands' },
  { sku: 'mi-9', title: 'Mi 9', category: 'phones/smartphones' },
  { sku: 'mi-9-case', title: 'Mi 9 case', category: 'phones/cases' },
  { sku: 'phone-kit', title: 'Phone kit', category: 'bundles', components: { 'mi-9-case': 1, 'mi-9': 1 } },
  { sku: 'starter-set', title: 'Starter set', category: 'bundles', components: { 'mi-band': 1, 'phone-kit': 1 } },
  { sku: 'sport-set', title: 'Sport set', category: 'bundles', components: { 'mi-band': 2 } },
  { sku: 'lost-set', title: 'Lost set', category: 'bundles', components: { gone: 1 } },
  { sku: 'odd', title: 'Odd', category: 'garden/gnomes' },
  { sku: 'ring-a', title: 'Ring A', category: 'bundles', components: { 'ring-b': 1 } },
  { sku: 'ring-b', title: 'Ring B', category: 'bundles', components: { 'ring-a': 1 } },
];

function verdict(policy: CatalogPolicy, sku: string): string {
  const found = policyJudge(policy, productsOf(PRODUCTS), shippedTaxonomy()).offence(sku);
  return found === null ? 'allowed' : `${found.reason}: ${offencePath(found)}`;
}

describe('a catalog policy', () => {
  test.each<[string, CatalogPolicy, string, string]>([
    ['sells accessories where only they may be sold', { mode: 'accessories-only' }, 'mi-band', 'allowed'],
    ['sells no phone there', { mode: 'accessories-only' }, 'mi-9', 'no-accessory: mi-9'],
    ['takes a phone case for no phone', { mode: 'accessories-only' }, 'mi-9-case', 'allowed'],
    ['finds the phone in a bundle', { mode: 'accessories-only' }, 'phone-kit', 'no-accessory: phone-kit → mi-9'],
    [
      'finds it in a bundle of bundles',
      { mode: 'accessories-only' },
      'starter-set',
      'no-accessory: starter-set → phone-kit → mi-9',
    ],
    ['sells a bundle of accessories', { mode: 'accessories-only' }, 'sport-set', 'allowed'],
    ['sells everything known where it is full', { mode: 'full' }, 'starter-set', 'allowed'],
    ['takes an unknown category for not allowed', { mode: 'full' }, 'odd', 'unknown-category: odd'],
    ['takes an unknown component for not allowed', { mode: 'full' }, 'lost-set', 'unknown-product: lost-set → gone'],
    ['names a cycle', { mode: 'full' }, 'ring-a', 'component-cycle: ring-a → ring-b → ring-a'],
    ['names a cycle from where it is entered', { mode: 'full' }, 'ring-b', 'component-cycle: ring-b → ring-a → ring-b'],
    [
      'lets no list readmit a phone where only accessories may be sold',
      { mode: 'accessories-only', include: { skus: ['mi-9'] } },
      'mi-9',
      'no-accessory: mi-9',
    ],
    ['sells nothing in custom that is not included', { mode: 'custom' }, 'mi-band', 'not-included: mi-band'],
    [
      'includes all that lies under a category',
      { mode: 'custom', include: { categories: ['wearables'] } },
      'mi-band',
      'allowed',
    ],
    [
      'lets the deeper category decide',
      { mode: 'custom', include: { categories: ['phones/cases'] }, exclude: { categories: ['phones'] } },
      'mi-9-case',
      'allowed',
    ],
    [
      'lets the exclusion decide between equals',
      { mode: 'custom', include: { categories: ['phones'] }, exclude: { categories: ['phones'] } },
      'mi-9',
      'excluded: mi-9',
    ],
    [
      'lets a product outrank a category',
      { mode: 'full', include: { skus: ['mi-9'] }, exclude: { categories: ['phones'] } },
      'mi-9',
      'allowed',
    ],
    [
      'excludes a product that its category includes',
      { mode: 'custom', include: { categories: ['wearables'] }, exclude: { skus: ['mi-band'] } },
      'sport-set',
      'not-included: sport-set',
    ],
    [
      'excludes through a bundle',
      { mode: 'full', exclude: { skus: ['mi-band'] } },
      'sport-set',
      'excluded: sport-set → mi-band',
    ],
  ])('%s', (_, policy, sku, expected) => {
    expect(verdict(policy, sku)).toBe(expected);
  });

  test('says the same of a product whatever was asked before', () => {
    const skus = PRODUCTS.map(({ sku }) => sku);
    fc.assert(
      fc.property(
        fc.shuffledSubarray(skus, { minLength: 1 }),
        fc.constantFrom('full', 'accessories-only'),
        (asked, mode) => {
          const judge = policyJudge({ mode }, productsOf(PRODUCTS), shippedTaxonomy());
          for (const sku of asked) {
            const found = judge.offence(sku);
            expect(found === null ? 'allowed' : `${found.reason}: ${offencePath(found)}`).toBe(verdict({ mode }, sku));
          }
        },
      ),
    );
  });

  test('a chain of bundles that never ends ends as a fault', () => {
    const chain = Array.from(
      { length: MOST_DEPTH + 2 },
      (_, i): Product => ({ sku: `b${i}`, title: '', category: 'bundles', components: { [`b${i + 1}`]: 1 } }),
    );
    const found = policyJudge({ mode: 'full' }, productsOf(chain), shippedTaxonomy()).offence('b0');
    expect(found?.reason).toBe('too-deep');
    expect(found?.path).toHaveLength(MOST_DEPTH + 1);
  });

  test('a wide bundle of bundles is judged once per component', () => {
    let asked = 0;
    const layers = 20;
    const all = productsOf(
      Array.from(
        { length: layers },
        (_, i): Product => ({
          sku: `l${i}`,
          title: '',
          category: 'bundles',
          ...(i + 1 < layers ? { components: { [`l${i + 1}`]: 1, [`l${Math.min(i + 2, layers - 1)}`]: 1 } } : {}),
        }),
      ),
    );
    const counting = {
      ...all,
      get(sku: string) {
        asked += 1;
        return all.get(sku);
      },
    };
    expect(policyJudge({ mode: 'full' }, counting, shippedTaxonomy()).offence('l0')).toBeNull();
    expect(asked).toBe(layers);
  });

  test('says what offends in words', () => {
    const found = policyJudge({ mode: 'accessories-only' }, productsOf(PRODUCTS), shippedTaxonomy()).offence(
      'phone-kit',
    );
    expect(found && offenceText(found, 'accessories-only')).toBe(
      '`mi-9` (phones/smartphones) is no accessory, and the catalog is accessories-only',
    );
  });
});

test('the shipped taxonomy has what every organisation starts from', () => {
  const taxonomy = shippedTaxonomy();
  const accessories = [
    'phones/cases',
    'wearables/fitness-bands',
    'wearables/smartwatches',
    'audio/headphones',
    'power/power-banks',
    'network/routers',
    'home/lighting',
    'luggage',
  ];
  const others = ['phones/smartphones', 'phones/feature-phones', 'tablets', 'tv', 'mobility/e-scooters'];
  expect(accessories.map((path) => taxonomy.get(path)?.accessory)).toEqual(accessories.map(() => true));
  expect(others.map((path) => taxonomy.get(path)?.accessory)).toEqual(others.map(() => false));
});
