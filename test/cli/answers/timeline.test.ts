import { describe, expect, it } from 'vitest';
import type { SubmittedDocument } from '../../../src/domain/document/schema.ts';
import { POCO } from '../../platform/poco.ts';
import { run } from '../support/in-process.ts';
import { documentFile } from './poco-file.ts';

const NOW = Date.UTC(2024, 10, 1);
const timeline = (columns: number, ...argv: readonly string[]) =>
  run(['timeline', '-f', documentFile(), ...argv], { columns, env: { NO_COLOR: '1' }, now: NOW });

describe('timeline on a terminal', () => {
  it('has a lane a site, with an axis, now, and what the marks mean', async () => {
    const { stdout, exit } = await timeline(100, '--to', '2025-02-01T00:00Z');
    expect(exit).toBe(0);
    const lines = stdout.split('\n');
    expect(lines[0]).toMatch(/^ +2024-10-2\d|^ +\d\d-\d\d|^ +2024-/);
    expect(lines[1]).toMatch(/^ +[─┬]+$/);
    const lane = (site: string) => lines.find((line) => line.startsWith(`${site} `))?.slice('mi-global  '.length);
    expect(lane('poco-gb')).toMatch(/^━+▒+█+$/);
    expect(lane('poco-fr')).toMatch(/^━+▒+█+$/);
    expect(lane('poco-in')).toMatch(/^═+$/);
    expect(lane('mi-global')).toMatch(/^━+$/);
    expect(stdout).toContain('▲ now 2024-11-01T00:00:00Z');
    expect(stdout).toContain('━━ active  ▒▒ frozen  ██ dark  ══ exempt');
    expect(stdout).not.toContain('retired');
    expect(lines.findIndex((line) => line.startsWith('poco-'))).toBeLessThan(
      lines.findIndex((line) => line.startsWith('mi-global')),
    );
  });

  it('lists each instant in UTC and on each market’s clock, and where now is among them', async () => {
    const { stdout } = await timeline(100);
    const list = stdout.slice(stdout.indexOf('\n\n') + 2);
    expect(list).toContain(
      [
        '2024-12-31T23:00:00Z  dark  poco-2024  end of 2024-12-31  in 60 days',
        '                      2025-01-01 00:00 +01:00  fr: poco-fr',
        '2025-01-01T00:00:00Z  dark  poco-2024  end of 2024-12-31  in 61 days',
        '                      2025-01-01 00:00 +00:00  gb: poco-gb',
      ].join('\n'),
    );
    expect(list).toContain('2025-01-01 00:00 +05:30  in: poco-in  exempt: does not happen here');
    expect(list).toMatch(/freeze {2}poco-2024.*ago\n.*gb: poco-gb\n2024-11-01T00:00:00Z {2}◀ now\n2024-12-12/);
  });

  it.each([60, 80, 100, 120, 300])('fits %i columns', async (columns) => {
    const { stdout } = await timeline(columns);
    expect(Math.max(...stdout.split('\n').map((line) => line.length))).toBeLessThanOrEqual(columns);
    expect(stdout).toMatch(/poco-gb +━+▒+█+/);
  });

  it('is the list alone at 40 columns', async () => {
    const { stdout } = await timeline(40);
    expect(Math.max(...stdout.split('\n').map((line) => line.length))).toBeLessThanOrEqual(40);
    expect(stdout).not.toContain('█');
    expect(stdout).toContain('2025-01-01 00:00 +01:00  fr: poco-fr');
  });

  it('says where now is when the chart is of another time', async () => {
    const { stdout } = await timeline(100, '--from', '2026-01-01T00:00Z');
    expect(stdout).toMatch(/◀ now 2024-11-01T00:00:00Z, 4\d\d days before this chart/);
  });

  it('does not flood with two thousand sites', async () => {
    const many = { ...POCO, sites: { ...POCO.sites }, shutdowns: { ...POCO.shutdowns } };
    const names = Array.from({ length: 2000 }, (_, n) => `brand-${n}`);
    for (const [n, name] of names.entries()) {
      const market = n % 2 === 0 ? 'gb' : 'fr';
      many.sites[name] = { brand: 'b', market, role: 'legacy', urls: [`https://${name}.example/`] };
    }
    const shutdown = many.shutdowns['poco-2024'];
    if (shutdown !== undefined) many.shutdowns['poco-2024'] = { ...shutdown, sites: [...shutdown.sites, ...names] };
    const argv = ['timeline', '-f', documentFile(many as SubmittedDocument)];
    const { stdout } = await run(argv, { columns: 100, env: { NO_COLOR: '1' }, now: NOW });
    expect(stdout.split('\n').length).toBeLessThan(60);
    expect(stdout).toMatch(/gb, fr: 2002 sites +━+▒+█+/);
    expect(stdout).toMatch(/gb: brand-0, brand-\d+, brand-\d+ and 998 more/);
    const piped = await run(argv, { now: NOW });
    expect(piped.stdout.split('\n').length).toBeGreaterThan(8000);
  });

  it('shows nothing but what is there, escaped', async () => {
    const { stdout } = await run(['timeline', '-f', documentFile({ version: 1 })], { columns: 80 });
    expect(stdout).toBe('Nothing is scheduled in this time.\n');
  });
});

describe('timeline elsewhere', () => {
  it('is plain rows in a pipe', async () => {
    const { stdout } = await run(['timeline', '-f', documentFile(), '--site', 'poco-in'], { now: NOW });
    const rows = stdout
      .trimEnd()
      .split('\n')
      .map((line) => line.split('\t'));
    expect(rows[0]).toEqual(['AT', 'KIND', 'SUBJECT', 'SITE', 'MARKET', 'LOCAL TIME', 'ZONE', 'EFFECT', 'WRITTEN']);
    expect(rows.slice(1).map(([, kind, , site, , , , effect]) => [kind, site, effect])).toEqual([
      ['freeze', 'poco-in', 'exempt'],
      ['voucherCutoff', 'poco-in', 'exempt'],
      ['dark', 'poco-in', 'exempt'],
      ['exception-review', '', 'yes'],
      ['redirectsUntil', 'poco-in', 'exempt'],
    ]);
  });

  it('is events and lanes in JSON', async () => {
    const argv = ['timeline', '-f', documentFile(), '--site', 'poco-fr', '--from', '2024-12-31T00:00Z', '--json'];
    const { data } = JSON.parse((await run(argv, { now: NOW })).stdout);
    expect(data.from).toBe('2024-12-31T00:00:00Z');
    expect(data.events[0]).toEqual({
      at: '2024-12-31T23:00:00Z',
      kind: 'dark',
      subject: 'poco-2024',
      site: 'poco-fr',
      market: 'fr',
      text: 'end of 2024-12-31',
      effective: true,
      local: { at: '2025-01-01T00:00:00+01:00[Europe/Paris]', zone: 'Europe/Paris' },
    });
    expect(data.lanes).toHaveLength(1);
    expect(data.lanes[0].stretches.map(({ state, from }: { state: string; from: string }) => [state, from])).toEqual([
      ['active', null],
      ['frozen', '2024-10-20T22:00:00Z'],
      ['dark', '2024-12-31T23:00:00Z'],
      ['retired', '2026-12-31T23:00:00Z'],
    ]);
  });

  it.each([
    [['--from', '2025-01-01T00:00Z', '--to', '2025-01-01T00:00Z'], 2],
    [['--from', '2025-01-01'], 2],
    [['--site', 'nowhere'], 5],
  ])('refuses %j with exit %i', async (argv, exit) => {
    expect((await run(['timeline', '-f', documentFile(), ...argv])).exit).toBe(exit);
  });
});
