import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { loadDocument, placed, requireDocument } from '../../../src/cli/document/load-document.ts';
import { readText } from '../../../src/cli/document/read-text.ts';
import { Failure } from '../../../src/domain/failure.ts';
import { collector, surroundingsFor, temporaryFolder, type World } from '../support/in-process.ts';

function inFolder(files: Readonly<Record<string, string | Uint8Array>>, world: World = {}) {
  const cwd = temporaryFolder();
  for (const [name, content] of Object.entries(files)) {
    mkdirSync(join(cwd, name, '..'), { recursive: true });
    writeFileSync(join(cwd, name), content);
  }
  return surroundingsFor({ cwd, ...world }, collector().stream, collector().stream);
}

const SITES = `markets:
  gb: { name: UK, countries: [GB], currency: GBP, locales: [en-GB], timeZone: Europe/London }
sites:
  poco-gb: { brand: poco, market: gb, role: legacy, urls: ["https://po.co/uk/"] }
`;
const withRules = (rules: string): string =>
  `version: 1\n${SITES}rulesets:\n  poco-gb:\n    site: poco-gb\n    rules: ${rules}\n`;

async function failureOf(work: Promise<unknown>): Promise<Failure> {
  const error: unknown = await work.then(
    () => null,
    (reason) => reason,
  );
  if (error instanceof Failure) return error;
  throw new Error(`no Failure but ${String(error)}`);
}

describe('what is no document', () => {
  test.each<[string, string | Uint8Array | null, RegExp]>([
    ['a missing file', null, /There is no document d\.yaml \(.*\/d\.yaml\)/],
    ['a NUL byte', 'version: 1\n\0', /d\.yaml:2 holds a NUL byte/],
    ['bytes that are not UTF-8', Uint8Array.from([0x61, 0x0a, 0x0a, 0xc3, 0x28]), /d\.yaml:3 is not UTF-8/],
    ['UTF-16', Uint8Array.from([0xff, 0xfe, 0x61, 0x00]), /d\.yaml is UTF-16/],
  ])('%s is refused with its place', async (_, content, message) => {
    const surroundings = inFolder(content === null ? {} : { 'd.yaml': content });
    const failure = await failureOf(loadDocument(surroundings, 'd.yaml'));
    expect(failure.code).toBe('unreadable-file');
    expect(failure.exit).toBe(2);
    expect(failure.message).toMatch(message);
  });

  test('a folder is refused', async () => {
    const failure = await failureOf(loadDocument(inFolder({ 'd/x': '' }), 'd'));
    expect(failure.message).toMatch(/^d \(.*\) is a folder/);
  });

  test('a missing document names the way to a first one', async () => {
    const failure = await failureOf(loadDocument(inFolder({}), 'd.yaml'));
    expect(failure.remedy).toContain('storectl init');
  });

  test('a file beyond the limit is given up, whatever its size says', async () => {
    const surroundings = inFolder({ big: 'x'.repeat(3 * 1024 * 1024) });
    const failure = await failureOf(readText(surroundings, 'big', { what: 'document', limit: 1024 * 1024 }));
    expect(failure.message).toBe('big is larger than 1 MB, too large for a document.');
  });

  test('standard input that is a terminal holds nothing to read', async () => {
    const failure = await failureOf(loadDocument(inFolder({}, { columns: 80 }), '-'));
    expect(failure.message).toContain('that is a terminal');
  });
});

describe('what is read', () => {
  test('a byte order mark and CRLF make no difference', async () => {
    const text = withRules('[{ from: /uk/a, to: "https://www.mi.com/" }]');
    const plain = await requireDocument(inFolder({ 'd.yaml': text }), 'd.yaml');
    const windows = await requireDocument(inFolder({ 'd.yaml': `\uFEFF${text.replaceAll('\n', '\r\n')}` }), 'd.yaml');
    expect(windows.document).toEqual(plain.document);
    expect(windows.hash).not.toBe(plain.hash);
  });

  test('standard input is as good as a file', async () => {
    const loaded = await requireDocument(inFolder({}, { stdin: 'version: 1\n' }), '-');
    expect(loaded.document).toEqual({ version: 1 });
    expect(loaded.file).toBe('standard input');
  });

  test('the same rules have the same content, in a file and in the document', async () => {
    const inline = withRules('[{ from: /uk/a, to: "https://www.mi.com/", status: 301 }]');
    const csv = 'from,to,status\r\n/uk/a,https://www.mi.com/,301\r\n';
    const one = await requireDocument(inFolder({ 'd.yaml': inline }), 'd.yaml');
    const two = await requireDocument(inFolder({ 'd.yaml': withRules('r/uk.csv'), 'r/uk.csv': csv }), 'd.yaml');
    expect(two.document.rulesets?.['poco-gb']?.rules).toEqual(one.document.rulesets?.['poco-gb']?.rules);
    expect(two.rulesByRuleset.get('poco-gb')?.origins(0)).toEqual({ file: 'r/uk.csv', line: 2 });
  });

  test('rules files lie beside the document, wherever the command runs', async () => {
    const files = { 'deep/d.yaml': withRules('r.csv'), 'deep/r.csv': 'from,to\n/uk/a,https://www.mi.com/\n' };
    const loaded = await requireDocument(inFolder(files), 'deep/d.yaml');
    expect(loaded.placeOf('/rulesets/poco-gb/rules/0')).toEqual({
      file: 'deep/r.csv',
      line: 2,
      pointer: '/rulesets/poco-gb/rules/0',
    });
  });

  test('rules in the document have their line and column there', async () => {
    const text = withRules(
      '\n      - { from: /uk/a, to: "https://www.mi.com/" }\n      - { from: /uk/b, status: 410 }',
    );
    const loaded = await requireDocument(inFolder({ 'd.yaml': text }), 'd.yaml');
    expect(loaded.placeOf('/rulesets/poco-gb/rules/1')).toMatchObject({ file: 'd.yaml', line: 11, column: 9 });
  });
});

describe('what is wrong', () => {
  const BROKEN_CSV = 'from,to,status\n/uk/a,https://www.mi.com/,soon\n/uk/b,https://www.mi.com/,301\n,https://x/,301\n';

  test('every bad line of every rules file is reported beside the faults of the document', async () => {
    const text = withRules('r.csv').replace('role: legacy', 'role: legcy');
    const loaded = await loadDocument(inFolder({ 'd.yaml': text, 'r.csv': BROKEN_CSV }), 'd.yaml');
    expect(loaded.document).toBeNull();
    const places = loaded.problems.map(({ place }) => `${place?.file}:${place?.line}`);
    expect(places).toEqual(['d.yaml:5', 'r.csv:2', 'r.csv:4']);
  });

  test('a rules file that is not there is a fault where it is named', async () => {
    const loaded = await loadDocument(inFolder({ 'd.yaml': withRules('no.csv') }), 'd.yaml');
    expect(loaded.problems).toMatchObject([
      {
        code: 'unreadable-file',
        place: { file: 'd.yaml', line: 9 },
        message: expect.stringMatching(/no\.csv \(\/.*\)/),
      },
    ]);
  });

  test('a line that the platform would not take is a fault of that line', async () => {
    const csv = `from,to,priority\n/uk/a,https://www.mi.com/,1.5\n`;
    const loaded = await loadDocument(inFolder({ 'd.yaml': withRules('r.csv'), 'r.csv': csv }), 'd.yaml');
    expect(loaded.problems).toMatchObject([{ code: 'invalid-rule', place: { file: 'r.csv', line: 2 } }]);
  });

  test('requireDocument fails with all of them', async () => {
    const surroundings = inFolder({ 'd.yaml': withRules('r.csv'), 'r.csv': BROKEN_CSV });
    const failure = await failureOf(requireDocument(surroundings, 'd.yaml'));
    expect(failure).toMatchObject({ code: 'invalid-document', exit: 2 });
    expect(failure.message).toBe('d.yaml has 2 errors.');
  });

  test('what the platform says by pointer is placed in the file that holds it', async () => {
    const csv = 'from,to\n/uk/a,https://www.mi.com/\n/uk/b,https://www.mi.com/\n';
    const loaded = await requireDocument(inFolder({ 'd.yaml': withRules('r.csv'), 'r.csv': csv }), 'd.yaml');
    const problem = (pointer: string) => ({ code: 'x', severity: 'error' as const, message: 'x', place: { pointer } });
    const problems = [problem('/document/rulesets/poco-gb/rules/1/to'), problem('/sites/poco-gb/market')];
    expect(placed(problems, loaded).map(({ place }) => `${place?.file}:${place?.line}`)).toEqual([
      'r.csv:3',
      'd.yaml:5',
    ]);
  });
});
