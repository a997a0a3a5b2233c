import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { explainMatch, fallbackLocation, nextWindowChange } from '../../src/redirects/match.ts';
import type { RedirectRule, RulesetOptions } from '../../src/redirects/rule.ts';
import { parseRequestUrl } from '../../src/redirects/url.ts';
import { answer, compileRules, locate, OPTIONS } from './compile-rules.ts';

const MI = 'https://www.mi.com';

interface Case {
  readonly name: string;
  readonly rules: readonly RedirectRule[];
  readonly options?: Partial<RulesetOptions>;
  readonly sites?: readonly string[];
  readonly expected: Readonly<Record<string, string>>;
}

const CASES: readonly Case[] = [
  {
    name: 'an exact rule takes its path alone, with or without the slash',
    rules: [{ from: '/uk/a', to: `${MI}/a` }],
    expected: {
      'https://po.co/uk/a': `${MI}/a`,
      'http://po.co/uk/a/': `${MI}/a`,
      'https://PO.CO.:443/uk/a': `${MI}/a`,
      'https://po.co:8443/uk/a': 'none',
      'https://po.co/uk/A': 'none',
      'https://po.co/uk/a/b': 'none',
      'https://xpo.co/uk/a': 'none',
    },
  },
  {
    name: 'a strict ruleset tells the slash apart, one without case folds it',
    rules: [{ from: '/A', to: `${MI}/a` }],
    options: { trailingSlash: 'strict', case: 'ignore' },
    expected: { 'https://po.co/a': `${MI}/a`, 'https://po.co/A': `${MI}/a`, 'https://po.co/A/': 'none' },
  },
  {
    name: 'a prefix covers whole segments and appends the rest',
    rules: [{ from: '/uk', to: `${MI}/global/`, match: 'prefix' }],
    expected: {
      'https://po.co/uk': `${MI}/global/`,
      'https://po.co/uk/': `${MI}/global/`,
      'https://po.co/uk/x/y': `${MI}/global/x/y`,
      'https://po.co/ukraine': 'none',
      'https://po.co/u': 'none',
    },
  },
  {
    name: 'a prefix whose target has :splat puts the rest there',
    rules: [{ from: '/uk', to: `${MI}/:splat/end?was=:splat`, match: 'prefix' }],
    expected: { 'https://po.co/uk/x/y': `${MI}/x/y/end?was=x/y` },
  },
  {
    name: 'a prefix of the root covers everything; the longest prefix wins',
    rules: [
      { from: '/', to: `${MI}/`, match: 'prefix' },
      { from: '/a/b', to: `${MI}/ab`, match: 'prefix' },
      { from: '/a', to: `${MI}/a`, match: 'prefix' },
    ],
    expected: {
      'https://po.co': `${MI}/`,
      'https://po.co/z': `${MI}/z`,
      'https://po.co/a/c': `${MI}/a/c`,
      'https://po.co/a/b/c': `${MI}/ab/c`,
    },
  },
  {
    name: 'a pattern binds whole segments; /* needs its slash and may be empty',
    rules: [
      { from: '/p/:id/:idx', to: `${MI}/:idx/p-:id.html` },
      { from: '/news/*', to: `${MI}/n/:splat` },
    ],
    expected: {
      'https://po.co/p/1/2': `${MI}/2/p-1.html`,
      'https://po.co/p/1': 'none',
      'https://po.co/p//2': 'none',
      'https://po.co/news': 'none',
      'https://po.co/news/': `${MI}/n/`,
      'https://po.co/news/a/b': `${MI}/n/a/b`,
    },
  },
  {
    name: 'literal before name before splat, from the left',
    rules: [
      { from: '/:a/x', to: `${MI}/1` },
      { from: '/p/*', to: `${MI}/2` },
      { from: '/p/:a', to: `${MI}/3` },
      { from: '/p/q', to: `${MI}/4`, match: 'pattern' },
    ],
    expected: {
      'https://po.co/p/x': `${MI}/3`,
      'https://po.co/p/q': `${MI}/4`,
      'https://po.co/p/x/y': `${MI}/2`,
      'https://po.co/z/x': `${MI}/1`,
    },
  },
  {
    name: 'exact over pattern over prefix over regex',
    rules: [
      { from: '/p/.*', to: `${MI}/regex`, match: 'regex' },
      { from: '/p/b', to: `${MI}/prefix`, match: 'prefix' },
      { from: '/p/b/:x', to: `${MI}/pattern` },
      { from: '/p/b/c', to: `${MI}/exact` },
    ],
    expected: {
      'https://po.co/p/b/c': `${MI}/exact`,
      'https://po.co/p/b/d': `${MI}/pattern`,
      'https://po.co/p/b': `${MI}/prefix`,
      'https://po.co/p/b/c/d': `${MI}/prefix/c/d`,
      'https://po.co/p/z': `${MI}/regex`,
    },
  },
  {
    name: 'a regex matches the whole path; groups by number and name',
    rules: [{ from: '^/p/(\\d+)(?P<tail>/x)?$', to: `${MI}/:1/t:tail`, match: 'regex' }],
    expected: {
      'https://po.co/p/12/x': `${MI}/12/t/x`,
      'https://po.co/p/12/': `${MI}/12/t`,
      'https://po.co/q/p/12': 'none',
    },
  },
  {
    name: 'exact host over subdomain, longer wildcard over shorter, never the apex',
    rules: [
      { from: '*.po.co/*', to: `${MI}/any` },
      { from: '*.uk.po.co/*', to: `${MI}/uk` },
      { from: 'fr.po.co/', to: `${MI}/fr`, match: 'prefix' },
    ],
    sites: ['https://*.po.co/', 'https://po.co/'],
    expected: {
      'https://de.po.co/x': `${MI}/any`,
      'https://a.b.po.co/x': `${MI}/any`,
      'https://a.uk.po.co/x': `${MI}/uk`,
      'https://fr.po.co/x': `${MI}/fr/x`,
      'https://po.co/x': 'none',
    },
  },
  {
    name: 'a rule with a scheme over one without, then conditions, then priority',
    rules: [
      { from: '/a', to: `${MI}/plain` },
      { from: 'http://po.co/a', to: `${MI}/http` },
      { from: '/a?id=3', to: `${MI}/three` },
      { from: '/a?id=3&c=1', to: `${MI}/three-one` },
      { from: '/b', to: `${MI}/low`, priority: -1 },
      { from: '/b', to: `${MI}/high`, priority: 1 },
    ],
    expected: {
      'http://po.co/a?id=3': `${MI}/http?id=3`,
      'https://po.co/a': `${MI}/plain`,
      'https://po.co/a?id=3': `${MI}/three`,
      'https://po.co/a?utm=1&id=3': `${MI}/three?utm=1`,
      'https://po.co/a?c=1&id=3': `${MI}/three-one`,
      'https://po.co/a?id=4': `${MI}/plain?id=4`,
      'https://po.co/a?id=3&id=4': `${MI}/plain?id=3&id=4`,
      'https://po.co/b': `${MI}/high`,
    },
  },
  {
    name: 'rules without a host hold on each host under which their path lies',
    rules: [
      { from: '/uk/a', to: `${MI}/uk` },
      { from: '/b', to: `${MI}/b` },
      { from: '//shop.po.co/b', to: `${MI}/shop` },
    ],
    sites: ['https://po.co/uk/', 'https://shop.po.co/', 'https://www.po.co/'],
    expected: {
      'https://po.co/uk/a': `${MI}/uk`,
      'https://shop.po.co/uk/a': `${MI}/uk`,
      'https://po.co/b': 'none',
      'https://www.po.co/b': `${MI}/b`,
    },
  },
  {
    name: 'preserve: the target’s own parameters win, one question mark, before the fragment',
    rules: [{ from: '/a', to: `${MI}/a?q=1#top` }],
    expected: {
      'https://po.co/a': `${MI}/a?q=1#top`,
      'https://po.co/a?q=2&r=%zz&&s=a%2fb': `${MI}/a?q=1&r=%25zz&s=a%2Fb#top`,
    },
  },
  {
    name: 'drop and significant, also per rule',
    rules: [
      { from: '/a', to: `${MI}/a`, query: 'drop' },
      { from: '/b', to: `${MI}/b` },
    ],
    options: { query: { significant: ['q'] } },
    expected: { 'https://po.co/a?q=1': `${MI}/a`, 'https://po.co/b?x=1&q=1&y=2': `${MI}/b?q=1` },
  },
  {
    name: 'a visitor’s path is text, never syntax',
    rules: [
      { from: '/x/*', to: `${MI}/:splat` },
      { from: '/q/:v', to: `${MI}/s?q=:v` },
      { from: '/own/*', to: '/:splat' },
    ],
    expected: {
      'https://po.co/x/$&/:splat': `${MI}/$&/:splat`,
      'https://po.co/x//evil.com': `${MI}/evil.com`,
      'https://po.co/x/\\evil.com': `${MI}/evil.com`,
      'https://po.co/x/%0d%0aSet-Cookie:a': `${MI}/%0D%0ASet-Cookie:a`,
      'https://po.co/own//evil.com': 'https://po.co/evil.com',
      'https://po.co/own/%2F%2Fevil.com': 'https://po.co/%2F%2Fevil.com',
      'https://po.co/q/a&b=c+d': `${MI}/s?q=a%26b%3Dc%2Bd`,
    },
  },
  {
    name: '410 has no Location; a disabled rule does not answer',
    rules: [
      { from: '/gone', status: 410 },
      { from: '/off', to: `${MI}/`, enabled: false },
    ],
    expected: { 'https://po.co/gone': '410', 'https://po.co/off': 'none' },
  },
];

describe('matchRule', () => {
  for (const { name, rules, options, sites, expected } of CASES) {
    test(name, () => {
      const ruleset = compileRules(rules, options, sites);
      expect(ruleset.problems).toEqual([]);
      const found = Object.fromEntries(Object.keys(expected).map((url) => [url, locate(ruleset, url)]));
      expect(found).toEqual(expected);
    });

    test(`${name}, in any order of the file`, () => {
      const ruleset = compileRules([...rules].reverse(), options, sites);
      const found = Object.fromEntries(Object.keys(expected).map((url) => [url, locate(ruleset, url)]));
      expect(found).toEqual(expected);
    });
  }

  test('the order of the file never decides', () => {
    const segment = fc.constantFrom('a', 'b', ':x', ':y');
    const path = fc.array(segment, { minLength: 1, maxLength: 3 }).map((segments) => `/${segments.join('/')}`);
    const rule: fc.Arbitrary<RedirectRule> = fc
      .record({
        path,
        shape: fc.constantFrom('', '/*', '?q=1', '?q=1&r=2'),
        host: fc.constantFrom('', '//po.co', 'http://po.co', '*.co'),
        prefix: fc.boolean(),
        priority: fc.integer({ min: 0, max: 1 }),
        to: fc.constantFrom('1', '2'),
      })
      .map(({ path: at, shape, host, prefix, priority, to }) => ({
        from: `${host}${at}${shape}`,
        to: MI + to,
        priority,
        ...(prefix && shape !== '/*' ? { match: 'prefix' as const } : {}),
      }));
    const request = fc
      .tuple(fc.array(fc.constantFrom('a', 'b', 'c'), { maxLength: 4 }), fc.constantFrom('', '?q=1', '?r=2&q=1'))
      .map(([segments, query]) => `/${segments.join('/')}${query}`);
    fc.assert(
      fc.property(fc.array(rule, { maxLength: 12 }), fc.array(request, { maxLength: 8 }), (rules, requests) => {
        const sites = ['https://po.co/', 'https://*.co/'];
        const forward = compileRules(rules, {}, sites);
        const backward = compileRules([...rules].reverse(), {}, sites);
        for (const one of requests) {
          for (const origin of ['https://po.co', 'http://po.co', 'https://x.co']) {
            expect(locate(backward, origin + one)).toBe(locate(forward, origin + one));
          }
        }
      }),
      { numRuns: 300 },
    );
  });

  test('many rules for one path are told apart by their query', () => {
    const rules: RedirectRule[] = Array.from({ length: 500 }, (_, id) => ({
      from: `/p.php?id=${id}&v=1`,
      to: `${MI}/${id}`,
    }));
    rules.push({ from: '/p.php', to: `${MI}/all` }, { from: '/p.php?id=7&v=1&w=2', to: `${MI}/seven` });
    const ruleset = compileRules(rules);
    expect(locate(ruleset, 'https://po.co/p.php?v=1&id=499&z=0')).toBe(`${MI}/499?z=0`);
    expect(locate(ruleset, 'https://po.co/p.php?v=1&w=2&id=7')).toBe(`${MI}/seven`);
    expect(locate(ruleset, 'https://po.co/p.php?v=1&id=500')).toBe(`${MI}/all?v=1&id=500`);
  });

  test('windows are half open', () => {
    const ruleset = compileRules([
      { from: '/a', to: `${MI}/1`, window: { from: '10', until: '20' } },
      { from: '/a', to: `${MI}/2`, window: { from: '20' } },
    ]);
    const at = [9, 10, 19, 20].map((time) => locate(ruleset, 'https://po.co/a', time));
    expect(at).toEqual(['none', `${MI}/1`, `${MI}/1`, `${MI}/2`]);
    const url = parseRequestUrl('https://po.co/a');
    expect([0, 10, 20].map((time) => nextWindowChange(ruleset, url, time))).toEqual([10, 20, null]);
    expect(nextWindowChange(ruleset, parseRequestUrl('https://po.co/b'), 0)).toBeNull();
  });

  test('the index and the status of the winner', () => {
    const ruleset = compileRules([
      { from: '/b', to: MI },
      { from: '/a', to: MI, status: 308 },
    ]);
    expect(answer(ruleset, 'https://po.co/a')).toEqual({ kind: 'rule', index: 1, status: 308, location: `${MI}/` });
  });
});

describe('explainMatch', () => {
  test('says why each rule whose path fits does or does not answer', () => {
    const ruleset = compileRules([
      { from: '/a', to: `${MI}/off`, enabled: false },
      { from: '/a', to: `${MI}/late`, window: { from: '10' } },
      { from: 'http://po.co/a', to: `${MI}/http` },
      { from: '/a?id=1', to: `${MI}/one` },
      { from: '/*', to: `${MI}/all` },
      { from: '/a', to: `${MI}/won`, priority: -1 },
      { from: '/other', to: `${MI}/other` },
    ]);
    const { result, considered } = explainMatch(ruleset, parseRequestUrl('https://po.co/a'), 0);
    expect(result).toMatchObject({ kind: 'rule', index: 5 });
    expect(considered[0]).toMatchObject({ index: 5, outcome: 'won' });
    expect(Object.fromEntries(considered.map((one) => [one.index, one.outcome]))).toEqual({
      5: 'won',
      0: 'disabled',
      1: 'outside-window',
      2: 'scheme-differs',
      3: 'query-differs',
      4: 'less-specific',
    });
    expect(considered.find((one) => one.index === 4)?.why).toBe('an exact path outranks a pattern');
  });
});

describe('fallbackLocation', () => {
  const url = parseRequestUrl('https://po.co/x?utm=1');

  test('applies the query policy', () => {
    const fallback = { to: `${MI}/global/`, status: 302 } as const;
    expect(fallbackLocation({ ...OPTIONS, fallback }, url)).toBe(`${MI}/global/?utm=1`);
    expect(fallbackLocation({ ...OPTIONS, query: 'drop', fallback }, url)).toBe(`${MI}/global/`);
  });

  test('may be gone, or absent', () => {
    expect(fallbackLocation({ ...OPTIONS, fallback: { status: 410 } }, url)).toBeNull();
    expect(fallbackLocation(OPTIONS, url)).toBeNull();
  });
});
