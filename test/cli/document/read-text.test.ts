import { appendFileSync, truncateSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { describe, expect, test } from 'vitest';
import { bytePieces } from '../../../src/cli/document/byte-pieces.ts';
import { readBytes } from '../../../src/cli/document/read-text.ts';
import { collector, surroundingsFor, temporaryFolder } from '../support/in-process.ts';

const inFolder = (cwd: string) => surroundingsFor({ cwd }, collector().stream, collector().stream);
const OPTIONS = { what: 'rules file', limit: 8 * 1024 * 1024 };
const LARGE = Buffer.from('0123456789\n'.repeat(300_000));

describe('readBytes', () => {
  test('reads a file, and standard input piece by piece', async () => {
    const cwd = temporaryFolder();
    writeFileSync(join(cwd, 'large'), LARGE);
    expect(LARGE.equals((await readBytes(inFolder(cwd), 'large', OPTIONS)).bytes)).toBe(true);
    const stdin = Object.assign(Readable.from([LARGE.subarray(0, 7), LARGE.subarray(7)]), { isTTY: false });
    expect(LARGE.equals((await readBytes({ ...inFolder(cwd), stdin }, '-', OPTIONS)).bytes)).toBe(true);
  });

  test('gives up what is larger than its limit', async () => {
    const cwd = temporaryFolder();
    writeFileSync(join(cwd, 'large'), LARGE);
    await expect(readBytes(inFolder(cwd), 'large', { ...OPTIONS, limit: 1024 * 1024 })).rejects.toMatchObject({
      code: 'unreadable-file',
      message: 'large is larger than 1 MB, too large for a rules file.',
    });
  });
});

const CHANGED = {
  code: 'unreadable-file',
  exit: 2,
  message: 'r.csv changed while it was read.',
  remedy: 'Try again when nobody writes it.',
};

describe('a file that changes while it is read', () => {
  const changes: readonly (readonly [string, (file: string) => void])[] = [
    ['grows', (file) => appendFileSync(file, '/a,/b\n')],
    ['is cut off', (file) => truncateSync(file, 11)],
    ['is written anew', (file) => utimesSync(file, 1, 1)],
  ];

  test('is refused where it is read as a whole', async () => {
    const cwd = temporaryFolder();
    const file = join(cwd, 'r.csv');
    writeFileSync(file, LARGE);
    let read = false;
    const reading = readBytes(inFolder(cwd), 'r.csv', OPTIONS).finally(() => {
      read = true;
    });
    reading.catch(() => {});
    for (let turn = 1; !read; turn += 1) {
      await new Promise((resolve) => setImmediate(resolve));
      utimesSync(file, turn, turn);
    }
    await expect(reading).rejects.toMatchObject(CHANGED);
    expect(LARGE.equals((await readBytes(inFolder(cwd), 'r.csv', OPTIONS)).bytes)).toBe(true);
  });

  test.each(changes)('is refused at its end where it %s, unless it may', async (_, change) => {
    const cwd = temporaryFolder();
    const file = join(cwd, 'r.csv');
    const read = async (mayGrow: boolean) => {
      writeFileSync(file, LARGE);
      let bytes = 0;
      for await (const piece of bytePieces(inFolder(cwd), 'r.csv', { what: 'rules file', mayGrow })) {
        if (bytes === 0) change(file);
        bytes += piece.length;
      }
      return bytes;
    };
    await expect(read(false)).rejects.toMatchObject(CHANGED);
    expect(await read(true)).toBeGreaterThan(0);
  });
});
