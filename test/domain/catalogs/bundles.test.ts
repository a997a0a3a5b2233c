import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { bundleFaults } from '../../../src/domain/catalogs/bundles.ts';
import { MOST_DEPTH, policyJudge } from '../../../src/domain/catalogs/policy.ts';
import { type Product, productsOf } from '../../../src/domain/catalogs/product.ts';
import { shippedTaxonomy } from '../../../src/domain/catalogs/taxonomy.ts';

type Parts = Readonly<Record<string, readonly string[]>>;

function shop(parts: Parts) {
  return productsOf(
    Object.entries(parts).map(
      ([sku, own]): Product => ({
        sku,
        title: sku,
        category: 'bundles',
        ...(own.length === 0 ? {} : { components: Object.fromEntries(own.map((part) => [part, 1])) }),
      }),
    ),
  );
}

const faults = (parts: Parts) => [...bundleFaults(shop(parts))].map(({ kind, path }) => `${kind} ${path.join('>')}`);

describe('bundles', () => {
  test.each<[string, Parts, string[]]>([
    ['of bundles are fine', { a: ['b', 'c'], b: ['c'], c: [] }, []],
    ['of what is not there are not its question', { a: ['gone'] }, []],
    ['in themselves', { a: ['a'] }, ['cycle a>a']],
    ['in each other', { a: ['b'], b: ['c'], c: ['b'] }, ['cycle b>c>b']],
    ['in two circles', { a: ['b'], b: ['a'], c: ['d'], d: ['c'] }, ['cycle a>b>a', 'cycle c>d>c']],
  ])('%s', (_, parts, expected) => {
    expect(faults(parts)).toEqual(expected);
  });

  test('100,000 deep are told and overflow nothing, whichever end comes first', () => {
    const chain = Array.from({ length: 100_000 }, (_, i) => [`b-${i}`, i < 99_999 ? [`b-${i + 1}`] : []] as const);
    for (const entries of [chain, chain.toReversed()]) {
      const found = [...bundleFaults(shop(Object.fromEntries(entries)))];
      expect(found.length).toBe(Math.floor(100_000 / (MOST_DEPTH + 1)));
      expect(new Set(found.map(({ kind }) => kind))).toEqual(new Set(['too-deep']));
    }
  });

  test('a circle of 100,000 is one', () => {
    const circle = Object.fromEntries(
      Array.from({ length: 100_000 }, (_, i) => [`b-${i}`, [`b-${(i + 1) % 100_000}`]]),
    );
    expect([...bundleFaults(shop(circle))].map(({ path }) => path.length)).toEqual([100_001]);
  });

  test('wide ones over each other are looked at once', () => {
    const layer = (n: number) => Array.from({ length: 60 }, (_, i) => `l${n}-${i}`);
    const wide = Object.fromEntries(
      Array.from({ length: 30 }, (_, n) => layer(n).map((sku) => [sku, n < 29 ? layer(n + 1) : []] as const)).flat(),
    );
    expect(faults(wide)).toEqual([]);
    expect(policyJudge({ mode: 'full' }, shop(wide), shippedTaxonomy()).offence('l0-0')).toBeNull();
  });
});

const SKUS = ['a', 'b', 'c', 'd', 'e', 'f'];
const anyShop = fc
  .array(fc.subarray(SKUS), { minLength: SKUS.length, maxLength: SKUS.length })
  .map((parts): Parts => Object.fromEntries(SKUS.map((sku, i) => [sku, parts[i] ?? []])));

/** By looking at every way. */
function reachesItself(parts: Parts, from: string): boolean {
  const seen = new Set<string>();
  const open = [...(parts[from] ?? [])];
  for (let sku = open.pop(); sku !== undefined; sku = open.pop()) {
    if (sku === from) return true;
    if (!seen.has(sku)) open.push(...(parts[sku] ?? []));
    seen.add(sku);
  }
  return false;
}

describe('over any bundles', () => {
  test('a circle is found exactly where there is one, and its way is one', () => {
    fc.assert(
      fc.property(anyShop, (parts) => {
        const found = [...bundleFaults(shop(parts))];
        expect(found.length > 0).toBe(SKUS.some((sku) => reachesItself(parts, sku)));
        for (const { path } of found) {
          expect(path.at(-1)).toBe(path[0]);
          for (const [i, sku] of path.slice(0, -1).entries()) expect(parts[sku]).toContain(path[i + 1]);
        }
      }),
    );
  });

  test('a policy finds what offends exactly where it can be reached, whatever was asked before', () => {
    fc.assert(
      fc.property(anyShop, fc.subarray(SKUS), fc.shuffledSubarray(SKUS, { minLength: 6 }), (parts, out, asked) => {
        const judge = policyJudge({ mode: 'full', exclude: { skus: out } }, shop(parts), shippedTaxonomy());
        for (const sku of asked) {
          const reached = reachable(parts, sku);
          const circular = reached.some((own) => reachesItself(parts, own));
          const offence = judge.offence(sku);
          const offends = circular || reached.some((own) => out.includes(own));
          expect(offence !== null).toBe(offends);
          if (offence?.reason === 'excluded') expect(out).toContain(offence.path.at(-1));
          for (const [i, own] of (offence?.path ?? []).slice(0, -1).entries())
            expect(parts[own]).toContain(offence?.path[i + 1]);
        }
      }),
    );
  });
});

function reachable(parts: Parts, from: string): readonly string[] {
  const seen = new Set<string>();
  const open = [from];
  for (let sku = open.pop(); sku !== undefined; sku = open.pop()) {
    if (seen.has(sku)) continue;
    seen.add(sku);
    open.push(...(parts[sku] ?? []));
  }
  return [...seen];
}
