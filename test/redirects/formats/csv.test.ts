import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { readRulesCsv } from '../../../src/redirects/formats/csv.ts';
import { writeRulesCsv } from '../../../src/redirects/formats/csv-write.ts';
import type { RedirectRule } from '../../../src/redirects/rule.ts';
import { anyRule } from './rules.ts';

const TO = 'https://www.mi.com/';

describe('readRulesCsv', () => {
  const HEADERS: readonly (readonly [string, string, RedirectRule])[] = [
    ['the rule’s own keys', `from,to,status\n/a,${TO},302\n`, { from: '/a', to: TO, status: 302 }],
    [
      'a byte order mark, CRLF, blanks and quotes',
      `\uFEFFfrom , to\r\n  "/a,b"  ,\t${TO}  \r\n`,
      { from: '/a,b', to: TO },
    ],
    ['GOV.UK', 'Old Url,New Url,Status\nhttp://x.gov.uk/a,,410', { from: 'http://x.gov.uk/a', status: 410 }],
    ['Shopify', `Redirect from,Redirect to\n/a,${TO}`, { from: '/a', to: TO }],
    [
      'VTEX',
      `from;to;type;endDate;binding\n/a;${TO};PERMANENT;2025-01-01T00:00Z;7`,
      { from: '/a', to: TO, status: 301, window: { until: '2025-01-01T00:00Z' } },
    ],
    [
      'BigCommerce',
      `Domain,Old Path,Manual URL/Path,Dynamic Target Type,Dynamic Target ID\nshop.po.co,/a,${TO},,`,
      { from: 'shop.po.co/a', to: TO },
    ],
    [
      'every key',
      `from,to,status,match,query,window.from,window.until,priority,note,enabled\n/a,${TO},308,prefix,significant:q id,1,2,'-5,"two\nlines",false`,
      {
        from: '/a',
        to: TO,
        status: 308,
        match: 'prefix',
        query: { significant: ['q', 'id'] },
        window: { from: '1', until: '2' },
        priority: -5,
        note: 'two\nlines',
        enabled: false,
      },
    ],
  ];

  test.each(HEADERS)('knows %s', (_, text, rule) => {
    const { rules, problems } = readRulesCsv(text);
    expect(problems).toEqual([]);
    expect(rules).toEqual([rule]);
  });

  test('reports every bad line with its number, text and reason, and keeps the good ones', () => {
    const text = [
      'from,to,status,match,enabled',
      `/ok1,${TO}`,
      `,${TO}`,
      `/a,${TO},moved`,
      `/b,${TO},301,glob`,
      `/c,${TO},301,exact,perhaps`,
      `/d,${TO},301,exact,true,more`,
      `"/e"x,${TO}`,
      '',
      `/ok2,"${TO}"`,
      `"/never,${TO}`,
      `/ok3,${TO}`,
    ].join('\n');
    const { rules, lines, problems } = readRulesCsv([text], 'r.csv');
    expect(rules.map((rule) => rule.from)).toEqual(['/ok1', '/ok2', '/ok3']);
    expect([...lines]).toEqual([2, 10, 12]);
    expect(problems.map((problem) => [problem.line, problem.reason])).toEqual([
      [3, '`from` is empty'],
      [4, 'status "moved" is not an HTTP status'],
      [5, 'match "glob" is none of exact, prefix, pattern, regex'],
      [6, 'enabled "perhaps" is neither true nor false'],
      [7, 'it has 6 fields and the header 5'],
      [8, 'text follows the closing quote of a field'],
      [11, 'a quoted field is never closed'],
    ]);
    expect(problems[6]).toMatchObject({ file: 'r.csv', text: `"/never,${TO}` });
  });

  test.each([
    ['', 'there is no header line; at least from,to is needed'],
    ['to,status\n', 'the header has no column "from"'],
    ['from,status\n', 'the header has no column "to"'],
    [
      `/a,${TO},301\n/b,${TO},301\n`,
      'the header is missing: the first line is a rule, and has to name the columns, as in from,to,status',
    ],
    ['from,from,to\n', 'the column "from" occurs twice'],
    [
      `from,to,colour\n/a,${TO}`,
      'the column "colour" is not known; known are from, to, status, match, query, window.from, window.until, priority, note, enabled',
    ],
  ])('refuses the header of %j', (text, reason) => {
    const { rules, problems } = readRulesCsv(text);
    expect(rules).toEqual([]);
    expect(problems).toMatchObject([{ line: 1, reason }]);
  });

  test('counts lines through quoted line ends of every kind', () => {
    const { lines } = readRulesCsv(`from,to,note\r\n/a,${TO},"1\r\n2\r3\n4"\r\n/b,${TO},`);
    expect([...lines]).toEqual([2, 6]);
  });

  test('never throws, and every non-blank line is a rule or a problem', () => {
    const text = fc.array(fc.constantFrom('"', ',', '\n', '\r', 'a', ' ', "'", '=', '\t', ';'), { maxLength: 60 });
    fc.assert(
      fc.property(text, (characters) => {
        const { rules, lines, problems } = readRulesCsv(`from,to\n${characters.join('')}`);
        expect(lines.length).toBe(rules.length);
        const blank = characters.every((one) => one === '\n' || one === '\r' || one === ' ' || one === '\t');
        expect(rules.length + problems.length > 0).toBe(!blank);
      }),
    );
  });
});

describe('writeRulesCsv', () => {
  const cell = fc.string({
    unit: fc.constantFrom('a', '/', '=', '+', '-', '@', "'", '"', ',', ';', '\n', '\r', '\t', ' ', 'é', '😀'),
    maxLength: 12,
  });

  test('what is written reads back the same', () => {
    fc.assert(
      fc.property(fc.array(anyRule, { maxLength: 5 }), (rules) => {
        const { rules: read, problems } = readRulesCsv(writeRulesCsv(rules));
        expect(problems).toEqual([]);
        expect(read).toEqual(rules);
      }),
    );
  });

  test('no cell can start a formula', () => {
    fc.assert(
      fc.property(
        cell.filter((text) => /^[=+\-@\t\r]/.test(text)),
        (note) => {
          const line = [...writeRulesCsv([{ from: '/a', note }])][1] ?? '';
          const written = line.split(',').slice(8).join(',');
          expect(written).toMatch(/^"?'/);
        },
      ),
    );
  });
});
