/// <reference types="vite/types/importMeta.d.ts" />
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { type Installation, installation } from '../../cli/support/platform.ts';

const commands = import.meta.glob('../../../src/commands/{products,catalogs,taxonomies,certifications,services}/*.ts');

const MARKETS = [
  'markets add us --name USA --currency USD --locale en-US --time-zone America/New_York',
  'markets add gb --name UK --currency GBP --locale en-GB --time-zone Europe/London',
  'markets add de --name Germany --currency EUR --locale de-DE --time-zone Europe/Berlin',
];
const PRODUCTS = [
  'products add mi-band --title "Mi Band" --category wearables/fitness-bands',
  'products add mi-cable --title Cable --category phones/cables',
];
const REST = [
  'catalogs add us --market us --mode full',
  'catalogs add gb --market gb --mode full',
  'catalogs add de --market de --mode full',
  'catalogs list-product us mi-band --price "14.99 USD"',
  'taxonomies add own --extend',
  'certifications add fcc-2015 --title FCC --market us --sku mi-band',
  'services add us --market us',
];
/** Compares two catalogs that differ. */
const FINDS = ['catalogs diff'];

/** As a shell takes the line apart. */
function words(line: string): string[] {
  const [command = '', input] = line.split(' < ');
  return [...command.matchAll(/"([^"]*)"|(\S+)/g)]
    .map(([, quoted, bare]) => quoted ?? bare ?? '')
    .map((word) => (word === '-' && input !== undefined ? input : word));
}

async function succeed(program: Installation, line: string, ...more: string[]): Promise<void> {
  const { exit, stderr, stdout } = await program.run([...words(line), ...more]);
  const wanted = FINDS.some((command) => line.startsWith(command)) ? 3 : 0;
  expect({ line, exit, said: exit === wanted ? '' : stderr + stdout }).toEqual({ line, exit: wanted, said: '' });
}

async function worldFor(name: string): Promise<Installation> {
  const program = installation();
  const adds = name.endsWith(' add');
  const lines = [...MARKETS, ...(name === 'products add' ? [] : PRODUCTS), ...(adds ? [] : REST)];
  for (const line of lines) await succeed(program, line, '--yes', '--quiet');
  writeFileSync(join(program.folder, 'products.csv'), 'sku,title,category\nmi-band,Band,wearables\nmi-cable,C,power\n');
  writeFileSync(join(program.folder, 'listings.csv'), 'sku,price\nmi-band,13.99 USD\n');
  return program;
}

type Example = string | { readonly command: string };

const names = Object.keys(commands).map((file) => file.replace(/^.*commands\/(.*)\.ts$/, '$1').replace('/', ' '));

test('every command of an opening is tried', () => {
  expect(names).toHaveLength(31);
});

test.each(names)('the examples of %s run as written', { timeout: 60_000 }, async (name) => {
  const load = commands[`../../../src/commands/${name.replace(' ', '/')}.ts`];
  const [loaded] = Object.values((await load?.()) ?? {}) as { readonly examples: readonly Example[] }[];
  const examples = (loaded?.examples ?? []).map((example) => (typeof example === 'string' ? example : example.command));
  expect(examples).toHaveLength(3);
  const program = await worldFor(name);
  const writes = / (add|change|remove|import|set-mode|list-product|delist)$/.test(name);
  for (const example of examples) {
    await succeed(program, example.replace('<%= config.bin %> ', ''), ...(writes ? ['--dry-run'] : []));
  }
});
