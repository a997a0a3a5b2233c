import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { chooseUrls } from '../../src/live-verify/choose-urls.ts';

const URLS = Array.from({ length: 1000 }, (_, index) => `https://po.co/uk/p/${index}`);
const urlLists = fc.array(fc.webUrl(), { maxLength: 60 });

describe('shards', () => {
  test('together ask each URL once, in the order of the list', () => {
    fc.assert(
      fc.property(urlLists, fc.integer({ min: 1, max: 9 }), (urls, of) => {
        const shards = Array.from({ length: of }, (_, index) => chooseUrls(urls, { shard: { index: index + 1, of } }));
        expect(shards.flat().sort()).toEqual([...new Set(urls)].sort());
        const order = chooseUrls(urls, {});
        for (const shard of shards) expect(shard).toEqual(order.filter((url) => shard.includes(url)));
      }),
    );
  });

  test('are of about one size, and the same in every release', () => {
    const sizes = [1, 2, 3, 4].map((index) => chooseUrls(URLS, { shard: { index, of: 4 } }).length);
    for (const size of sizes) expect(Math.abs(size - 250)).toBeLessThan(50);
    expect(chooseUrls(URLS.slice(0, 12), { shard: { index: 1, of: 4 } })).toEqual([
      'https://po.co/uk/p/3',
      'https://po.co/uk/p/9',
    ]);
  });
});

describe('a sample', () => {
  test('does not depend on the order of the list, and changes with its seed', () => {
    const one = chooseUrls(URLS, { sample: { size: 50, seed: 1 } });
    expect(one).toHaveLength(50);
    expect([...chooseUrls([...URLS].reverse(), { sample: { size: 50, seed: 1 } })].reverse()).toEqual(one);
    expect(chooseUrls(URLS, { sample: { size: 50, seed: 2 } })).not.toEqual(one);
  });

  test('is made up by all shards together', () => {
    const sample = { size: 40, seed: 7 };
    const parts = [1, 2, 3].flatMap((index) => chooseUrls(URLS, { sample, shard: { index, of: 3 } }));
    expect(parts.sort()).toEqual([...chooseUrls(URLS, { sample })].sort());
  });
});
