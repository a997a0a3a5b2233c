import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { temporaryFolder } from '../cli/support/in-process.ts';
import { installation } from '../cli/support/platform.ts';

const EXAMPLE = resolve(import.meta.dirname, '../../examples/poco-2024/storectl.yaml');
const FIRST = [
  ...['--brand', 'POCO', '--url', 'https://po.co/fr/', '--into', 'https://www.mi.com/global/', '--country', 'FR'],
  ...['--currency', 'EUR', '--freeze', 'start of 2024-10-21', '--dark', 'end of 2024-12-31'],
];

describe('a place where nothing can be written', () => {
  it.each([
    [['contexts', 'add', 'prod', '--url', 'https://x.example.com'], 'config/contexts.json'],
    [['contexts', 'use', 'local'], 'config/contexts.json'],
    [['autocomplete', 'bash'], 'cache/autocomplete'],
  ])('is no bug: %s', async (argv, file) => {
    const home = join(temporaryFolder(), 'home');
    writeFileSync(home, 'a file, and no folder');
    const { stderr, exit } = await installation().run(argv, { env: { STORECTL_HOME: home } });
    expect(stderr).toContain(`${join(home, file)} cannot be written: a part of its path is no folder.`);
    expect(exit).toBe(2);
  });

  it
    .skipIf(!existsSync('/dev/full'))
    .each([
      [['plan', '-f', EXAMPLE, '--out', '/dev/full']],
      [['export', '--out', '/dev/full']],
      [['init', '-f', '/dev/full', ...FIRST]],
    ])('is named where it is full: %s', async (argv) => {
    const { stderr, exit } = await installation().run(argv);
    expect(stderr).toContain('/dev/full cannot be written: no space left on the device.');
    expect(exit).toBe(9);
  });

  it('gets none of several files where one of them cannot be', async () => {
    const home = installation();
    mkdirSync(join(home.folder, 'new', 'storectl.schema.json'), { recursive: true });
    const { stderr, exit } = await home.run(['init', '-f', 'new/storectl.yaml', ...FIRST]);
    expect(stderr).toContain('new/storectl.schema.json cannot be written: it is a folder.');
    expect(exit).toBe(2);
    expect(readdirSync(join(home.folder, 'new'))).toEqual(['storectl.schema.json']);
  });
});

describe('a file that is written', () => {
  it('leaves a device where it is', async () => {
    const { exit } = await installation().run(['plan', '-f', EXAMPLE, '--out', '/dev/null']);
    expect(exit).toBe(0);
    expect(statSync('/dev/null').isCharacterDevice()).toBe(true);
  });

  it('is the one that a link names', async () => {
    const home = installation();
    writeFileSync(join(home.folder, 'real.json'), '');
    symlinkSync('real.json', join(home.folder, 'link.json'));
    await home.run(['plan', '-f', EXAMPLE, '--out', 'link.json']);
    expect(JSON.parse(readFileSync(join(home.folder, 'real.json'), 'utf8'))).toMatchObject({
      format: 'storectl-plan/1',
    });
  });

  it.skipIf(process.platform === 'win32')('is no named pipe that nobody reads', async () => {
    const home = installation();
    execFileSync('mkfifo', [join(home.folder, 'pipe')]);
    const { stderr, exit } = await home.run(['plan', '-f', EXAMPLE, '--out', 'pipe']);
    expect(stderr).toContain('pipe cannot be written: it is a named pipe');
    expect(exit).toBe(2);
  });
});
