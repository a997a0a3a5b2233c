import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { installation } from '../../cli/support/platform.ts';
import { dataOf, openedShop, PRODUCTS_CSV } from './shop.ts';

describe('products import', () => {
  test('brings files, standard input and gzip, and says what is new', async () => {
    const own = installation();
    writeFileSync(join(own.folder, 'p.csv.gz'), gzipSync(PRODUCTS_CSV.replace('us:500', '')));
    expect((await own.run(['products', 'import', 'p.csv.gz', '--yes'])).exit).toBe(0);
    const stdin = '{"sku":"tv-1","title":"TV","category":"tv"}\n';
    const { exit, stderr } = await own.run(['products', 'import', '-', '--yes'], { stdin });
    expect([exit, stderr]).toEqual([0, expect.stringContaining('5 → 6 products: + 1 added (tv-1)')]);
    const { stdout } = await own.run(['products', 'list', '--json']);
    expect(dataOf(stdout)).toHaveLength(6);
  });

  test('tells every line that is wrong, over all files, and writes nothing', async () => {
    const own = installation();
    writeFileSync(join(own.folder, 'a.csv'), 'sku,title,category\na,A,tv\nB B,B,tv\nc,,tv\n');
    writeFileSync(join(own.folder, 'b.ndjson'), '{"sku":"a","title":"A","category":"tv"}\n{"sku":1}\nnothing\n');
    const { exit, stderr } = await own.run(['products', 'import', 'a.csv', 'b.ndjson', '--yes']);
    expect(exit).toBe(2);
    for (const place of ['a.csv:3', 'a.csv:4', 'b.ndjson:1', 'b.ndjson:2', 'b.ndjson:3'])
      expect(stderr).toContain(place);
    expect(stderr).toContain('`a` stands in a.csv:2 already');
    expect((await own.run(['products', 'list', '--json'])).stdout).toBe('{"data":[],"warnings":[]}\n');
  });

  test('tells lines that cannot be read and what is wrong with the others in one go, in their order', async () => {
    const own = installation();
    const csv = [
      'sku,title,category,components',
      'z,Z,phone/cases,',
      'B B,B,tv,',
      'kit,Kit,bundles,half lost',
      'half,,tv,',
      'ok,Ok,tv,',
    ];
    writeFileSync(join(own.folder, 'p.csv'), `${csv.join('\n')}\n`);
    const { exit, stdout } = await own.run(['products', 'import', 'p.csv', '--yes', '--json']);
    const { code, details } = JSON.parse(stdout).error;
    expect([exit, code]).toEqual([2, 'invalid-products']);
    // `half` is there once its line is right; `lost` is not.
    expect(
      details.problems.map((one: { place: { line: number }; code: string }) => [one.place.line, one.code]),
    ).toEqual([
      [2, 'unknown-category'],
      [3, 'invalid-product'],
      [4, 'unknown-sku'],
      [5, 'invalid-product'],
    ]);
    expect(details.problems[2].message).toContain('`lost`');
    expect((await own.run(['products', 'list', '--json'])).stdout).toBe('{"data":[],"warnings":[]}\n');
  });

  test('places what the platform finds on the lines of the files', async () => {
    const own = installation();
    writeFileSync(
      join(own.folder, 'p.csv'),
      'sku,title,category,components\nz,Z,phone/cases,\nb,B,bundles,a\na,A,bundles,b:2\n',
    );
    const { exit, stderr } = await own.run(['products', 'import', 'p.csv', '--yes']);
    expect(exit).toBe(2);
    expect(stderr).toContain('p.csv:2');
    expect(stderr).toContain('did you mean `phones/cases`?');
    expect(stderr).toContain('a → b → a: it contains itself');
  });

  test.each<[string, Uint8Array | string | null, RegExp]>([
    ['UTF-16', Buffer.from('\uFEFFsku,title', 'utf16le'), /UTF-16/],
    ['a zip archive', Buffer.from('PK\u0003\u0004xxxx'), /zip/],
    ['an empty file', '', /the file is empty/],
    ['a folder', null, /folder/],
    ['half of a gzip', gzipSync(PRODUCTS_CSV).subarray(0, 40), /damaged gzip/],
    ['text that is none', Buffer.from([0x73, 0x6b, 0x75, 0x0a, 0xff, 0xfe]), /p\.csv:2 is not UTF-8/],
  ])('refuses %s', async (_, bytes, message) => {
    const own = installation();
    if (bytes === null) mkdirSync(join(own.folder, 'p.csv'));
    else writeFileSync(join(own.folder, 'p.csv'), bytes);
    const { exit, stderr } = await own.run(['products', 'import', 'p.csv', '--yes']);
    expect([exit, stderr]).toEqual([2, expect.stringMatching(message)]);
  });

  test('--replace takes away what is not there, and a wrong file is stopped', async () => {
    const own = await openedShop();
    const csv = 'sku,title,category\nmi-band,Mi Band,wearables/fitness-bands\n';
    const { exit, stderr } = await own.run(['products', 'import', '-', '--replace', '--yes', '--allow-deletes'], {
      stdin: csv,
    });
    expect(exit).toBe(2);
    expect(stderr).toContain('there is no product `starter-set`');
  });

  test('shows hostile text harmless', async () => {
    const own = installation();
    const stdin = '{"sku":"x","title":"\\u001b]0;boo\\u0007\\u202e=1+1","category":"tv"}\n';
    await own.run(['products', 'import', '-', '--yes'], { stdin });
    for (const output of ['table', 'csv', 'json']) {
      const { stdout } = await own.run(['products', 'list', '--output', output]);
      expect(stdout).not.toMatch(/[\u001b\u0007\u202e]/);
    }
  });
});

test('a category that there is none of is a slip, and no empty list', async () => {
  const own = await openedShop();
  const { exit, stderr } = await own.run(['products', 'list', '--category', 'phoness']);
  expect([exit, stderr]).toEqual([2, expect.stringContaining('Did you mean phones?')]);
  const { stdout } = await own.run(['products', 'list', '--category', 'phones', '--json']);
  expect(dataOf(stdout)).toHaveLength(2);
});

describe('single products', () => {
  test('are added, shown, changed and removed', async () => {
    const own = await openedShop();
    const add = ['products', 'add', 'mi-tv', '--title', 'Mi TV', '--category', 'tv', '--stock', 'us:3', '--yes'];
    expect((await own.run(add)).exit).toBe(0);
    expect((await own.run(add)).stderr).toContain('storectl products change mi-tv');
    await own.run(['products', 'change', 'mi-tv', '--component', 'mi-band:2', '--stock', '', '--yes']);
    const { stdout } = await own.run(['products', 'show', 'mi-tv', '--json']);
    expect(dataOf(stdout)).toEqual({ sku: 'mi-tv', title: 'Mi TV', category: 'tv', components: { 'mi-band': 2 } });
    const refused = await own.run(['products', 'remove', 'mi-tv', '--yes']);
    expect([refused.exit, refused.stderr]).toEqual([2, expect.stringContaining('--allow-deletes')]);
    expect((await own.run(['products', 'remove', 'mi-tv', '--yes', '--allow-deletes'])).exit).toBe(0);
    expect((await own.run(['products', 'show', 'mi-tv'])).exit).toBe(5);
  });

  test('what is used is not removed', async () => {
    const own = await openedShop();
    const { exit, stderr } = await own.run(['products', 'remove', 'mi-note', '--yes', '--allow-deletes']);
    expect([exit, stderr]).toEqual([7, expect.stringContaining('`phone-kit` is made of it')]);
  });

  test('a fault names the flag that said it', async () => {
    const own = installation();
    const add = (...more: string[]) => own.run(['products', 'add', 'x', '--title', 'X', ...more, '--yes']);
    expect((await add('--category', 'tvs')).stderr).toContain('--category');
    expect((await add('--category', 'tv', '--component', 'y:-1')).stderr).toContain('--component');
    expect((await add()).stderr).toContain('--category');
  });

  test('lists choose, and read no more than they show', async () => {
    const own = await openedShop();
    const skus = async (...flags: string[]) =>
      dataOf((await own.run(['products', 'list', ...flags, '--json'])).stdout).map(({ sku }: { sku: string }) => sku);
    expect(await skus('--category', 'phones')).toEqual(['mi-note', 'mi-note-case']);
    expect(await skus('--limit', '2')).toEqual(['mi-band', 'mi-note']);
    expect(await skus('--filter', 'title~kit')).toEqual(['phone-kit']);
  });
});
