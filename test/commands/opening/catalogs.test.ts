import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { openClient } from '../../../src/client/index.ts';
import type { Installation } from '../../cli/support/platform.ts';
import { dataOf, openedShop } from './shop.ts';

async function listed(own: Installation, catalog: string): Promise<Readonly<Record<string, string>>> {
  const { stdout } = await own.run(['catalogs', 'show', catalog, '--listings', '--json']);
  const rows: readonly { readonly sku: string; readonly price: string }[] = dataOf(stdout);
  return Object.fromEntries(rows.map(({ sku, price }) => [sku, price]));
}

describe('catalogs', () => {
  test('are found by their market too', async () => {
    const own = await openedShop();
    expect(dataOf((await own.run(['catalogs', 'show', 'gb', '--json'])).stdout).id).toBe('uk');
    expect((await own.run(['catalogs', 'show', 'ug'])).stderr).toContain('There is no catalog ug.');
  });

  test('a phone is refused where only accessories may be sold, alone and inside a bundle, with its path', async () => {
    const own = await openedShop();
    for (const [sku, path] of [
      ['mi-note', '`mi-note` (phones/smartphones) is no accessory'],
      ['starter-set', 'starter-set → phone-kit → mi-note'],
    ] as const) {
      const { exit, stderr } = await own.run(['catalogs', 'list-product', 'gb', sku, '--price', '9.99 GBP', '--yes']);
      expect([exit, stderr]).toEqual([7, expect.stringContaining(path)]);
    }
  });

  test('a listing keeps what is not said of it', async () => {
    const own = await openedShop();
    const change = ['catalogs', 'list-product', 'us', 'mi-band', '--until', 'end of 2015-06-01', '--yes'];
    expect((await own.run(change)).exit).toBe(0);
    const { stdout } = await own.run(['catalogs', 'show', 'us', '--listings', '--filter', 'sku=mi-band', '--json']);
    expect(dataOf(stdout)).toEqual([{ sku: 'mi-band', price: '14.99 USD', window: { until: 'end of 2015-06-01' } }]);
  });

  test.each<[string, string[], string]>([
    ['too many decimals', ['mi-note-case', '--price', '1.999 GBP'], '--price'],
    ['another currency', ['mi-note-case', '--price', '1.99 EUR'], '--price'],
    ['no price', ['mi-note-case'], '--price'],
    ['a time that is none', ['mi-note-case', '--price', '1 GBP', '--from', 'soon'], '--from'],
    ['an unknown product', ['mi-bnd', '--price', '1 GBP'], 'did you mean `mi-band`?'],
  ])('%s names its place', async (_, words, place) => {
    const own = await openedShop();
    const { exit, stderr } = await own.run(['catalogs', 'list-product', 'gb', ...words, '--yes', '--no-input']);
    expect([exit, stderr]).toEqual([2, expect.stringContaining(place)]);
  });

  test('delisting takes consent to deletes', async () => {
    const own = await openedShop();
    expect((await own.run(['catalogs', 'delist', 'us', 'mi-band', '--yes'])).stderr).toContain('--allow-deletes');
    expect((await own.run(['catalogs', 'delist', 'us', 'mi-band', '--yes', '--allow-deletes'])).exit).toBe(0);
    expect(Object.keys(await listed(own, 'us'))).toEqual(['starter-set']);
    expect((await own.run(['catalogs', 'delist', 'us', 'mi-band', '--yes', '--allow-deletes'])).exit).toBe(5);
  });

  test('imports merge by SKU, and name the lines that the market does not take', async () => {
    const own = await openedShop();
    const csv = 'sku;price\nmi-note-case;4.99 GBP\nmi-band;11.99 GBP\n';
    expect((await own.run(['catalogs', 'import', 'gb', '-', '--yes'], { stdin: csv })).exit).toBe(0);
    expect(await listed(own, 'gb')).toEqual({ 'mi-band': '11.99 GBP', 'mi-note-case': '4.99 GBP' });
    writeFileSync(join(own.folder, 'l.csv'), 'sku,price\nmi-note-case,4.99 EUR\nmi-bad,1 GBP\n');
    const { exit, stderr } = await own.run(['catalogs', 'import', 'gb', 'l.csv', '--yes']);
    expect(exit).toBe(2);
    expect(stderr).toContain('l.csv:2');
    expect(stderr).toContain('l.csv:3');
  });
});

describe('catalogs set-mode', () => {
  const SET = ['catalogs', 'set-mode', 'us'];

  test('says beforehand what it delists and why, and switching back revives nothing', async () => {
    const own = await openedShop();
    const refused = await own.run([...SET, 'accessories-only', '--no-input']);
    expect([refused.exit, refused.stderr]).toEqual([
      2,
      expect.stringContaining(
        'delists starter-set → phone-kit → mi-note: `mi-note` (phones/smartphones) is no accessory',
      ),
    ]);
    expect(Object.keys(await listed(own, 'us'))).toHaveLength(2);
    expect((await own.run([...SET, 'accessories-only', '--yes', '--allow-deletes'])).exit).toBe(0);
    expect((await own.run([...SET, 'full', '--yes'])).exit).toBe(0);
    expect(Object.keys(await listed(own, 'us'))).toEqual(['mi-band']);
  });

  test('suggests the mode that was meant', async () => {
    const own = await openedShop();
    const { exit, stderr } = await own.run([...SET, 'accesories-only', '--yes']);
    expect([exit, stderr]).toEqual([2, expect.stringContaining('Did you mean accessories-only?')]);
  });

  test('counts what a catalog had and has, where nothing is left of it', async () => {
    const own = await openedShop();
    await own.run(['catalogs', 'delist', 'us', 'mi-band', '--yes', '--allow-deletes']);
    const { stderr, stdout } = await own.run([...SET, 'custom', '--yes', '--allow-deletes']);
    expect(stderr).toContain('1 → 0 listings: - 1 removed (starter-set)');
    expect(stdout).toContain('✓ 1 changed, 1 listing removed');
  });

  test('is refused where it would block a launch; the plan says so, and what it would delist', async () => {
    const own = await openedShop();
    const document = `version: 1
sites:
  mi-us: { brand: mi, market: us, role: unified, urls: ["https://www.mi.com/us/"] }
launches:
  kit-day:
    kind: standard
    markets: [us]
    startsAt: 2024-11-19T13:00
    items: { phone-kit: { price: "299.00 USD" } }
`;
    const applied = await own.run(['apply', '-f', '-', '--yes'], { stdin: document });
    expect([applied.exit, applied.stderr]).toEqual([0, expect.anything()]);
    const { exit, stderr, stdout } = await own.run([...SET, 'accessories-only', '--yes', '--allow-deletes']);
    expect(exit).toBe(7);
    expect(stderr + stdout).toContain('launches/kit-day sells `phone-kit` in us (phone-kit → mi-note)');
    expect(stderr + stdout).toContain('delists starter-set → phone-kit → mi-note');
    expect(Object.keys(await listed(own, 'us'))).toHaveLength(2);
  });

  test('fits a narrow terminal', async () => {
    const own = await openedShop();
    const { stderr, stdout } = await own.run([...SET, 'accessories-only', '--dry-run', '--no-input'], {
      columns: 40,
      env: { NO_COLOR: '1' },
    });
    for (const line of (stdout + stderr).split('\n')) expect(line.length).toBeLessThanOrEqual(60);
  });
});

describe('catalogs audit', () => {
  test('says how much it looked at', async () => {
    const own = await openedShop();
    const { exit, stdout } = await own.run(['catalogs', 'audit']);
    expect([exit, stdout]).toEqual([
      0,
      '✓ 3 listings of 2 catalogs and 0 launch items are within their markets’ policies\n',
    ]);
    expect((await own.run(['catalogs', 'audit', '--market', 'uk'])).exit).toBe(5);
  });

  test('exits 3 with each finding and its path, in every format', async () => {
    const own = await openedShop();
    const finding = {
      subject: 'listing',
      target: 'catalogs/uk',
      market: 'gb',
      sku: 'starter-set',
      mode: 'accessories-only',
      offence: {
        reason: 'no-accessory',
        path: ['starter-set', 'phone-kit', 'mi-note'],
        category: 'phones/smartphones',
      },
      message: 'gb lists `starter-set` (starter-set → phone-kit → mi-note): `mi-note` is no accessory',
    };
    const world = {
      openClient: async (...args: Parameters<typeof openClient>) => {
        const client = await openClient(...args);
        const call = async (operation: { readonly name: string }, request: never) => {
          if (operation.name !== 'catalogs.audit') return client.call(operation as never, request);
          const lines = [
            { kind: 'finding', finding },
            { kind: 'audited', catalogs: 2, listings: 3, launchItems: 0, findings: 1 },
          ];
          return { value: lines };
        };
        return { ...client, call: call as typeof client.call };
      },
    };
    const text = await own.run(['catalogs', 'audit'], world);
    expect([text.exit, text.stdout]).toEqual([3, expect.stringContaining(finding.message)]);
    const json = await own.run(['catalogs', 'audit', '--json'], world);
    expect([json.exit, dataOf(json.stdout)]).toMatchObject([
      3,
      { listings: 3, findings: [{ sku: 'starter-set', reason: 'no-accessory' }] },
    ]);
    const csv = await own.run(['catalogs', 'audit', '--output', 'csv'], world);
    expect([csv.exit, csv.stdout]).toEqual([3, expect.stringContaining('starter-set → phone-kit → mi-note')]);
  });
});

describe('catalogs diff', () => {
  test('between markets, and to a file; exit 3 where anything differs', async () => {
    const own = await openedShop();
    const { exit, stdout } = await own.run(['catalogs', 'diff', 'us', 'gb', '--json']);
    expect([exit, dataOf(stdout)]).toEqual([
      3,
      {
        left: { name: 'us', mode: 'full', listings: 2 },
        right: { name: 'uk', mode: 'accessories-only', listings: 1 },
        differences: [
          { sku: 'mi-band', what: 'price', left: '14.99 USD', right: '12.99 GBP' },
          { sku: 'starter-set', what: 'only-left', left: '399.00 USD', right: null },
        ],
      },
    ]);
    writeFileSync(join(own.folder, 'us.csv'), 'sku,price\nstarter-set,399 USD\nmi-band,14.990 USD\n');
    const wrong = await own.run(['catalogs', 'diff', 'us', './us.csv']);
    expect([wrong.exit, wrong.stderr]).toEqual([2, expect.stringContaining('us.csv:3')]);
    writeFileSync(join(own.folder, 'us.csv'), 'sku,price\nstarter-set,399 USD\nmi-band,14.99 USD\n');
    expect((await own.run(['catalogs', 'diff', 'us', './us.csv'])).exit).toBe(0);
  });
});

describe('what an opening needs besides', () => {
  test('taxonomies: the shipped one holds until there is another', async () => {
    const own = await openedShop();
    const paths = async (...words: string[]) =>
      dataOf((await own.run(['taxonomies', 'show', ...words, '--json'])).stdout).map(
        ({ path }: { path: string }) => path,
      );
    expect(await paths()).toEqual(await paths('shipped'));
    const add = ['taxonomies', 'add', 'own', '--extend', '--accessory', 'garden/gnomes=Gnomes', '--yes'];
    expect((await own.run(add)).exit).toBe(0);
    expect(await paths()).toContain('garden/gnomes');
    expect(await paths('shipped')).not.toContain('garden/gnomes');
    const remove = await own.run(['taxonomies', 'remove', 'own', '--yes', '--allow-deletes']);
    expect(remove.exit).toBe(0);
  });

  test('certifications and services are added, changed and shown', async () => {
    const own = await openedShop();
    const fcc = ['certifications', 'add', 'fcc', '--title', 'FCC', '--market', 'us', '--sku', 'mi-band', '--yes'];
    expect((await own.run(fcc)).exit).toBe(0);
    expect((await own.run(['certifications', 'change', 'fcc', '--add-sku', 'mi-note', '--yes'])).exit).toBe(0);
    const shown = dataOf((await own.run(['certifications', 'show', 'fcc', '--json'])).stdout);
    expect(shown.spec).toEqual({ title: 'FCC', markets: ['us'], skus: ['mi-band', 'mi-note'] });

    const service = ['services', 'add', 'us', '--market', 'us', '--delivery-days', '5', '--returns-days', '30'];
    const incomplete = await own.run([...service, '--yes']);
    expect([incomplete.exit, incomplete.stderr]).toEqual([2, expect.stringContaining('--returns-at-cost-of')]);
    expect((await own.run([...service, '--returns-at-cost-of', 'buyer', '--yes'])).exit).toBe(0);
    expect((await own.run(['services', 'change', 'us', '--warranty-months', '24', '--yes'])).exit).toBe(0);
    const level = dataOf((await own.run(['services', 'show', 'us', '--json'])).stdout);
    expect(level.spec).toEqual({
      market: 'us',
      delivery: { workingDays: 5 },
      returns: { days: 30, atCostOf: 'buyer' },
      warrantyMonths: 24,
    });
  });

  test('an export holds products and listings, and planning it changes nothing', async () => {
    const own = await openedShop();
    const many = ['sku,title,category', ...Array.from({ length: 80 }, (_, i) => `p-${i},"P, ${i}",tv`)].join('\n');
    await own.run(['products', 'import', '-', '--yes'], { stdin: many });
    expect((await own.run(['export', '--out', 'out/s.yaml'])).exit).toBe(0);
    expect(readFileSync(join(own.folder, 'out/products.csv'), 'utf8')).toContain('p-7,"P, 7",tv');
    const planned = await own.run(['plan', '-f', 'out/s.yaml', '--exit-code']);
    expect([planned.exit, planned.stdout]).toEqual([0, expect.stringContaining('Nothing to change')]);
    const validated = await own.run(['validate', '-f', 'out/s.yaml']);
    expect([validated.exit, validated.stdout]).toEqual([0, expect.stringContaining('85 products')]);
    const { stdout } = await own.run(['export']);
    writeFileSync(join(own.folder, 'whole.yaml'), stdout);
    expect((await own.run(['plan', '-f', 'whole.yaml', '--exit-code'])).exit).toBe(0);
  });
});
