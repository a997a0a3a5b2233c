import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { ExactPaths } from '../../src/redirects/exact-paths.ts';
import { hashText } from '../../src/redirects/hash.ts';
import { RuleTableBuilder } from '../../src/redirects/rule-table.ts';
import { parseSource } from '../../src/redirects/source.ts';
import { isPlainTarget, parseTarget } from '../../src/redirects/template.ts';
import { OPTIONS } from './compile-rules.ts';

/** A table over a text, in which each path is filed by where it lies. */
function tableOver(paths: readonly string[], expected = paths.length): { table: ExactPaths; starts: number[] } {
  const starts = paths.map((_, index) => paths.slice(0, index).join('').length);
  const rules = new RuleTableBuilder(new TextEncoder().encode(paths.join('')), expected);
  for (let rule = 0; rule < expected; rule++) rules.addSpans(0, 0, 0, 0, 0);
  return { table: new ExactPaths(rules.finish(), new Uint16Array(expected)), starts };
}

const enter = (table: ExactPaths, place: number, path: string, start: number): number =>
  table.enter(place, start, start + path.length, hashText(path), /[A-Z]/.test(path));

test('a table of paths is a Map for each place, wherever their texts lie', () => {
  const path = fc
    .array(fc.constantFrom('a', 'A', 'b', '%20', '-'), { maxLength: 4 })
    .map((parts) => `/${parts.join('/')}`);
  const filing = fc.tuple(path, fc.nat({ max: 2 }), fc.boolean());
  fc.assert(
    fc.property(fc.array(filing, { maxLength: 80 }), fc.nat({ max: 100 }), (filed, expected) => {
      const paths = filed.map(([key]) => key);
      const { table, starts } = tableOver(paths, expected);
      const maps = [0, 1, 2].map(() => new Map<string, number>());
      filed.forEach(([key, place, apart], index) => {
        const home = apart ? table.enterText(place, key) : enter(table, place, key, starts[index] ?? 0);
        const head = table.headAt(home) < 0 ? index : table.headAt(home) + 1000;
        table.setHead(home, head);
        const map = maps[place] ?? new Map();
        map.set(key, map.has(key) ? map.get(key) + 1000 : index);
      });
      maps.forEach((map, place) => {
        expect([...table.of(place)]).toEqual([...map]);
        for (const [key, head] of map) expect(table.get(place, key)).toBe(head);
        expect(table.get(place, '/none')).toBeUndefined();
      });
    }),
  );
});

test('paths beyond two gigabytes of text are found', () => {
  const start = 2 ** 31 + 5;
  // Nothing but the last page of it is ever touched.
  const bytes = new Uint8Array(start + 10);
  bytes.set(new TextEncoder().encode('/far/AWAY'), start);
  const rules = new RuleTableBuilder(bytes, 1);
  rules.addSpans(start, start + 9, start, start, 410);
  const table = new ExactPaths(rules.finish(), new Uint16Array(1));
  table.setHead(enter(table, 0, '/far/AWAY', start), 7);
  expect([table.get(0, '/far/AWAY'), table.get(0, '/far/AWAX'), [...table.of(0)]]).toEqual([
    7,
    undefined,
    [['/far/AWAY', 7]],
  ]);
});

test('paths that differ by case meet, whichever came first', () => {
  const paths = ['/a', '/b', '/A', '/c/D', '/C/d', '/B', '/c/d'];
  const { table, starts } = tableOver(paths);
  for (const [index, path] of paths.entries()) enter(table, 0, path, starts[index] ?? 0);
  enter(table, 1, '/A', starts[2] ?? 0);
  expect(table.twins()).toEqual([
    { place: 0, first: '/a', second: '/A' },
    { place: 0, first: '/c/D', second: '/C/d' },
    { place: 0, first: '/b', second: '/B' },
    { place: 0, first: '/c/D', second: '/c/d' },
  ]);
});

/** Pairs of blocks that leave the hash at one state, found by trying: every choice among them has the same hash. */
function collidingPaths(blocks: number): string[] {
  let paths = ['/'];
  let state = hashText('/');
  for (let block = 0; block < blocks; block++) {
    const seen = new Map<number, string>();
    for (let tried = 0; ; tried++) {
      const text = (Math.imul(tried, 0x9e3779b1) >>> 0).toString(16).padStart(8, '0');
      const next = hashText(paths[0] + text);
      const other = seen.get(next);
      seen.set(next, text);
      if (other === undefined) continue;
      paths = paths.flatMap((path) => [path + other, path + text]);
      state = next;
      break;
    }
  }
  expect(new Set(paths.map(hashText))).toEqual(new Set([state]));
  return paths;
}

test.each([1024, 1])(
  'paths made to have one hash are found, and cost no more than a bounded number of slots, %i expected',
  (expected) => {
    const paths = collidingPaths(10);
    expect(paths).toHaveLength(1024);
    const { table, starts } = tableOver(paths, expected);
    for (const [index, path] of paths.entries()) table.setHead(enter(table, 0, path, starts[index] ?? 0), index);
    expect(paths.map((path) => table.get(0, path))).toEqual(paths.map((_, index) => index));
    const again = paths.map((path, index) => table.headAt(enter(table, 0, path, starts[index] ?? 0)));
    expect(again).toEqual(paths.map((_, index) => index));
    expect([...table.of(0)]).toEqual(paths.map((path, index) => [path, index]));
    expect(table.get(0, `${paths[0]}x`)).toBeUndefined();
    expect(table.crowdedSize).toBe(1024 - 128);
  },
);

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
        '?q=:a',
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
