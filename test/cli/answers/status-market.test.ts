import { describe, expect, it } from 'vitest';
import { run } from '../support/in-process.ts';
import { EVE, OPENING_FILE } from './opening-platform.ts';

const status = (argv: readonly string[], columns?: number) =>
  run(['status', '-f', OPENING_FILE, ...argv], {
    now: EVE,
    ...(columns === undefined ? {} : { columns, env: { NO_COLOR: '1' } }),
  });

describe('status --market', () => {
  it('shows sites, catalog, launches and what waits', async () => {
    const { stdout, exit } = await status(['--market', 'us', '--at', '2015-05-19T11:00Z'], 80);
    expect(exit).toBe(0);
    expect(stdout).toBe(`market us  2015-05-19T11:00:00Z  2015-05-19 07:00 -04:00  America/New_York

Sites
  mi-us  active

Catalog
  us, accessories-only: 0 of 1 listing on sale

Launches
  mi-store-opening  held  flash-sale  First flash sale of the Mi Store
    starts 2015-05-19T11:00:00Z  2015-05-19 07:00 -04:00

Waiting
  ! launch mi-store-opening: it is held since 2015-05-19T11:00:00Z: nobody let
    it go
    storectl launches checklist mi-store-opening
`);
  });

  it('has one market as an object and several as an array, each at its own local time', async () => {
    const one = JSON.parse((await status(['--market', 'us', '--at', 'start of 2015-06-01', '--json'])).stdout).data;
    expect(one).toMatchObject({
      market: 'us',
      at: '2015-06-01T04:00:00Z',
      local: { at: '2015-06-01T00:00:00-04:00[America/New_York]' },
      sites: [{ site: 'mi-us', state: 'active' }],
      catalog: { id: 'us', mode: 'accessories-only', listings: 1, onSale: 1 },
      launches: [
        {
          launch: 'mi-store-opening',
          state: 'held',
          needsGo: true,
          startsAt: '2015-05-19T11:00:00Z',
          local: { startsAt: '2015-05-19T07:00:00-04:00[America/New_York]', endsAt: null },
        },
      ],
      waits: [{ kind: 'launch-held', id: 'mi-store-opening', at: '2015-05-19T11:00:00Z' }],
    });
    const argv = ['--market', 'us', '--market', 'fr', '--at', 'start of 2015-06-01', '--json'];
    const several: { market: string; at: string }[] = JSON.parse((await status(argv)).stdout).data;
    expect(several.map(({ market, at }) => `${market} ${at}`)).toEqual([
      'us 2015-06-01T04:00:00Z',
      'fr 2015-05-31T22:00:00Z',
    ]);
  });

  it('is rows in a pipe, one thing each', async () => {
    const { stdout } = await status(['--market', 'de', '--at', '2015-05-19T10:00Z']);
    const rows = stdout.trimEnd().split('\n');
    expect(rows.map((row) => row.split('\t').slice(0, 5).join(' '))).toEqual([
      'MARKET KIND ID STATE TIME',
      'de site mi-de active ',
      'de catalog de accessories-only ',
      'de launch mi-store-opening scheduled 2015-05-19T11:00:00Z',
      'de waiting mi-store-opening launch-needs-go 2015-05-19T11:00:00Z',
    ]);
  });

  it('is the list of the market’s sites where the form of a list is asked for', async () => {
    expect((await status(['--market', 'us', '--columns', 'site,state'])).stdout).toBe('SITE\tSTATE\nmi-us\tactive\n');
    expect((await status(['--market', 'us', '--output', 'csv'])).stdout).toMatch(/^site,state,/);
    expect((await status(['--market', 'us', '--site', 'mi-us'])).stdout).toMatch(/^SITE\t/);
  });

  it('does not find a market that there is not', async () => {
    const { stderr, exit } = await status(['--market', 'usa']);
    expect({ exit, found: stderr.includes('There is no market usa. Did you mean us?') }).toEqual({
      exit: 5,
      found: true,
    });
  });

  it('stays within 40 columns, but for what is to be copied', async () => {
    const { stdout } = await status(['--market', 'us', '--market', 'gb'], 40);
    for (const line of stdout.split('\n').filter((own) => !own.startsWith('    storectl ')))
      expect(line.length).toBeLessThanOrEqual(40);
  });
});

describe('status of everything', () => {
  it('tells of launches that run, wait or are to come beside the list of sites', async () => {
    const { stderr, stdout } = await status(['--at', '2015-05-19T10:59:59Z']);
    expect(stderr).toContain('launch mi-store-opening: scheduled in 4 markets, until 2015-05-19T11:00:00Z\n');
    expect(stdout).toMatch(/^SITE\t/);
    expect((await status(['--at', '2015-05-19T11:00:00Z'])).stderr).toContain(
      'launch mi-store-opening: held in 4 markets\n',
    );
  });
});
