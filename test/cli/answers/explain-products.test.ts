import { describe, expect, it } from 'vitest';
import { api } from '../../../src/contract/operations/index.ts';
import { SALE, SALE_START, saleDocument } from '../../platform/sale.ts';
import { run } from '../support/in-process.ts';
import { EVE, emptyPlatform, OPENING_FILE } from './opening-platform.ts';

const START = '2015-05-19T13:00[Europe/Berlin]';

const explain = (...argv: readonly string[]) => run(['explain', '-f', OPENING_FILE, ...argv], { now: EVE });
const asked = async (...argv: readonly string[]) => JSON.parse((await explain(...argv, '--json')).stdout).data;

describe('explain --market --sku', () => {
  it('says in JSON what a shopper meets, with money in minor units and times in UTC and on the market’s clock', async () => {
    expect(await asked('--market', 'us', '--sku', 'mi-band', '--at', 'start of 2015-06-01')).toEqual({
      market: 'us',
      sku: 'mi-band',
      at: '2015-06-01T04:00:00Z',
      title: 'Mi Band',
      visible: true,
      buyable: true,
      price: { minor: 1499, currency: 'USD' },
      limitPerBuyer: null,
      allocation: null,
      left: null,
      decidedBy: { kind: 'listing', id: 'us/mi-band' },
      why: [
        { kind: 'site', id: 'mi-us', role: 'applies', text: 'it is active' },
        { kind: 'catalog', id: 'us', role: 'applies', text: 'its policy (accessories-only) allows it' },
        {
          kind: 'launch',
          id: 'mi-store-opening',
          role: 'passed-over',
          text: 'it is held: its start has come, and nobody let it go',
        },
        { kind: 'listing', id: 'us/mi-band', role: 'decides', text: 'it is listed at 14.99 USD' },
      ],
      nextChangeAt: null,
      local: { at: '2015-06-01T00:00:00-04:00[America/New_York]', nextChangeAt: null, zone: 'America/New_York' },
    });
  });

  it('says for people what decides first, and then why', async () => {
    const { stdout } = await explain('--market', 'us', '--sku', 'mi-band', '--at', START);
    expect(stdout.split('\n\n')[0]).toBe('not offered\nMi Band (mi-band) in us');
    expect(stdout).toContain('Decided by  launch mi-store-opening\n');
    expect(stdout).toContain('At          2015-05-19T11:00:00Z  2015-05-19 07:00 -04:00  America/New_York\n');
    expect(stdout).toContain(
      '  ● launch mi-store-opening  decides: it is held: its start has come, and nobody let it go\n',
    );
  });

  it('names the catalog where it is its silence that decides', async () => {
    const { stdout } = await explain('--market', 'us', '--sku', 'mi-note-case', '--at', START);
    expect(stdout).toMatch(/^Decided by {2}catalog us$/m);
    expect(stdout).toContain('● catalog us  decides');
  });

  it('names the way through bundles to what the policy refuses', async () => {
    const { decidedBy, why } = await asked('--market', 'us', '--sku', 'starter-set', '--at', START);
    expect(decidedBy).toEqual({ kind: 'policy', id: 'us' });
    expect(why.at(-1).text).toBe(
      'starter-set → phone-kit → mi-note: `mi-note` (phones/smartphones) is no accessory, and the catalog is accessories-only',
    );
  });

  it('answers several markets, products and instants one by one', async () => {
    const many = ['--market', 'us', '--market', 'fr', '--sku', 'mi-band', '--sku', 'mi-note'];
    const times = ['--at', 'start of 2015-05-19', '--at', 'end of 2015-05-31'];
    const rows: { market: string; sku: string; at: string; buyable: boolean }[] = await asked(...many, ...times);
    expect(rows.map(({ market, sku, at, buyable }) => `${market} ${sku} ${at} ${buyable}`)).toEqual([
      'us mi-band 2015-05-19T04:00:00Z false',
      'us mi-band 2015-06-01T04:00:00Z true',
      'us mi-note 2015-05-19T04:00:00Z false',
      'us mi-note 2015-06-01T04:00:00Z false',
      'fr mi-band 2015-05-18T22:00:00Z false',
      'fr mi-band 2015-05-31T22:00:00Z false',
      'fr mi-note 2015-05-18T22:00:00Z false',
      'fr mi-note 2015-05-31T22:00:00Z false',
    ]);
    const [head, first] = (await explain(...many, ...times)).stdout.split('\n');
    expect(head?.split('\t').slice(0, 6)).toEqual(['MARKET', 'SKU', 'AT', 'SEEN', 'ON SALE', 'PRICE']);
    expect(first?.split('\t').slice(0, 6)).toEqual(['us', 'mi-band', '2015-05-19T04:00:00Z', 'no', 'no', '']);
  });

  it.each([
    [['--market', 'us', '--sku', 'mi-band', 'https://po.co/'], 'invalid-usage', 'two questions'],
    [['--market', 'us', '-'], 'invalid-usage', 'two questions'],
    [['--market', 'us'], 'missing-flag', 'Missing --sku'],
    [['--sku', 'mi-band'], 'missing-flag', 'Missing --market'],
    [[], 'missing-argument', 'Missing URL'],
    [['--market', 'us', '--sku', 'mi-band', '--at', '2015-05-19'], 'invalid-time', '--at'],
    [['--market', 'us', '--sku', 'mi-band', '--at', '2015-05-19T12:00 GMT'], 'invalid-time', 'GMT'],
  ])('refuses %j as %s', async (argv, code, message) => {
    const { stdout, exit } = await explain(...argv, '--json');
    expect({ exit, code: JSON.parse(stdout).error.code }).toEqual({ exit: 2, code });
    expect(JSON.parse(stdout).error.message).toContain(message);
  });

  it.each([
    [['--market', 'uss', '--sku', 'mi-band'], 'There is no market uss. Did you mean us?'],
    [['--market', 'us', '--sku', 'mi-bnd'], 'There is no product mi-bnd. Did you mean mi-band?'],
    [['--market', 'us', '--sku', 'nothing-like-it'], 'There is no product nothing-like-it.'],
  ])('does not find %j, near and alone', async (argv, message) => {
    const { openClient } = await openingPlatform();
    for (const ended of [await explain(...argv), await run(['explain', ...argv], { openClient, now: EVE })]) {
      expect(ended.exit).toBe(5);
      expect(ended.stderr).toContain(message);
    }
  });

  it('keeps its marks in one column where reasons are wrapped', async () => {
    const argv = ['explain', '-f', OPENING_FILE, '--market', 'us', '--sku', 'mi-band', '--at', START];
    const { stdout } = await run(argv, { columns: 40, now: EVE, env: { NO_COLOR: '1' } });
    const marked = stdout.split('\n').filter((line) => /[●○–] /.test(line));
    expect(marked.map((line) => line.slice(0, 4))).toEqual(['  ○ ', '  ○ ', '  – ', '  ● ']);
  });

  it.each([40, 80])('stays within %i columns', async (columns) => {
    for (const sku of ['mi-band', 'starter-set']) {
      const argv = ['explain', '-f', OPENING_FILE, '--market', 'us', '--sku', sku, '--at', START];
      const single = await run(argv, { columns, now: EVE, env: { NO_COLOR: '1' } });
      const several = await run([...argv, '--market', 'de'], { columns, now: EVE, env: { NO_COLOR: '1' } });
      for (const line of (single.stdout + several.stdout).split('\n')) expect(line.length).toBeLessThanOrEqual(columns);
    }
  });
});

async function openingPlatform() {
  const near = await emptyPlatform({ now: EVE });
  const argv = ['apply', '-f', OPENING_FILE, '--yes', '--reason', 'test'];
  expect(await run(argv, { openClient: near.openClient, now: EVE })).toMatchObject({ exit: 0 });
  return near;
}

describe('a platform and the document that was applied to it', () => {
  it.each([
    [['explain', '--market', 'us', '--sku', 'mi-band', '--at', START]],
    [['explain', '--market', 'us', '--sku', 'starter-set', '--sku', 'mi-band', '--at', 'end of 2015-05-31']],
    [['explain', '--market', 'us', '--market', 'de', '--sku', 'mi-note']],
    [['status', '--market', 'us', '--at', START]],
    [['status', '--market', 'de', '--market', 'us', '--at', 'start of 2015-06-01']],
    [['status', '--at', START, '--sort', 'site']],
  ])('give the same answer to %j', async (argv) => {
    const { openClient } = await openingPlatform();
    const near = await run([...argv, '--json'], { openClient, now: EVE });
    const alone = await run([...argv, '--json', '-f', OPENING_FILE], { now: EVE });
    expect(near.exit).toBe(0);
    expect(JSON.parse(near.stdout)).toEqual(JSON.parse(alone.stdout));
  });
});

describe('what is left of an allocation', () => {
  it('is told for now, until it is sold out', async () => {
    const clock = { now: SALE_START };
    const { client, openClient, apply } = await emptyPlatform(clock);
    await apply(saleDocument({ 'mi-band': { allocation: 3, limitPerBuyer: 2 } }));
    const question = ['explain', '--market', 'us', '--sku', 'mi-band'];
    const now = async (...argv: readonly string[]) => {
      const { data } = JSON.parse((await run([...question, ...argv, '--json'], { openClient })).stdout);
      return [data.visible, data.buyable, data.allocation, data.left, data.limitPerBuyer];
    };
    const reserve = (buyer: string, quantity: number) =>
      client.call(api.reservations.create, {
        params: { id: SALE },
        body: { market: 'us', sku: 'mi-band', buyer, quantity },
      });
    expect(await now()).toEqual([true, true, 3, 3, 2]);
    await reserve('ada', 2);
    expect(await now()).toEqual([true, true, 3, 1, 2]);
    expect(await now('--at', '2015-05-19T11:00:00.001Z')).toEqual([true, true, 3, null, 2]);
    await reserve('bob', 1);
    expect(await now()).toEqual([true, false, 3, 0, 2]);
    const { stdout } = await run(question, { openClient });
    expect(stdout).toContain('sold out at 14.99 USD\n');
    expect(stdout).toContain('decides: it is live, and sold out: of 3 none is left');
    expect(stdout).toContain('2 units of one product per buyer, across all orders and markets of the launch');
    // What is held comes back by itself.
    clock.now += 15 * 60_000;
    expect(await now()).toEqual([true, true, 3, 3, 2]);
  });
});
