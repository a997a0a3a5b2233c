import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { csvCell, csvLines, tabLines } from '../../../src/cli/output/delimited.ts';

const columns = [
  { key: 'a', header: 'A', value: (row: readonly (string | number)[]) => row[0] },
  { key: 'b', header: 'B', value: (row: readonly (string | number)[]) => row[1] },
];

describe('csvCell', () => {
  it.each([
    ['plain', 'plain'],
    ['', ''],
    ['two words', '"two words"'],
    ['a,b', '"a,b"'],
    ['say "x"', '"say ""x"""'],
    ['=1+1', "'=1+1"],
    ['+49', "'+49"],
    ['-x', "'-x"],
    ['@cmd', "'@cmd"],
    [' =1', `"' =1"`],
    ['\t=1', "'\\t=1"],
    ['a\u001b[31m', 'a\\x1b[31m'],
  ])('writes %j as %s', (text, cell) => {
    expect(csvCell(text)).toBe(cell);
  });

  it('never starts a formula and never breaks a line', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        const cell = csvCell(text);
        expect(cell).not.toMatch(/^"?\s*[=+\-@]/);
        expect(cell).not.toMatch(/[\r\n\t\u001b]/);
      }),
    );
  });
});

describe('csvLines', () => {
  it('has a header of keys, and numbers as they are', () => {
    expect(csvLines([['x', -3]], columns)).toEqual(['a,b', 'x,-3']);
  });
});

describe('tabLines', () => {
  it('keeps a row on one line whatever is in it', () => {
    expect(tabLines([['a\tb\nc', 1]], columns)).toEqual(['A\tB', 'a\\tb\\nc\t1']);
  });
});
