import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { temporaryFolder } from '../cli/support/in-process.ts';
import { PROGRAM } from './support/installed.ts';

const DOCUMENT = fileURLToPath(new URL('../../examples/poco-2024/storectl.yaml', import.meta.url));
const HOOK = new URL('support/loaded-files.mjs', import.meta.url).href;

/** The sources that the files of the program hold which a command loads. */
function sourcesLoadedBy(command: string, platform = temporaryFolder()): readonly string[] {
  const argv = ['--import', HOOK, PROGRAM, ...command.split(' ')];
  const env = { ...process.env, STORECTL_HOME: platform };
  const { stderr, status } = spawnSync(process.execPath, argv, { env, encoding: 'utf8' });
  expect(status).toBe(0);
  const files = stderr.split('\n').filter((line) => /\/dist\/.*\.js$/.test(line));
  return files.flatMap(
    (url): readonly string[] => JSON.parse(readFileSync(fileURLToPath(`${url}.map`), 'utf8')).sources,
  );
}

// Each takes about as long to load as Node takes to start.
test.each(['--help', 'sites list', 'sites list --help', 'launches list', 'products list', 'redirects list'])(
  '%s loads no schemas, no calendar and no planner',
  (command) => {
    const sources = sourcesLoadedBy(command);
    expect(sources).toContainEqual(expect.stringMatching(/src\/cli\/program\.ts$/));
    const heavy =
      /node_modules\/(?:zod|temporal-polyfill|yaml)\/|src\/domain\/plan\/draft-plan\.ts$|src\/redirects\/compile\.ts$/;
    expect(sources.filter((source) => heavy.test(source))).toEqual([]);
  },
);

describe('on a platform that something was applied to', () => {
  const home = mkdtempSync(join(tmpdir(), 'storectl-test-'));

  beforeAll(() => {
    const env = { ...process.env, STORECTL_HOME: home };
    const argv = [PROGRAM, 'apply', '-f', DOCUMENT, '--yes', '--confirm', 'poco-2024', '--no-input'];
    const { status, stderr } = spawnSync(process.execPath, argv, { env, encoding: 'utf8' });
    expect(status, stderr).toBe(0);
  });
  afterAll(() => rmSync(home, { recursive: true, force: true }));

  // Times are told on markets' clocks, which takes the calendar, and nothing else.
  test.each([
    'status',
    'timeline',
    'changes list',
    'changes show last',
    'sites show poco-gb',
    'shutdowns show poco-2024',
    'launches calendar',
    'explain https://www.mi.com/global/',
  ])('%s loads no schemas, no planner and none of what makes rules ready', (command) => {
    const sources = sourcesLoadedBy(command, home);
    const heavy =
      /node_modules\/(?:zod|yaml|re2js|tldts)\/|src\/domain\/plan\/draft-plan\.ts$|src\/redirects\/compile\.ts$/;
    expect(sources.filter((source) => heavy.test(source))).toEqual([]);
  });
});
