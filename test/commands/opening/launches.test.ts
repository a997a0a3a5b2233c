/// <reference types="vite/types/importMeta.d.ts" />
import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { openClient } from '../../../src/client/index.ts';
import { api } from '../../../src/contract/operations/index.ts';
import { type Installation, installation } from '../../cli/support/platform.ts';
import { dataOf } from './shop.ts';

const LINES = [
  'markets add us --name USA --currency USD --locale en-US --time-zone America/New_York',
  'markets add gb --name UK --currency GBP --accept USD --locale en-GB --time-zone Europe/London',
  'sites add mi-us --brand mi --market us --role unified --url https://www.mi.com/us/',
  'sites add mi-gb --brand mi --market gb --role unified --url https://www.mi.com/uk/',
  'products add mi-band --title Band --category wearables/fitness-bands',
  'products add mi-headphones --title Headphones --category audio/headphones',
  'products add mi-note --title Note --category phones/smartphones',
  'catalogs add us --market us --mode accessories-only',
  'catalogs add gb --market gb --mode accessories-only',
];
const QUIET = ['--yes', '--quiet', '--no-input'];

function words(line: string): string[] {
  return [...line.matchAll(/"([^"]*)"|(\S+)/g)].map(([, quoted, bare]) => quoted ?? bare ?? '');
}

async function shop(...more: readonly string[]): Promise<Installation> {
  const program = installation();
  for (const line of [...LINES, ...more]) {
    const { exit, stderr } = await program.run([...words(line), ...QUIET]);
    if (exit !== 0) throw new Error(`${line}: ${stderr}`);
  }
  return program;
}

const ADD =
  'launches add sale --kind flash-sale --market us --market gb --starts-at 2015-05-19T13:00 --ends-at "2015-05-20T00:00[UTC]" --item mi-band --item mi-headphones';
const TERMS =
  '--price "14.99 USD" --price "mi-headphones@gb=59.99 GBP" --price "mi-headphones=79.99 USD" --allocation 500 --allocation mi-band@us=300 --limit-per-buyer 2';

/** Buys straight from the platform, as a shop does. */
async function buy(program: Installation, quantity: number, at: number): Promise<void> {
  const file = join(program.folder, 'home/data/platform.sqlite');
  const client = await openClient({ kind: 'embedded', file }, { actor: 'shop', version: '0', now: () => at });
  const body = { market: 'us', sku: 'mi-band', buyer: 'ada', quantity };
  const request = { params: { id: 'sale' }, body, idempotencyKey: randomUUID() };
  const { value } = await client.call(api.reservations.create, request);
  const confirm = { params: { id: 'sale', reservation: value.id }, idempotencyKey: randomUUID() };
  await client.call(api.reservations.confirm, confirm);
  await client.close();
}

describe('launches add', () => {
  test('reads one value for all items, one item, one market; the closest counts, in whatever order it is said', async () => {
    const own = await shop(`${ADD} ${TERMS}`);
    const { spec, times } = dataOf((await own.run(['launches', 'show', 'sale', '--json'])).stdout);
    expect(spec.items).toEqual({
      'mi-band': { price: '14.99 USD', allocation: { us: 300, gb: 500 }, limitPerBuyer: 2 },
      'mi-headphones': { price: { us: '79.99 USD', gb: '59.99 GBP' }, allocation: 500, limitPerBuyer: 2 },
    });
    expect([times.startsAt.us.utc, times.startsAt.gb.utc]).toEqual(['2015-05-19T17:00:00Z', '2015-05-19T12:00:00Z']);
  });

  test.each<[string, string, string, string]>([
    ['a price with too many decimals', '--price "1.999 USD"', '--price', 'too many decimals'],
    [
      'a price in a currency that the market does not take',
      '--price "9 USD" --price "mi-band@us=9 JPY" --allocation 5 --limit-per-buyer 1',
      '--price',
      'JPY',
    ],
    ['an item without a price', '--price "mi-band=9 USD"', '--price', 'mi-headphones has none'],
    ['a negative allocation', '--price "9 USD" --allocation mi-band=-5', '--allocation', 'whole number'],
    [
      'an allocation beyond counting',
      '--price "9 USD" --allocation 99999999999999999999',
      '--allocation',
      'whole number',
    ],
    ['a limit of none', '--price "9 USD" --allocation 5 --limit-per-buyer 0', '--limit-per-buyer', 'whole number'],
    [
      'a limit above the allocation',
      '--price "9 USD" --allocation 1 --limit-per-buyer 2',
      '--limit-per-buyer',
      'has 1 in all',
    ],
    ['an item that it does not sell', '--price "9 USD" --allocation mi-bnd=5', '--allocation', 'Did you mean mi-band?'],
    ['a market that it is not in', '--price "9 USD" --allocation mi-band@fr=5', '--allocation', 'not in market fr'],
  ])('%s names its flag', async (_, terms, flag, message) => {
    const own = await shop();
    const { exit, stderr } = await own.run([...words(`${ADD} ${terms}`), '--yes', '--no-input']);
    expect(exit).toBe(2);
    expect(stderr).toContain(flag);
    expect(stderr).toContain(message);
    expect((await own.run(['launches', 'list'])).stdout.trim().split('\n')).toHaveLength(1);
  });

  test('a start in a clock change and an unknown product name their flags too', async () => {
    const own = await shop();
    const skipped = ADD.replace('2015-05-19T13:00', '2015-03-29T01:30');
    const { stderr } = await own.run([...words(`${skipped} ${TERMS}`), '--yes', '--no-input']);
    expect(stderr).toMatch(/--starts-at: error time-skipped/);
    const unknown = await own.run([...words(`${ADD} ${TERMS} --item mi-bandd`), '--yes', '--no-input']);
    expect(unknown.stderr).toMatch(/--item: error unknown-sku/);
  });

  test('what the market may not sell is refused', async () => {
    const own = await shop();
    const ahead = ADD.replaceAll('2015-', '2025-');
    const { exit, stderr } = await own.run([...words(`${ahead} ${TERMS} --item mi-note`), '--yes', '--no-input']);
    expect([exit, stderr]).toEqual([7, expect.stringContaining('mi-note')]);
  });
});

describe('launches change', () => {
  test('keeps what is not said, and lets values of a market go with it', async () => {
    const own = await shop(`${ADD} ${TERMS}`, 'launches change sale --allocation mi-band@gb=400 --add-market us');
    const items = async () => dataOf((await own.run(['launches', 'show', 'sale', '--json'])).stdout).spec.items;
    expect((await items())['mi-band']).toEqual({
      price: '14.99 USD',
      allocation: { us: 300, gb: 400 },
      limitPerBuyer: 2,
    });
    const argv = ['launches', 'change', 'sale', '--remove-market', 'gb', '--remove-item', 'mi-headphones', ...QUIET];
    expect((await own.run(argv)).exit).toBe(0);
    expect(await items()).toEqual({ 'mi-band': { price: '14.99 USD', allocation: { us: 300 }, limitPerBuyer: 2 } });
  });

  test('an allocation below what is sold is refused, and a cancellation says how much that is', async () => {
    const own = await shop(`${ADD} ${TERMS}`);
    await buy(own, 2, Date.parse('2015-05-19T17:30:00Z'));
    const lowered = await own.run([
      ...words('launches change sale --allocation mi-band@us=1 --limit-per-buyer mi-band=1'),
      ...QUIET,
    ]);
    expect([lowered.exit, lowered.stderr]).toEqual([7, expect.stringContaining('2 of mi-band are taken in us')]);
    const cancelled = await own.run(['launches', 'cancel', 'sale', '--because', 'wrong price', '--yes', '--no-input']);
    expect(cancelled.exit).toBe(0);
    expect(cancelled.stdout + cancelled.stderr).toContain('2 units are sold and 0 held in us');
    const quiet = await own.run([...words('launches change sale --title Sale'), ...QUIET]);
    expect(quiet).toMatchObject({ exit: 0, stdout: '', stderr: '' });
    const [, newest] = dataOf((await own.run(['changes', 'list', '--limit', '2', '--json'])).stdout);
    expect(newest).toMatchObject({ reason: 'wrong price', targets: ['launches/sale'] });
  });
});

test('all that is wrong with a launch is told at once, with the product and the market of each', async () => {
  const own = await shop();
  const add =
    'launches add sale --kind standard --market us --starts-at 2015-05-19T13:00Z --item mi-band --item mi-bnd';
  const { exit, stderr } = await own.run([...words(`${add} --price "9 JPY"`), ...QUIET]);
  expect(exit).toBe(2);
  expect(stderr).toContain('there is no product `mi-bnd`');
  expect(stderr).toContain('market `us` does not accept JPY, which `mi-band` is priced in');
});

describe('what is shown', () => {
  test('a calendar has each market’s clock, weekday and state, and narrows to a time', async () => {
    const own = await shop(`${ADD} ${TERMS}`);
    const { stdout } = await own.run(['launches', 'calendar']);
    expect(stdout.split('\n').slice(1, -1)).toEqual([
      '2015-05-19T12:00:00Z\t2015-05-20T00:00:00Z\tsale\tgb\tended\tTue\t2015-05-19 13:00 +01:00\t2015-05-20 01:00 +01:00\tEurope/London\t',
      '2015-05-19T17:00:00Z\t2015-05-20T00:00:00Z\tsale\tus\tended\tTue\t2015-05-19 13:00 -04:00\t2015-05-19 20:00 -04:00\tAmerica/New_York\t',
    ]);
    const later = await own.run(['launches', 'calendar', '--from', '2015-05-20T00:00Z', '--json']);
    expect(dataOf(later.stdout).entries).toEqual([]);
    const faulty = await own.run(['launches', 'calendar', '--from', '2015-05-20']);
    expect([faulty.exit, faulty.stderr]).toEqual([2, expect.stringContaining('--from')]);
  });

  test('the state of each market is that of --at', async () => {
    const own = await shop(`${ADD} ${TERMS}`);
    const { stdout } = await own.run(['launches', 'show', 'sale', '--at', '2015-05-19T12:30Z', '--json']);
    const { markets, limitScope } = dataOf(stdout).stock;
    expect(markets.map(({ market, state }: { market: string; state: string }) => [market, state])).toEqual([
      ['us', 'scheduled'],
      ['gb', 'live'],
    ]);
    expect(limitScope).toContain('per buyer, across all orders and markets');
  });

  test('a watch of what has ended is one look, as lines and as NDJSON', async () => {
    const own = await shop(`${ADD} ${TERMS}`);
    await buy(own, 2, Date.parse('2015-05-19T17:30:00Z'));
    const plain = await own.run(['launches', 'watch', 'sale']);
    expect(plain.exit).toBe(0);
    expect(plain.stdout.trim().split('\n')[0]).toMatch(/Z\tended\tus\tmi-band\t298\t0\t2\t300\t14\.99 USD\t2$/);
    const { stdout } = await own.run(['launches', 'watch', 'sale', '--output', 'ndjson']);
    const looks = stdout
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line));
    expect(looks).toHaveLength(1);
    expect(looks[0].markets[0].items[0]).toMatchObject({ sku: 'mi-band', left: 298, confirmed: 2 });
    const { data } = JSON.parse((await own.run(['launches', 'watch', 'sale', '--json'])).stdout);
    expect({ ...data, now: 0, at: 0 }).toEqual({ ...looks[0], now: 0, at: 0 });
    expect((await own.run(['launches', 'watch', 'slae'])).stderr).toContain('Did you mean sale?');
  });
});

test('a watch with --json is one value and ends, though the launch goes on', async () => {
  const own = await shop(`${ADD} ${TERMS}`.replace(/ --ends-at "[^"]*"/, ' --confirm sale'));
  for (const more of [[], ['--output', 'ndjson']]) {
    const { stdout, stderr, exit } = await own.run(['launches', 'watch', 'sale', '--json', ...more]);
    expect([exit, stderr]).toEqual([0, '']);
    expect(JSON.parse(stdout)).toMatchObject({
      data: { launch: 'sale', markets: [{ state: 'live' }, {}] },
      warnings: [],
    });
  }
});

describe('examples', () => {
  const commands = import.meta.glob('../../../src/commands/launches/{add,calendar,cancel,change,list,remove,show}.ts');
  const names = Object.keys(commands).map((file) => file.replace(/^.*\/(.*)\.ts$/, '$1'));

  test.each(names)('of launches %s run as written', { timeout: 60_000 }, async (name) => {
    const load = commands[`../../../src/commands/launches/${name}.ts`];
    const [loaded] = Object.values((await load?.()) ?? {}) as {
      readonly examples: readonly (string | { readonly command: string })[];
    }[];
    const lines = (loaded?.examples ?? []).map((example) =>
      (typeof example === 'string' ? example : example.command).replace('<%= config.bin %> ', ''),
    );
    expect(lines).toHaveLength(3);
    const own = await shop(...(name === 'add' ? [] : [`${ADD} ${TERMS}`.replace('add sale', 'add mi-store-opening')]));
    const writes = ['add', 'cancel', 'change', 'remove'].includes(name);
    for (const line of lines) {
      const { exit, stderr } = await own.run([...words(line), ...(writes ? ['--dry-run'] : [])]);
      expect({ line, exit, said: exit === 0 ? '' : stderr }).toEqual({ line, exit: 0, said: '' });
    }
  });
});
