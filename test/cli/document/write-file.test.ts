import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { writeFiles } from '../../../src/cli/document/write-file.ts';
import { Failure } from '../../../src/domain/failure.ts';
import { collector, surroundingsFor, temporaryFolder } from '../support/in-process.ts';

const inFolder = (cwd: string) => surroundingsFor({ cwd }, collector().stream, collector().stream);

async function* pieces(error?: Error): AsyncGenerator<string> {
  yield 'from,to\r\n';
  yield '/a,/b\r\n';
  if (error !== undefined) throw error;
}

test('a text in pieces is written whole', async () => {
  const cwd = temporaryFolder();
  await writeFiles(inFolder(cwd), [{ file: 'r.csv', text: pieces() }], { replace: false });
  expect(readFileSync(join(cwd, 'r.csv'), 'utf8')).toBe('from,to\r\n/a,/b\r\n');
  expect(readdirSync(cwd)).toEqual(['r.csv']);
});

test('a text that fails on the way leaves what was there, and nothing else', async () => {
  const cwd = temporaryFolder();
  writeFileSync(join(cwd, 'r.csv'), 'old');
  const lost = new Failure({ code: 'unavailable', exit: 9, message: 'The platform went away.' });
  const writing = writeFiles(inFolder(cwd), [{ file: 'r.csv', text: pieces(lost) }], { replace: true });
  await expect(writing).rejects.toBe(lost);
  expect(readFileSync(join(cwd, 'r.csv'), 'utf8')).toBe('old');
  expect(readdirSync(cwd)).toEqual(['r.csv']);
});

test('an interruption leaves what was there, and nothing of the text, at once', async () => {
  const cwd = temporaryFolder();
  writeFileSync(join(cwd, 'r.csv'), 'old');
  const surroundings = inFolder(cwd);
  const left: (readonly string[])[] = [];
  async function* interrupted(): AsyncGenerator<string> {
    yield 'from,to\r\n';
    left.push(readdirSync(cwd));
    surroundings.interruption.request('SIGINT');
    left.push(readdirSync(cwd));
    yield '/a,/b\r\n';
  }
  const writing = writeFiles(surroundings, [{ file: 'r.csv', text: interrupted() }], { replace: true });
  await expect(writing).rejects.toThrow();
  expect(left.map((names) => names.length)).toEqual([2, 1]);
  expect(readFileSync(join(cwd, 'r.csv'), 'utf8')).toBe('old');
});
