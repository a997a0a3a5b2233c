import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { expect, test } from 'vitest';
import { endOf } from './support/installed.ts';

const root = resolve(import.meta.dirname, '../..');

/** With settings of a person's own that would lead it elsewhere, if it took any. */
function start() {
  return spawn(process.execPath, [join(root, 'scripts/quickstart.ts')], {
    cwd: root,
    env: { ...process.env, STORECTL_CONTEXT: 'nowhere', STORECTL_FILE: '/nowhere', NO_COLOR: '1' },
  });
}

const FOLDER = /\S*storectl-quickstart-[A-Za-z0-9]+/;

test('the quickstart does the whole job, checks it, and leaves nothing behind', async () => {
  const { stdout, exit } = await endOf(start());
  expect(exit).toBe(0);
  expect(stdout).toContain('$ storectl plan -f examples/poco-2024/storectl.yaml');
  expect(stdout).toContain('  301  Location: https://www.mi.com/global/product/poco-f6/?utm=1');
  expect(stdout).toContain('✓ Everything is as it must be.');
  expect(stdout).toMatch(/… \d+ more lines \(npm run quickstart -- --verbose\)/);
  expect(stdout.split('\n').length).toBeLessThan(90);
  const [folder = ''] = FOLDER.exec(stdout) ?? [];
  expect(folder).not.toBe('');
  expect(existsSync(folder)).toBe(false);
});

test('stopped in the middle, it leaves nothing behind either', async () => {
  const child = start();
  const ended = endOf(child);
  const folder = await new Promise<string>((found) => {
    let text = '';
    child.stdout.on('data', (chunk: Buffer) => {
      text += chunk;
      const [named] = FOLDER.exec(text) ?? [];
      if (named !== undefined) found(named);
    });
  });
  expect(existsSync(folder)).toBe(true);
  child.kill('SIGINT');
  expect((await ended).exit).toBe(130);
  expect(existsSync(folder)).toBe(false);
});
