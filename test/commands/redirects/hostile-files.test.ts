import { readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { run } from '../../cli/support/in-process.ts';

const cwd = fileURLToPath(new URL('../../fixtures/hostile', import.meta.url));

/** What each file is answered with: the beginning of the error, after the file's name. */
const REFUSED: Readonly<Record<string, string>> = {
  'archive.csv': ' is a zip archive (or a spreadsheet).\n  Unpack it, or save it as CSV.\n',
  'array.json': ' holds no rules: it is a JSON array; write one object a line.\n',
  'blank.csv': ' holds no rules: it is empty.\n',
  'bomb.csv.gz': ':2: error invalid-csv: it has 3000004 characters, more than 65536: /aaa',
  'cut.csv.gz': ' is damaged gzip.\n',
  'deep.ndjson': ':1: error invalid-ndjson: `from` is not a text: {"from":[[[',
  'document.pdf': ' holds no rules: it is a PDF.\n',
  'empty.csv': ' holds no rules: it is empty.\n',
  'html.txt': ' holds no rules: it is HTML or XML.\n',
  'huge-status.csv': ':2: error invalid-csv: status "99999999999999999999" is not an HTTP status: /a,/b,999',
  'latin-1.csv': ':2 is not UTF-8.\n  Save it as UTF-8.\n',
  'netlify.txt': ':1: error invalid-redirects: status 200 does not redirect: /a /b 200\n',
  'nul.csv': ':3 holds a NUL byte: it is no text.\n',
  'overlong-utf-8.csv': ':2 is not UTF-8.\n  Save it as UTF-8.\n',
  'prose.txt': ' holds no rules: its first line is no header, no rule, no JSON object.\n',
  'prototype.ndjson': ':1: error invalid-ndjson: the key "__proto__" is not known; known are from, to,',
  'quote-within.csv': ':3: error invalid-csv: text follows the closing quote of a field: "/d"e,/f\n',
  'same-column-twice.csv': ':1: error invalid-csv: the column "from" occurs twice: from,from,to\n',
  'spreadsheet.csv': ' holds no rules: it is HTML or XML.\n',
  'unterminated-quote.csv': ':3: error invalid-csv: a quoted field is never closed: "/c,/d\n',
  'utf-16-be.csv': ' is UTF-16; a rules file is UTF-8.\n  Save it as UTF-8.\n',
  'utf-16-le.csv': ' is UTF-16; a rules file is UTF-8.\n  Save it as UTF-8.\n',
  'utf-16-no-mark.csv': ':1 holds a NUL byte: it is no text.\n',
  'wrong-types.ndjson': ':1: error invalid-ndjson: `from` is not a text: {"from":1,"to":"/b"}\n',
};

/** Files of rules: how many, and what lint finds wrong on which lines. */
const READ: Readonly<Record<string, { readonly rules: number; readonly errors: Readonly<Record<number, string>> }>> = {
  'control-characters.csv': {
    rules: 4,
    errors: { 2: 'control-character', 4: 'control-character', 5: 'control-character' },
  },
  'cr-only.csv': { rules: 2, errors: {} },
  'escaping-targets.csv': {
    rules: 6,
    errors: {
      2: 'open-redirect',
      3: 'invalid-url',
      4: 'open-redirect',
      5: 'invalid-url',
      6: 'invalid-url',
      7: 'invalid-url',
    },
  },
  'formulas.csv': { rules: 2, errors: { 3: 'invalid-url' } },
  'header-only.csv': { rules: 0, errors: {} },
  'mark-within.csv': { rules: 1, errors: {} },
  'mixed-ends.csv': { rules: 3, errors: {} },
  'not-re2.csv': {
    rules: 4,
    errors: { 2: 'invalid-regex', 3: 'invalid-regex', 4: 'invalid-regex', 5: 'invalid-regex' },
  },
  'repeated-header.csv': { rules: 3, errors: { 3: 'invalid-url' } },
  'semicolons.csv': { rules: 1, errors: {} },
  'surrogates.ndjson': { rules: 2, errors: {} },
  'two-marks.csv': { rules: 1, errors: {} },
};

test('every file of the corpus is known', () => {
  const files = readdirSync(cwd).filter((name) => name !== 'README.md');
  expect(files.sort()).toEqual([...Object.keys(REFUSED), ...Object.keys(READ)].sort());
});

describe('a file that holds no rules says why, and where', () => {
  test.each(Object.entries(REFUSED))('%s', async (file, message) => {
    const { stdout, stderr, exit } = await run(['redirects', 'convert', file, '--to', 'ndjson'], { cwd });
    expect(stderr).toContain(file + message);
    expect(stderr).toMatch(/^[\n\x20-\x7e…]+$/);
    expect(stderr.length).toBeLessThan(2000);
    expect([stdout, exit]).toEqual(['', 2]);
  });
});

describe('a file that holds rules says what is wrong with them', () => {
  test.each(Object.entries(READ))('%s', async (file, { rules, errors }) => {
    const convert = ['redirects', 'convert', file, '--to', 'ndjson', '--quiet'];
    const unusable = Object.entries(errors).filter(([, code]) => code !== 'open-redirect');
    const all = await run(convert, { cwd });
    for (const [line, code] of unusable) expect(all.stderr).toContain(`${file}:${line}: error ${code}: `);
    expect(all.stderr).toMatch(/^[\n\x20-\x7e…→]*$/);
    expect(all.exit).toBe(unusable.length === 0 ? 0 : 2);
    const converted = await run([...convert, '--skip-invalid'], { cwd });
    expect(converted.exit).toBe(0);
    expect(converted.stdout.split('\n').filter((line) => line !== '')).toHaveLength(rules - unusable.length);
    const { stdout } = await run(['redirects', 'lint', file, '--url', 'https://po.co/', '--json'], { cwd });
    const findings: readonly { severity: string; code: string; rules: readonly { line: number }[] }[] =
      JSON.parse(stdout).data.findings;
    const found = findings.filter(({ severity }) => severity === 'error').map((one) => [one.rules[0]?.line, one.code]);
    expect(Object.fromEntries(found)).toEqual(errors);
  });
});
