import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type Dialect, redirectsLines } from '../../../src/redirects/formats/redirects-file.ts';
import type { RedirectRule } from '../../../src/redirects/rule.ts';
import { compileRules, locate } from '../compile-rules.ts';

const lines = (text: string, dialect: Dialect) => [...redirectsLines(text, dialect)];
const rulesOf = (text: string, dialect: Dialect): RedirectRule[] =>
  lines(text, dialect).flatMap((one) => (one.kind === 'rule' ? [one.rule] : []));
const reasons = (text: string, dialect: Dialect): (readonly [number, string])[] =>
  lines(text, dialect).flatMap((one) => (one.kind === 'bad' ? [[one.line, one.reason] as const] : []));

describe('Netlify’s _redirects', () => {
  test('comments, blanks, default status, force and query parameters', () => {
    const text = '\uFEFF# moved\r\n/a  /b # why\r\n\r\n/c /d 302!\r\n/s id=3 x=1 https://mi.com/s 308\r\n';
    expect(rulesOf(text, 'netlify')).toEqual([
      { from: '/a', to: '/b', status: 301 },
      { from: '/c', to: '/d', status: 302 },
      { from: '/s?id=3&x=1', to: 'https://mi.com/s', status: 308 },
    ]);
  });

  test('/news/* takes /news too', () => {
    const ruleset = compileRules(rulesOf('/news/* /blog/:splat', 'netlify'));
    expect(locate(ruleset, 'https://po.co/news')).toBe('https://po.co/blog/');
    expect(locate(ruleset, 'https://po.co/news/a/b')).toBe('https://po.co/blog/a/b');
  });

  test('reports what is no redirect here, and every line that order makes dead', () => {
    const text = [
      'news /b',
      '/a',
      '/a 301',
      '/b /c 200',
      '/c /d 301 Country=de',
      '/d id=:id /e',
      '/e what /f',
      '/*/x /f',
      '/g/* /h',
      '/g/1 /i',
      '/g/:a/:b /j',
      '/g /k',
      '/k /1',
      '/k /2',
    ].join('\n');
    expect(reasons(text, 'netlify')).toEqual([
      [1, '`from` is neither a path nor a URL'],
      [2, 'there is no target: a path that starts with "/", or a URL'],
      [3, 'there is no target: a path that starts with "/", or a URL'],
      [4, 'status 200 does not redirect'],
      [5, '"Country=de" is a condition, which a rule here cannot have'],
      [6, 'the query parameter "id=:id" is a placeholder, which a rule here cannot have'],
      [7, '"what" stands where the target or a query parameter is expected'],
      [8, '"*" may only be the last segment of `from`'],
      [10, order(9, '/g/*')],
      [11, order(9, '/g/*')],
      [12, order(9, '/g')],
      [14, order(13, '/k')],
    ]);
  });

  test('a more specific line before a less specific one is as it is here', () => {
    expect(reasons('/g/1 /a\n/g/:x /b\n/g/* /c\n/g /d\n', 'netlify')).toEqual([[4, order(3, '/g')]]);
  });
});

test('Cloudflare finds a :name anywhere in a segment, Netlify as a whole one', () => {
  const text = '/a-:id/b:8 https://mi.com/:id';
  const there = compileRules(rulesOf(text, 'cloudflare'));
  expect(locate(there, 'https://po.co/a-7/b:8')).toBe('https://mi.com/7');
  expect(locate(there, 'https://po.co/a-7/x/b:8')).toBe('none');
  expect(rulesOf(text.replace('https://mi.com/:id', '/x'), 'netlify')).toEqual([
    { from: '/a-:id/b:8', to: '/x', status: 301 },
  ]);
});

test('an earlier line that takes one URL of a later one keeps it, and no more', () => {
  expect(rulesOf('/a/:id https://mi.com/:id.html 308\n/a/b/* https://mi.com/b/:splat', 'netlify')).toEqual([
    { from: '/a/:id', to: 'https://mi.com/:id.html', status: 308 },
    { from: '/a/b/*', to: 'https://mi.com/b/:splat', status: 301 },
    { from: '/a/b/', to: 'https://mi.com/b.html', status: 308, match: 'exact' },
  ]);
  expect(rulesOf('/a/:id/ /:id\n/a/b/* /c/:splat', 'cloudflare').at(-1)).toEqual({
    from: '/a/b/',
    to: '/b',
    status: 302,
    match: 'exact',
  });
});

describe('Cloudflare’s _redirects', () => {
  test('of the slashes that a target’s path begins with, it leaves one out', () => {
    const text =
      '/a https://h.example//a\n/b https://h.example///b\n/c https://h.example/c//c\n/d https://h.example/d\n';
    expect(rulesOf(text, 'cloudflare').map(({ to }) => to)).toEqual([
      'https://h.example/a',
      'https://h.example//b',
      'https://h.example/c//c',
      'https://h.example/d',
    ]);
  });

  test('302 by default; a splat needs its slash, and may stand anywhere', () => {
    const rules = rulesOf('/a/* /b/:splat\n/p*/:id /q/:splat/:id 301', 'cloudflare');
    const ruleset = compileRules(rules, { trailingSlash: 'strict' });
    expect(rules[0]).toEqual({ from: '/a/*', to: '/b/:splat', status: 302 });
    expect(locate(ruleset, 'https://po.co/a')).toBe('none');
    expect(locate(ruleset, 'https://po.co/a/x')).toBe('https://po.co/b/x');
    expect(locate(ruleset, 'https://po.co/p-9/7')).toBe('https://po.co/q/-9/7');
  });

  test.each([
    ['https://po.co/a /b', '`from` is not a path'],
    ['/a', 'it has 1 words; 2 or 3 are expected'],
    ['/a b', 'the target is neither a path nor a URL'],
    ['/a /b 301 x', 'it has 4 words; 2 or 3 are expected'],
    ['/a /b 200', 'status 200 is a rewrite, not a redirect'],
    ['/a /b 404', 'status 404 does not redirect'],
    ['/a /b 3xx', '"3xx" is not a status'],
    ['/a?x=1 /b', '`from` has a query, which this format does not match'],
    ['/a/*/* /b', 'more than one "*" in `from`'],
  ])('refuses %s', (text, reason) => {
    expect(reasons(text, 'cloudflare')).toEqual([[1, reason]]);
  });
});

test('never throws, and every line with content is a rule or a bad line', () => {
  const word = fc.stringMatching(/^[/a-z:*#?=!0-9.]{0,8}$/);
  fc.assert(
    fc.property(
      fc.array(fc.array(word, { maxLength: 4 }), { maxLength: 6 }),
      fc.constantFrom<Dialect>('netlify', 'cloudflare'),
      (words, dialect) => {
        const texts = words.map((one) => one.join(' '));
        const told = new Set(lines(texts.join('\n'), dialect).map(({ line }) => line));
        for (const [index, text] of texts.entries()) {
          expect(told.has(index + 1)).toBe(text.replace(/(^|\s)#.*$/, '').trim() !== '');
        }
      },
    ),
  );
});

function order(line: number, from: string): string {
  return `line ${line} (${from}) comes first and takes its URLs; in this format order decides, here the more specific rule`;
}
