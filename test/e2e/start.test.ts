import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { temporaryFolder } from '../cli/support/in-process.ts';
import { PROGRAM } from './support/installed.ts';

const HOOK = new URL('support/loaded-files.mjs', import.meta.url).href;

/** The sources that the files of the program hold which a command loads. */
function sourcesLoadedBy(command: string): readonly string[] {
  const argv = ['--import', HOOK, PROGRAM, ...command.split(' ')];
  const env = { ...process.env, STORECTL_HOME: temporaryFolder() };
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
