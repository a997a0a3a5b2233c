import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { readRulesCsv } from '../../../src/redirects/formats/csv.ts';
import { readRuleTable } from '../../../src/redirects/formats/csv-table.ts';
import { writeRulesCsv } from '../../../src/redirects/formats/csv-write.ts';
import { anyRule } from './rules.ts';

const bytesOf = (text: string): Uint8Array => new TextEncoder().encode(text);

/** The bytes say what the text says. */
function expectSame(text: string): void {
  const table = readRuleTable(bytesOf(text), 'r.csv');
  const whole = readRulesCsv(text, 'r.csv');
  expect([...table.rules]).toEqual(whole.rules);
  expect([...table.lines]).toEqual([...whole.lines]);
  expect(table.problems).toEqual(whole.problems);
}

describe('readRuleTable reads what readRulesCsv reads', () => {
  const cell = fc.constantFrom(
    '/a', 'po.co/b?x=1', ' /c ', '"/d"', '"/e,f"', '"/g""h"', '"/i\n/j"', '"/k\r\n"', "'=1", '"\'-5"', '301', ' 302 ', '"308"', '418', '99',
    '1234', 'moved', '', '""', '"open', '"x"y', 'm"id', 'ü', '\u00a0', '\t', '\u0000', '\u007f', '\uFEFF', '😀', 'PERMANENT',
  ); // biome-ignore format: one list
  const header = fc.constantFrom(
    'from,to,status', 'from;to;status', 'from\tto\tstatus', '\uFEFFfrom,to', 'to,from,status,note', 'Old Url,New Url,Status,Suggested Link',
    'from,status', 'status,"from",to', '\nfrom,to,status,match,priority', 'from,to,type,domain',
  ); // biome-ignore format: one list
  const lineEnd = fc.constantFrom('\n', '\r\n', '\r', '\n\n', ' \n');
  const rows = fc.array(fc.tuple(fc.array(cell, { minLength: 1, maxLength: 5 }), lineEnd), { maxLength: 12 });

  test('whatever the fields and the line ends', () => {
    fc.assert(
      fc.property(header, lineEnd, rows, fc.constantFrom(',', ';', '\t'), (names, end, records, delimiter) => {
        expectSame(names + end + records.map(([cells, stop]) => cells.join(delimiter) + stop).join(''));
      }),
      { numRuns: 3000 },
    );
  });

  test('what is written', () => {
    fc.assert(
      fc.property(fc.array(anyRule, { maxLength: 8 }), (rules) => expectSame([...writeRulesCsv(rules)].join(''))),
    );
  });

  test.each([
    ['a file of nothing', ''],
    ['a header alone', 'from,to'],
    ['a record without a line end', 'from,to,status\n/a,/b,301'],
    ['a quoted note longer than the first window', `from,to,note\n/a,/b,"${'line\n'.repeat(3000)}"\n/c,/d,`],
    ['a quoted note longer than any record', `from,to,note\n/a,/b,"${'line\n'.repeat(30_000)}"\n/c,/d,`],
    ['a line longer than any record', `from,to\n/a,/${'b'.repeat(70_000)}\n/c,/d`],
    ['a line of many bytes that is none', `from,to\n/a,/${'ü'.repeat(40_000)}\n/c,/d`],
    ['a quote that is never closed', `from,to\n/a,/b\n"/c,/d\n${'/e,/f\n'.repeat(2000)}`],
    ['characters of two bytes at every border', `from,to,note\n/a,/b,"${'üx\n'.repeat(60_000)}\n/c,/d,ü`],
  ])('%s', (_, text) => expectSame(text));
});

test('plain records are kept as bytes, and others as they are', () => {
  const { rules } = readRuleTable(bytesOf('from,to,status,note\n/a,/b,301,\n"/c",,410,\n/ü,/b,301,\n/d,/e,301,why\n'));
  expect([0, 1, 2, 3].map((index) => rules.isPacked(index))).toEqual([true, true, false, false]);
  expect([...rules]).toEqual([
    { from: '/a', to: '/b', status: 301 },
    { from: '/c', status: 410 },
    { from: '/ü', to: '/b', status: 301 },
    { from: '/d', to: '/e', status: 301, note: 'why' },
  ]);
});
