import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { ProductLine } from '../../../src/domain/document/catalog-schema.ts';
import { documentsOf } from '../../../src/domain/document/resources.ts';
import { broughtSkus, storeBrought } from '../../../src/platform/contents/brought.ts';
import { productsAround, skusLike } from '../../../src/platform/contents/products-around.ts';
import { createSkuLibrary } from '../../../src/platform/contents/sku-library.ts';
import { openSqliteStore } from '../../../src/platform/store/sqlite/sqlite-store.ts';
import type { ReadTables, Store } from '../../../src/platform/store/store.ts';
import { temporaryFolder } from '../fixture.ts';

/** A store that holds these products, and how many chunks were read of it. */
async function storeOf(products: readonly ProductLine[]) {
  const store = await openSqliteStore(`${temporaryFolder()}/platform.db`, () => 'platform');
  const brought = broughtSkus(products, '');
  const { reference } = brought;
  await store.write((tables) => storeBrought(tables, brought, Number.MAX_SAFE_INTEGER));
  const chunks = (await store.read(({ rules }) => rules.chunks(reference.content))).length;
  const counted = { chunks, read: 0 };
  const counting: Pick<Store, 'read'> = {
    read: (work) =>
      store.read((tables) => {
        const text = (hash: string) => {
          counted.read += 1;
          return tables.rules.text(hash);
        };
        return work({ ...tables, rules: { ...tables.rules, text } } satisfies ReadTables);
      }),
  };
  const documents = documentsOf([{ kind: 'products', id: 'all', version: 1, spec: { items: reference }, times: {} }]);
  const platform = { skus: createSkuLibrary({ ...store, ...counting }) };
  return { platform, documents, counted, close: () => store.close() };
}

const product = (sku: string, components: readonly string[] = []): ProductLine => ({
  sku,
  title: sku,
  category: 'power',
  ...(components.length === 0 ? {} : { components: Object.fromEntries(components.map((part) => [part, 1])) }),
});

describe('a product and what it is made of', () => {
  it('is everything that can be reached from it, and nothing else', async () => {
    const parts = fc.array(fc.array(fc.nat(14), { maxLength: 4 }), { minLength: 1, maxLength: 15 });
    await fc.assert(
      fc.asyncProperty(parts, fc.nat(14), async (graph, start) => {
        const name = (index: number): string => `p${index}`;
        const { platform, documents, close } = await storeOf(
          graph.map((own, index) => product(name(index), own.map(name))),
        );
        // Cycles and components that are missing are faults of what was imported; they end here all the same.
        const reached = new Set<number>();
        const visit = (index: number): void => {
          if (reached.has(index) || index >= graph.length) return;
          reached.add(index);
          for (const part of graph[index] ?? []) visit(part);
        };
        visit(start);
        const found = await productsAround(platform, documents, [name(start)]);
        expect([...found.all()].map(({ sku }) => sku).toSorted()).toEqual([...reached].map(name).toSorted());
        await close();
      }),
      { numRuns: 30 },
    );
  });

  it('is found among many by reading few of their chunks', async () => {
    const many = Array.from({ length: 20_000 }, (_, i) => product(`sku-${String(i).padStart(6, '0')}`));
    const { platform, documents, counted, close } = await storeOf([...many, product('a-set', ['sku-010000'])]);
    expect([...(await productsAround(platform, documents, ['a-set'])).all()].map(({ sku }) => sku)).toEqual([
      'a-set',
      'sku-010000',
    ]);
    const ways = 2;
    expect(counted.chunks).toBeGreaterThan(16);
    expect(counted.read).toBeLessThanOrEqual(ways * (Math.ceil(Math.log2(counted.chunks)) + 2));
    // Of so many, those that differ in the end are looked through.
    expect(await skusLike(platform, documents, 'sku-01999x')).toContain('sku-019990');
    await close();
  });

  it('is nothing where there are no products', async () => {
    const { platform, close } = await storeOf([product('a')]);
    const none = documentsOf([]);
    expect((await productsAround(platform, none, ['a'])).size).toBe(0);
    expect(await skusLike(platform, none, 'a')).toEqual([]);
    await close();
  });
});
