import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { readHeaderMap } from '../../../src/redirects/formats/header-map.ts';
import { readRules } from '../../../src/redirects/formats/read.ts';
import { writeRules } from '../../../src/redirects/formats/write.ts';
import { anyRule } from './rules.ts';

const read = (text: string | Iterable<string>) => readRules(text, { format: 'ndjson', file: 'r.ndjson' });

describe('NDJSON', () => {
  test('what is written reads back the same', () => {
    fc.assert(
      fc.property(fc.array(anyRule, { maxLength: 5 }), (rules) => {
        const { rules: again, problems } = read(writeRules(rules, 'ndjson'));
        expect(problems).toEqual([]);
        expect(again).toEqual(rules);
      }),
    );
  });

  test('lines that come in pieces are put together', () => {
    const text = '\uFEFF{"from":"/a","to":"/b"}\r\n\r\n{"from":"/c","status":410}';
    fc.assert(
      fc.property(fc.array(fc.nat({ max: text.length }), { maxLength: 6 }), (cuts) => {
        const places = [0, ...cuts.toSorted((a, b) => a - b), text.length];
        const pieces = places.slice(1).map((end, index) => text.slice(places[index], end));
        const { rules, lines } = read(pieces);
        expect(rules).toEqual([
          { from: '/a', to: '/b' },
          { from: '/c', status: 410 },
        ]);
        expect([...lines]).toEqual([1, 3]);
      }),
    );
  });

  test.each([
    ['nonsense', 'it is not JSON'],
    ['[]', 'it is not a JSON object'],
    ['null', 'it is not a JSON object'],
    ['{"to":"/b"}', '`from` is missing'],
    ['{"from":7}', '`from` is not a text'],
    ['{"from":"/a","status":"301"}', '`status` is not a number'],
    ['{"from":"/a","enabled":"yes"}', '`enabled` is neither true nor false'],
    ['{"from":"/a","match":"glob"}', '`match` is none of exact, prefix, pattern, regex'],
    ['{"from":"/a","query":["q"]}', '`query` is none of "preserve", "drop", {"significant": [names]}'],
    ['{"from":"/a","window":{"till":"x"}}', '`window` is not {"from": time, "until": time}'],
    [
      '{"from":"/a","colour":"red"}',
      'the key "colour" is not known; known are from, to, status, match, query, window, priority, note, enabled',
    ],
  ])('says what is wrong with %s, and goes on', (line, reason) => {
    const { rules, problems } = read(`${line}\n{"from":"/ok"}\n`);
    expect(rules).toEqual([{ from: '/ok' }]);
    expect(problems).toEqual([{ code: 'invalid-ndjson', file: 'r.ndjson', line: 1, text: line, reason }]);
  });

  test('a line of two megabytes is one bad line, shown in short', () => {
    const { rules, problems } = read(`{"from":"/${'a'.repeat(2_000_000)}"}\n{"from":"/ok"}`);
    expect(rules).toHaveLength(1);
    expect(problems[0]?.reason).toBe('it has 2000012 characters, more than 65536');
    expect(problems[0]?.text.length).toBeLessThan(1100);
  });
});

describe('readHeaderMap', () => {
  test('names what columns and keys stand for', () => {
    const map = readHeaderMap('from=Old URL, to=New\\, better,ignore=Owner');
    if (typeof map === 'string') throw new Error(map);
    expect(readRules('Old URL;New, better;Owner\n/a;/b;me', { format: 'csv', map })).toMatchObject({
      rules: [{ from: '/a', to: '/b' }],
      problems: [],
    });
    expect(readRules('{"Old URL":"/a","Owner":"me"}', { format: 'ndjson', map }).rules).toEqual([{ from: '/a' }]);
  });

  test('a mapped name outranks what a header would mean by itself', () => {
    const map = readHeaderMap('to=Source,from=Target');
    if (typeof map === 'string') throw new Error(map);
    expect(readRules('Source,Target\n/b,/a', { format: 'csv', map }).rules).toEqual([{ from: '/a', to: '/b' }]);
  });

  test.each([
    ['from', '"from" is not KEY=COLUMN'],
    ['from=', '"from=" is not KEY=COLUMN'],
    [
      'form=Old',
      '"form" is none of from, to, status, match, query, window.from, window.until, priority, note, enabled, ignore',
    ],
    ['from=A,to=A', 'the column "A" is mapped twice'],
  ])('refuses %s', (text, reason) => {
    expect(readHeaderMap(text)).toBe(reason);
  });

  test('a mapped column that is not there is named', () => {
    const map = new Map([['Old', 'from']]);
    expect(readRules('old,to\n/a,/b', { format: 'csv', map }).problems).toMatchObject([
      { line: 1, reason: 'there is no column "Old"; there are old, to' },
    ]);
  });
});
