import { describe, expect, it } from 'vitest';
import { run } from '../support/in-process.ts';
import { documentFile } from './poco-file.ts';

const status = (...argv: readonly string[]) => run(['status', '-f', documentFile(), ...argv]);

describe('status', () => {
  it('counts the states, and has a row for each site', async () => {
    const { stdout, stderr, exit } = await status('--at', '2024-12-31T23:30Z');
    expect(exit).toBe(0);
    expect(stderr).toBe('4 sites at 2024-12-31T23:30:00Z: 2 active, 1 frozen, 1 dark\n');
    const [head, ...rows] = stdout
      .trimEnd()
      .split('\n')
      .map((line) => line.split('\t'));
    expect(head?.slice(0, 6)).toEqual(['SITE', 'STATE', 'NEXT', 'NEXT CHANGE', 'LOCAL TIME', 'EXCEPTION']);
    expect(rows.map((row) => row.slice(0, 6))).toEqual([
      ['mi-global', 'active', '', '', '', ''],
      ['poco-gb', 'frozen', 'dark', '2025-01-01T00:00:00Z', '2025-01-01 00:00 +00:00', ''],
      ['poco-fr', 'dark', 'retired', '2026-12-31T23:00:00Z', '2027-01-01 00:00 +01:00', ''],
      ['poco-in', 'active', '', '', '', 'poco-india'],
    ]);
  });

  it('shows at 40 columns when each site next changes, before anything else', async () => {
    const argv = ['status', '-f', 'examples/poco-2024/storectl.yaml', '--at', '2024-11-01T00:00Z'];
    const { stdout } = await run(argv, { columns: 40, env: { NO_COLOR: '1' } });
    expect(stdout).toMatch(/^poco-global +frozen +2025-01-01T00:00:00Z$/m);
    for (const line of stdout.split('\n')) expect(line.length).toBeLessThanOrEqual(40);
  });

  it('has in JSON every instant in UTC, and on each market’s clock', async () => {
    const { stdout } = await status('--at', '2024-11-01T00:00Z', '--site', 'poco-fr', '--json');
    expect(JSON.parse(stdout).data).toEqual([
      {
        site: 'poco-fr',
        market: 'fr',
        role: 'legacy',
        at: '2024-11-01T00:00:00Z',
        state: 'frozen',
        since: '2024-10-20T22:00:00Z',
        nextChangeAt: '2024-12-31T23:00:00Z',
        nextState: 'dark',
        shutdown: 'poco-2024',
        exception: null,
        ruleset: null,
        revision: null,
        local: {
          at: '2024-11-01T01:00:00+01:00[Europe/Paris]',
          since: '2024-10-21T00:00:00+02:00[Europe/Paris]',
          nextChangeAt: '2025-01-01T00:00:00+01:00[Europe/Paris]',
          zone: 'Europe/Paris',
        },
      },
    ]);
  });

  it('reads a time without a zone by each market’s clock', async () => {
    const { stdout, stderr } = await status(
      '--at',
      'end of 2024-12-31',
      '--columns',
      'site,state',
      '--market',
      'fr',
      '--market',
      'gb',
    );
    expect(stdout).toBe('SITE\tSTATE\npoco-gb\tdark\npoco-fr\tdark\n');
    expect(stderr).toContain('from 2024-12-31T23:00:00Z to 2025-01-01T00:00:00Z');
  });

  it('warns of what somebody should look at', async () => {
    const now = Date.UTC(2025, 6, 2);
    const { stderr } = await run(['status', '-f', documentFile()], { now });
    expect(stderr).toContain('poco-india');
    const { stdout } = await run(['status', '-f', documentFile(), '--json'], { now });
    expect(JSON.parse(stdout).warnings).toHaveLength(1);
  });

  it.each([
    [['--site', 'poco-gg'], 'Did you mean poco-gb?'],
    [['--market', 'xx'], 'There is no market xx.'],
  ])('does not know %j', async (argv, message) => {
    const { stderr, exit } = await status(...argv);
    expect(exit).toBe(5);
    expect(stderr).toContain(message);
  });

  it.each([20, 40, 80, 100, 200])('fits a terminal of %i columns without breaking an instant', async (columns) => {
    const { stdout } = await run(['status', '-f', documentFile(), '--at', '2024-12-31T23:30Z'], {
      columns,
      env: { NO_COLOR: '1' },
    });
    for (const line of stdout.split('\n')) {
      if (columns >= 40 && !line.startsWith('Not shown')) expect(line.length).toBeLessThanOrEqual(columns);
      expect(line).not.toMatch(/\d{4}-\d\d-\d\dT(?!\d\d:\d\d:\d\dZ)/);
    }
    expect(stdout).toContain('poco-gb');
  });
});
