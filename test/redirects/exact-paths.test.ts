import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { ExactPaths } from '../../src/redirects/exact-paths.ts';
import { parseSource } from '../../src/redirects/source.ts';
import { isPlainTarget, parseTarget } from '../../src/redirects/template.ts';
import { OPTIONS } from './compile-rules.ts';

test('a table of paths is a Map, whatever texts they are the end of', () => {
  const path = fc
    .array(fc.constantFrom('a', 'A', 'b', '%20', 'ü'), { maxLength: 4 })
    .map((parts) => `/${parts.join('/')}`);
  fc.assert(
    fc.property(fc.array(fc.tuple(path, fc.constantFrom('', 'po.co', 'x')), { maxLength: 80 }), (filed) => {
      const paths = new ExactPaths();
      const map = new Map<string, number>();
      filed.forEach(([key, host], index) => {
        const place = paths.place(key, host + key);
        paths.setHead(place, paths.headAt(place) < 0 ? index : paths.headAt(place) + 1000);
        map.set(key, map.has(key) ? (map.get(key) ?? 0) + 1000 : index);
      });
      expect([...paths]).toEqual([...map]);
      expect(paths.size).toBe(map.size);
      for (const [key, head] of map) expect(paths.get(key)).toBe(head);
      expect(paths.get('/none')).toBeUndefined();
    }),
  );
});

test('paths that differ by case meet', () => {
  const paths = new ExactPaths();
  for (const path of ['/a', '/b', '/A', '/c/D', '/C/d']) paths.place(path, path);
  expect([...paths.likelyTwins()]).toEqual([
    { first: '/a', second: '/A' },
    { first: '/c/D', second: '/C/d' },
  ]);
});

describe('the short way to read a rule is the long one', () => {
  const text = fc
    .array(
      fc.constantFrom(
        'a',
        'Z',
        '9',
        '/',
        '.',
        '..',
        '-',
        '~',
        '%20',
        '%',
        ':',
        '*',
        '?',
        '&',
        '=',
        'q',
        '#',
        '[',
        ' ',
        '\\',
        '\u0000',
        'ü',
        'xn--',
        '@',
      ),
      { maxLength: 14 },
    )
    .map((parts) => parts.join(''));
  const host = fc.constantFrom(
    'po.co',
    'www.po.co',
    'a..b',
    '1.2.3.4',
    '127.1',
    'xn--bcher-kva.de',
    'po.co:80',
    '*.po.co',
    'PO.co',
    'po.co.',
    '',
    '-',
  );

  test('sources', () => {
    fc.assert(
      fc.property(host, text, fc.boolean(), fc.boolean(), (name, rest, ignoreSlash, ignoreCase) => {
        const options = {
          ...OPTIONS,
          trailingSlash: ignoreSlash ? ('ignore' as const) : ('strict' as const),
          case: ignoreCase ? ('ignore' as const) : ('sensitive' as const),
        };
        // A scheme in upper case is no different, and always goes the long way.
        const short = parseSource({ from: `https://${name}/${rest}` }, options);
        expect(short).toEqual(parseSource({ from: `HTTPS://${name}/${rest}` }, options));
      }),
      { numRuns: 3000 },
    );
  });

  test('targets', () => {
    fc.assert(
      fc.property(host, text, (name, rest) => {
        const to = `https://${name}/${rest}`;
        if (isPlainTarget(to)) expect(parseTarget(to, ['q'])).toMatchObject({ text: to, plain: true });
      }),
      { numRuns: 3000 },
    );
    expect(isPlainTarget('https://www.mi.com/global/a-b/%20c/')).toBe(true);
  });
});
