import { symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { describe, expect, test } from 'vitest';
import { bytePieces } from '../../../src/cli/document/byte-pieces.ts';
import { readText } from '../../../src/cli/document/read-text.ts';
import { unreadableFile } from '../../../src/cli/failures/unreadable.ts';
import type { Surroundings } from '../../../src/cli/surroundings.ts';
import { collector, surroundingsFor, temporaryFolder } from '../support/in-process.ts';

const LONG = 'a'.repeat(300);
const WHAT = { what: 'rules file', limit: 1024 * 1024 };

async function drained(pieces: AsyncIterable<unknown>): Promise<void> {
  for await (const _ of pieces);
}

const readers: readonly (readonly [string, (surroundings: Surroundings, file: string) => Promise<unknown>])[] = [
  ['as a whole', (surroundings, file) => readText(surroundings, file, WHAT)],
  ['piece by piece', (surroundings, file) => drained(bytePieces(surroundings, file, WHAT))],
];

function inFolder(): Surroundings {
  const cwd = temporaryFolder();
  symlinkSync('loop', join(cwd, 'loop'));
  return surroundingsFor({ cwd }, collector().stream, collector().stream);
}

describe.each(readers)('a file that the system does not let be read, %s', (_, read) => {
  test.each([
    ['loop', 2, 'its links lead in a circle'],
    [LONG, 2, 'its name is too long'],
    ['a\0b', 2, 'its name holds a NUL character'],
  ])('is named, with the reason: %.10s', async (file, exit, why) => {
    await expect(read(inFolder(), file)).rejects.toMatchObject({
      ...{ code: 'unreadable-file', exit, message: `${file} cannot be read: ${why}.`, details: { file } },
      remedy: 'Name another file.',
    });
  });

  test.skipIf(process.platform !== 'linux')('is named where reading it fails', async () => {
    const failure = {
      code: 'unreadable-file',
      exit: 9,
      message: '/proc/self/mem cannot be read: reading it fails (EIO).',
    };
    await expect(read(inFolder(), '/proc/self/mem')).rejects.toMatchObject({
      ...failure,
      remedy: expect.stringMatching(/^See whether it is a file at all/),
    });
  });

  test('may be standard input', async () => {
    const broken = Object.assign(new Error('read EIO'), { code: 'EIO' });
    const stdin = Object.assign(new Readable({ read: () => stdin.destroy(broken) }), { isTTY: false });
    await expect(read({ ...inFolder(), stdin }, '-')).rejects.toMatchObject({
      message: 'standard input cannot be read: reading it fails (EIO).',
    });
  });
});

test.each([
  ['EACCES', 2, 'permission denied', 'Set the permissions'],
  ['EPERM', 2, 'operation not permitted', 'Set the permissions'],
  ['ENXIO', 2, 'it is a device or a socket that nobody serves', 'Name another file.'],
  ['EMFILE', 9, 'too many files are open', 'Raise the limit (ulimit -n)'],
])('%s is said in words, with a way out that fits reading', (code, exit, why, remedy) => {
  const failure = unreadableFile(Object.assign(new Error(code), { code }), 'r.csv');
  expect(failure).toMatchObject({ exit, message: `r.csv cannot be read: ${why}.` });
  expect(failure).toMatchObject({ remedy: expect.stringContaining(remedy) });
});

test('what the system did not refuse is passed on', () => {
  for (const thrown of [new Error('a bug'), Object.assign(new Error('x'), { code: 'constructor' }), 'text'])
    expect(unreadableFile(thrown, 'r.csv')).toBe(thrown);
});
