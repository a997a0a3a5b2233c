import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { describe, expect, test } from 'vitest';
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
