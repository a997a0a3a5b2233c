import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { temporaryFolder } from '../cli/support/in-process.ts';
import { endOf, environment, PROGRAM, start, storectl } from './support/installed.ts';

/** A home with more contexts than a pipe holds. */
function crowdedHome(count: number): string {
  const home = temporaryFolder();
  const contexts = Object.fromEntries(
    Array.from({ length: count }, (_, n) => [`context-${n}`, { url: `https://platform-${n}.example.com` }]),
  );
  spawnSync('mkdir', ['-p', join(home, 'config')]);
  writeFileSync(join(home, 'config/contexts.json'), JSON.stringify({ current: null, contexts }));
  return home;
}

describe('the installed program', () => {
  it('says its version, and its help, on standard output', async () => {
    const version = await storectl(['--version']);
    expect(version).toMatchObject({ stderr: '', exit: 0 });
    expect(version.stdout).toMatch(/^storectl\/\d+\.\d+\.\d+ \S+ node-v\d+\S*\n$/);
    const help = await storectl(['--help']);
    expect(help).toMatchObject({ stderr: '', exit: 0 });
    expect(help.stdout).toContain('contexts');
  });

  it('answers a mistake in one JSON value and exit 2', async () => {
    const { stdout, stderr, exit } = await storectl(['contexts', 'lst', '--json']);
    expect(JSON.parse(stdout).error.details.nearest).toBe('contexts list');
    expect(stderr).toBe('');
    expect(exit).toBe(2);
  });

  it('maps a stack to its sources with --debug, and shows none without', async () => {
    const argv = ['contexts', 'show', 'nobody'];
    expect((await storectl(argv)).stderr).not.toContain('    at ');
    expect((await storectl([...argv, '--debug'])).stderr).toMatch(/at .*src\/cli\/settings\/contexts\.ts:\d+/);
  });

  it('reads a token from standard input and shows it nowhere', async () => {
    const home = temporaryFolder();
    const argv = ['contexts', 'add', 'prod', '--url', 'https://p.example.com', '--token-file', '-', '--json'];
    const added = await storectl(argv, { env: { STORECTL_HOME: home }, stdin: 's3cret-token\n' });
    expect(JSON.parse(added.stdout).data).toEqual({
      name: 'prod',
      url: 'https://p.example.com',
      token: true,
      inUse: false,
    });
    const shown = await storectl(['contexts', 'show', 'prod', '--json'], { env: { STORECTL_HOME: home } });
    expect(added.stdout + added.stderr + shown.stdout + shown.stderr).not.toContain('s3cret');
    expect(readFileSync(join(home, 'config/tokens.json'), 'utf8')).toContain('s3cret-token');
  });
});

describe('a reader of standard output', () => {
  it('that goes away ends the program quietly', async () => {
    const home = crowdedHome(20_000);
    const line = `"${process.execPath}" "${PROGRAM}" contexts list --output csv | head -n 1`;
    const { stdout, stderr } = spawnSync('bash', ['-c', `${line}; echo "\${PIPESTATUS[0]}"`], {
      env: environment({ STORECTL_HOME: home }),
      encoding: 'utf8',
    });
    expect(stdout).toBe('name,inUse,url\n0\n');
    expect(stderr).toBe('');
  });

  it('that is slow loses nothing', async () => {
    const rows = 20_000;
    const child = start(['contexts', 'list', '--output', 'ndjson'], { env: { STORECTL_HOME: crowdedHome(rows) } });
    child.stdin.end();
    // Nobody reads, and this is far beyond what a pipe holds: the program must wait and not give up.
    await pause(1000);
    expect(child.exitCode).toBe(null);
    const { stdout, exit } = await endOf(child);
    expect(stdout.trimEnd().split('\n')).toHaveLength(rows + 1);
    expect(exit).toBe(0);
  });

  it.skipIf(!existsSync('/dev/full')).each(['contexts list', 'contexts list --json', '--help', '--version'])(
    'that has no room is a failure and not silence: %s',
    (argv) => {
      const line = `"${process.execPath}" "${PROGRAM}" ${argv} > /dev/full`;
      const { stderr, status } = spawnSync('bash', ['-c', line], { env: environment(), encoding: 'utf8' });
      expect(stderr).toMatch(/^Error: .*no space left on the device/);
      expect(stderr).not.toContain('    at ');
      expect(status).toBe(9);
    },
  );

  it.each(['--version', 'contexts lst --json'])('that is gone already is told nothing: %s', (argv) => {
    // The reader closes its end first, and the program starts once it has.
    const line = `{ sleep 0.2; "${process.execPath}" "${PROGRAM}" ${argv}; } | exec 0<&-`;
    const { stderr } = spawnSync('bash', ['-c', line], { env: environment(), encoding: 'utf8' });
    expect(stderr).toBe('');
  });
});

describe('a signal', () => {
  it.each([
    ['SIGINT', 130, 'interrupted'],
    ['SIGTERM', 143, 'terminated'],
  ] as const)('%s ends a waiting command with %i', async (signal, exit, code) => {
    const child = start(['validate', '-f', '-', '--json']);
    const ended = endOf(child);
    // More than a pipe holds: once it is taken, the command is reading, and waits for an end that never comes.
    await new Promise((taken) => child.stdin.write('x'.repeat(8_000_000), taken));
    child.kill(signal);
    const { stdout, exit: got } = await ended;
    expect(JSON.parse(stdout).error.code).toBe(code);
    expect(got).toBe(exit);
  });
});

describe('a pipe that a shell gives a path', () => {
  const lint = (flags: string) => {
    const line = `node ${PROGRAM} redirects lint <(printf 'from,to\\npo.co/a,https://po.co/b\\npo.co/b,https://www.mi.com/\\n') ${flags}`;
    return spawnSync('bash', ['-c', line], { env: environment(), encoding: 'utf8' });
  };

  it('is linted as a file is, and not written to', () => {
    expect(lint('')).toMatchObject({ status: 0, stdout: expect.stringContaining('(chain)') });
    const { status, stdout, stderr } = lint('--fix');
    expect([status, stdout, stderr]).toEqual([
      2,
      '',
      expect.stringContaining('cannot be fixed in place: it is no file'),
    ]);
  });
});
