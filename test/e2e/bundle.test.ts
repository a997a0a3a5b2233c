import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { run as runSources, temporaryFolder } from '../cli/support/in-process.ts';
import { PROGRAM, type ProcessEnded, storectl } from './support/installed.ts';

/**
 * What a bundle can break and the sources cannot: libraries that are loaded when they are first needed. Every one of
 * them is needed here at least once by the built program.
 */
const cwd = mkdtempSync(join(tmpdir(), 'storectl-test-'));
const env = { STORECTL_HOME: join(cwd, 'home') };

function run(...argv: readonly string[]): Promise<ProcessEnded> {
  return storectl(argv, { cwd, env });
}

beforeAll(() => {
  cpSync(resolve(import.meta.dirname, '../../examples/poco-2024'), cwd, { recursive: true });
  const argv = [PROGRAM, 'apply', '-f', 'storectl.yaml', '--yes', '--confirm', 'poco-2024'];
  const { status, stderr } = spawnSync(process.execPath, argv, { cwd, env: { ...process.env, ...env } });
  if (status !== 0) throw new Error(`apply ended with ${status}: ${stderr}`);
});

afterAll(() => rmSync(cwd, { recursive: true }));

describe('the built program', () => {
  test.each([
    'changes list',
    'contexts list',
    'exceptions list',
    'assertions list',
    'freeze-windows list',
    'markets list',
    'platform token list',
    'redirects list',
    'shutdowns list',
    'sites list',
    'status',
  ])('%s prints every format', async (command) => {
    for (const format of ['table', 'json', 'ndjson', 'csv', 'yaml']) {
      const { exit, stderr } = await run(...command.split(' '), '--output', format, '--quiet');
      expect(stderr).not.toContain('Error');
      expect(exit).toBe(0);
    }
  });

  test.each([
    ['validate', 0],
    ['schema', 0],
    ['export', 0],
    ['timeline', 0],
    ['changes verify', 0],
    ['doctor --json', 0],
    ['plan --exit-code', 0],
    ['plan --json', 0],
    ['redirects lint --ruleset poco-gb', 0],
    ['redirects show poco-gb', 0],
    ['explain https://po.co/uk/phones/f6', 0],
    ['explain https://po.co/uk/phones/f6 -f storectl.yaml', 0],
    ['sites show poco-gbb', 5],
    ['sites lst', 2],
  ])('%s ends with %i', async (command, expected) => {
    const { exit, stderr } = await run(...command.split(' '));
    expect(stderr).not.toContain('bug');
    expect(exit).toBe(expected);
  });

  test.each([
    ['a wrong version', 'version: 2\n', ':1:1'],
    ['no map', 'sites: [1]\nversion: 1\n', ':1:1'],
    ['an unknown key', 'version: 1\nsite: {}\n', ':2:1'],
    ['no YAML', 'version: 1\nsites: {a: [}\n', ':2:'],
  ])('a document with %s is an error with its place', async (_name, text, place) => {
    const file = join(temporaryFolder(), 'wrong.yaml');
    writeFileSync(file, text);
    const { exit, stdout, stderr } = await run('validate', '-f', file);
    expect(stdout + stderr).toContain(`wrong.yaml${place}`);
    expect(exit).toBe(2);
  });

  test.each(['--help', 'sites --help', 'platform token --help', 'sites list --help', 'edge serve --help --json'])(
    '%s tells what the sources do',
    async (command) => {
      const { stdout } = await run(...command.split(' '));
      expect(stdout).toBe((await runSources(command.split(' '))).stdout);
    },
  );

  test('completes flags', async () => {
    expect(await run('autocomplete', 'bash')).toMatchObject({ exit: 0 });
    const functions = join(env.STORECTL_HOME, 'cache', 'autocomplete', 'functions', 'bash', 'storectl.bash');
    expect(readFileSync(functions, 'utf8')).toMatch(/^sites:list .*--market/m);
  });

  test('works in the context that the document names', async () => {
    const folder = temporaryFolder();
    writeFileSync(join(folder, 'storectl.yaml'), 'version: 1\nsettings: { context: nowhere }\n');
    const { exit, stderr } = await storectl(['sites', 'list'], { cwd: folder, env });
    expect(stderr).toContain('nowhere');
    expect(exit).toBe(5);
  });

  test('keeps contexts and tokens', async () => {
    const argv = ['contexts', 'add', 'far', '--url', 'https://platform.example.com', '--token-file', '-'];
    const added = await storectl(argv, { cwd, env, stdin: 'sct_secret\n' });
    expect(added).toMatchObject({ exit: 0 });
    expect((await run('contexts', 'remove', 'far')).exit).toBe(0);
  });

  test('opens no pipe that nobody writes to', async () => {
    const pipe = join(temporaryFolder(), 'pipe');
    if (spawnSync('mkfifo', [pipe]).status !== 0) return;
    const { exit, stderr } = await run('validate', '-f', pipe);
    expect(stderr).toContain('is a named pipe');
    expect(exit).toBe(2);
  });

  test('needs no contexts to check a document', async () => {
    const home = temporaryFolder();
    mkdirSync(join(home, 'config'));
    writeFileSync(join(home, 'config', 'contexts.json'), '{');
    const own = { cwd, env: { STORECTL_HOME: home } };
    expect((await storectl(['sites', 'list'], own)).exit).toBe(2);
    expect((await storectl(['validate'], own)).exit).toBe(0);
  });
});
