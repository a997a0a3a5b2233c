import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { run, temporaryFolder } from '../../cli/support/in-process.ts';

const MARKETS = `version: 1
markets:
  us: { name: USA, countries: [US], currency: USD, locales: [en-US], timeZone: America/New_York }
`;

function folderWith(files: Readonly<Record<string, string>>): string {
  const folder = temporaryFolder();
  mkdirSync(join(folder, 'catalogs'));
  for (const [file, text] of Object.entries(files)) writeFileSync(join(folder, file), text);
  return folder;
}

async function validated(files: Readonly<Record<string, string>>) {
  const { exit, stdout, stderr } = await run(['validate'], { cwd: folderWith(files) });
  return { exit, said: stdout + stderr };
}

test('faults of products and listings are told where they are written, in the document and in files', async () => {
  const { exit, said } = await validated({
    'storectl.yaml': `${MARKETS}products:
  mi-band: { title: Mi Band, category: wearable/fitness-bands }
  kit: { title: Kit, category: bundles, components: { mi-bnd: 1 } }
catalogs:
  us: { market: us, mode: full, listings: catalogs/us.csv }
`,
    'catalogs/us.csv':
      'sku,price,from,until\nmi-band,14.99 EUR,,\nmi-tv,1.00 USD,,\nkit,1 USD,2015-06-01T10:00,2015-05-01T10:00\n',
  });
  expect(exit).toBe(2);
  for (const fault of [
    /storectl\.yaml:5:\d+: error: `wearable\/fitness-bands` is no category/,
    /storectl\.yaml:6:\d+: error: there is no product `mi-bnd`/,
    /us\.csv:2: error: market `us` does not accept EUR/,
    /us\.csv:3: error: there is no product `mi-tv`/,
    /us\.csv:4: error: `2015-05-01T10:00` is not after/,
  ]) {
    expect(said).toMatch(fault);
  }
});

test('what a market may not sell is told with its path', async () => {
  const { exit, said } = await validated({
    'storectl.yaml': `${MARKETS}products: products.ndjson
catalogs:
  us:
    market: us
    mode: accessories-only
    listings:
      kit: { price: "99 USD" }
`,
    'products.ndjson':
      '{"sku":"mi-note","title":"Mi Note","category":"phones/smartphones"}\n{"sku":"kit","title":"Kit","category":"bundles","components":{"mi-note":1}}\n',
  });
  expect(exit).toBe(2);
  expect(said).toMatch(/storectl\.yaml:10:\d+: error: us lists `kit` \(kit → mi-note\): `mi-note`/);
});

test('what lies on the platform is not judged', async () => {
  const { exit, said } = await validated({
    'storectl.yaml': `version: 1
catalogs:
  us: { market: us, mode: full, listings: { mi-band: { price: "14.99 USD", window: { from: 2015-05-19T13:00 } } } }
`,
  });
  expect([exit, said]).toEqual([0, expect.stringContaining('what may be sold where: the document has no products')]);
});

test('a file that is not there is told where it is named', async () => {
  const { exit, said } = await validated({ 'storectl.yaml': `${MARKETS}products: gone.csv\n` });
  expect([exit, said]).toEqual([2, expect.stringMatching(/storectl\.yaml:4:\d+: error: There is no file of products/)]);
});
