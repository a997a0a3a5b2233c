import { execFileSync } from 'node:child_process';
import { closeSync, mkdirSync, openSync, writeFileSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { startOfFile } from '../../../src/cli/settings/start-of-file.ts';
import { run, temporaryFolder } from '../support/in-process.ts';

const QUICK = { writer: 40, end: 200 };

/** A named pipe that this process holds open for writing. */
function heldPipe(): { readonly file: string; readonly descriptor: number } {
  const file = join(temporaryFolder(), 'pipe');
  execFileSync('mkfifo', [file]);
  const descriptor = openSync(file, 'r+');
  onTestFinished(() => closeSync(descriptor));
  return { file, descriptor };
}

describe('a file that a token is read from', () => {
  it.each([
    ['a-token\n', 'a-token\n'],
    ['0123456789', '01234567'],
  ])('is read as far as it may be: %j', async (text, read) => {
    const file = join(temporaryFolder(), 'token');
    writeFileSync(file, text);
    expect(await startOfFile(file, 8, QUICK)).toEqual({ kind: 'read', bytes: Buffer.from(read) });
  });

  it('is nothing, a folder or a device without an end', async () => {
    const folder = temporaryFolder();
    expect(await startOfFile(join(folder, 'nowhere'), 8)).toEqual({ kind: 'missing' });
    expect(await startOfFile(folder, 8)).toEqual({ kind: 'folder' });
    expect(await startOfFile('/dev/zero', 8)).toMatchObject({ kind: 'read' });
  });

  describe.skipIf(process.platform === 'win32')('and is a pipe', () => {
    it('is given up where nobody writes to it', async () => {
      const file = join(temporaryFolder(), 'pipe');
      execFileSync('mkfifo', [file]);
      expect(await startOfFile(file, 8, QUICK)).toEqual({ kind: 'silent' });
    });

    it('is given up where its end does not come', async () => {
      const { file, descriptor } = heldPipe();
      writeSync(descriptor, 'half');
      expect(await startOfFile(file, 8, QUICK)).toEqual({ kind: 'silent' });
    });

    it('is read no further than it may be', async () => {
      const { file, descriptor } = heldPipe();
      writeSync(descriptor, '0123456789');
      expect(await startOfFile(file, 8, QUICK)).toEqual({ kind: 'read', bytes: Buffer.from('01234567') });
    });
  });

  it('is told where it is none', async () => {
    const cwd = temporaryFolder();
    mkdirSync(join(cwd, 'folder'));
    const add = (file: string) =>
      run(['contexts', 'add', 'prod', '--url', 'https://x.example.com', '--token-file', file], { cwd });
    for (const [file, message] of [
      ['folder', 'folder: this is a folder.'],
      ['/dev/zero', '/dev/zero: this holds more than 4096 bytes'],
    ] as const) {
      const { stderr, exit } = await add(file);
      expect(stderr).toContain(message);
      expect(exit).toBe(2);
    }
  });
});
