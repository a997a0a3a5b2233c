import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { World } from '../../cli/support/in-process.ts';
import { type Installation, installation } from '../../cli/support/platform.ts';

export const PRODUCTS_CSV = `sku,title,category,components,locales,stock
mi-band,Mi Band,wearables/fitness-bands,,en-US,us:500
mi-note,Mi Note,phones/smartphones,,,
mi-note-case,Mi Note case,phones/cases,,,
phone-kit,Phone kit,bundles,mi-note:1 mi-note-case,,
starter-set,Starter set,bundles,mi-band:1 phone-kit:1,,
`;

const MARKET = ['--locale', 'en', '--time-zone', 'Europe/London'];
const QUIET = ['--yes', '--quiet'];

/** A program whose platform has two markets, five products, and a catalog for each market. */
export async function openedShop(shared: World = {}): Promise<Installation> {
  const program = installation(shared);
  writeFileSync(join(program.folder, 'products.csv'), PRODUCTS_CSV);
  const lines = [
    ['markets', 'add', 'us', '--name', 'USA', '--currency', 'USD', ...MARKET],
    ['markets', 'add', 'gb', '--name', 'UK', '--currency', 'GBP', '--accept', 'USD', ...MARKET],
    ['products', 'import', 'products.csv'],
    ['catalogs', 'add', 'us', '--market', 'us', '--mode', 'full'],
    ['catalogs', 'add', 'uk', '--market', 'gb', '--mode', 'accessories-only'],
    ['catalogs', 'list-product', 'us', 'mi-band', '--price', '14.99 USD'],
    ['catalogs', 'list-product', 'us', 'starter-set', '--price', '399.00 USD'],
    ['catalogs', 'list-product', 'gb', 'mi-band', '--price', '12.99 GBP'],
  ];
  for (const argv of lines) {
    const { exit, stderr } = await program.run([...argv, ...QUIET]);
    if (exit !== 0) throw new Error(`${argv.join(' ')}: ${stderr}`);
  }
  return program;
}

export function dataOf(stdout: string) {
  return JSON.parse(stdout).data;
}
