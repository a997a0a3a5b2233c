import { existsSync, mkdirSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { makeFolder } from '../../src/folders/make-folder.ts';
import { temporaryFolder } from '../cli/support/in-process.ts';

describe('makeFolder', () => {
  test('makes all that is missing, with its mode, and says whether anything was', () => {
    const folder = join(temporaryFolder(), 'a', 'b');
    expect(makeFolder(folder, 0o700)).toBe(true);
    expect([folder, join(folder, '..')].map((path) => statSync(path).mode & 0o777)).toEqual([0o700, 0o700]);
    expect(makeFolder(folder)).toBe(false);
  });

  test('a file in the way is named by the system', () => {
    const root = temporaryFolder();
    writeFileSync(join(root, 'file'), '');
    expect(() => makeFolder(join(root, 'file', 'x'))).toThrow(/ENOTDIR|EEXIST/);
    expect(() => makeFolder(join(root, 'file'))).toThrow('EEXIST');
  });

  test.runIf(existsSync('/proc/self'))('ends where a file system takes no new name', () => {
    expect(() => makeFolder('/proc/storectl/data')).toThrow('ENOENT');
  });

  test('links to folders are folders', () => {
    const root = temporaryFolder();
    mkdirSync(join(root, 'real'));
    symlinkSync('real', join(root, 'link'));
    expect(makeFolder(join(root, 'link'))).toBe(false);
    expect(makeFolder(join(root, 'link', 'new'))).toBe(true);
    expect(existsSync(join(root, 'real', 'new'))).toBe(true);
  });
});
