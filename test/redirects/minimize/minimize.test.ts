import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type MinimizeInput, minimizeRules } from '../../../src/redirects/minimize/index.ts';
import type { RedirectRule, RulesetOptions } from '../../../src/redirects/rule.ts';
import { compileRules, locate, OPTIONS, resolveTime } from '../compile-rules.ts';

const MI = 'https://www.mi.com/global';

function inputOf(
  rules: readonly RedirectRule[],
  more: Partial<MinimizeInput> = {},
  options: Partial<RulesetOptions> = {},
): MinimizeInput {
  return { rules, options: { ...OPTIONS, ...options }, siteUrls: ['https://po.co/'], resolveTime, ...more };
}

const pages = (count: number, rule: (page: string) => RedirectRule): readonly RedirectRule[] =>
  Array.from({ length: count }, (_, index) => rule(`p${index}`));

const texts = (rules: readonly RedirectRule[]): readonly string[] =>
  rules.map(({ from, to }) => `${from} ${to ?? 410}`);

describe('what many rules have in common', () => {
  const CASES: readonly (readonly [string, readonly RedirectRule[], readonly string[]])[] = [
    [
      'a page that keeps its name',
      pages(6, (page) => ({ from: `/uk/${page}`, to: `${MI}/${page}/` })),
      [`/uk/:page ${MI}/:page/`],
    ],
    ['a folder that has gone', pages(6, (page) => ({ from: `/old/${page}`, status: 410 })), ['/old/:page 410']],
    [
      'an exception stays exact',
      [...pages(6, (page) => ({ from: `/uk/${page}`, to: `${MI}/${page}` })), { from: '/uk/x', to: `${MI}/other` }],
      [`/uk/:page ${MI}/:page`, `/uk/x ${MI}/other`],
    ],
    [
      'folders of one habit',
      ['phones', 'watches'].flatMap((folder) =>
        pages(5, (page) => ({ from: `/uk/${folder}/${page}`, to: `${MI}/${folder}/${page}` })),
      ),
      [`/uk/:section/:page ${MI}/:section/:page`],
    ],
    [
      'too few rules show no habit',
      pages(4, (page) => ({ from: `/uk/${page}`, to: `${MI}/${page}` })),
      texts(pages(4, (page) => ({ from: `/uk/${page}`, to: `${MI}/${page}` }))),
    ],
    [
      'rules with conditions are left alone',
      pages(6, (page) => ({ from: `/uk?id=${page}`, to: `${MI}/${page}` })),
      texts(pages(6, (page) => ({ from: `/uk?id=${page}`, to: `${MI}/${page}` }))),
    ],
  ];

  test.each(CASES)('%s', (_, rules, expected) => {
    expect(texts(minimizeRules(inputOf(rules)).rules)).toEqual(expected);
  });

  test('a URL of a log that the fallback answers as the pattern would keeps nothing apart', () => {
    const rules = pages(6, (page) => ({ from: `/uk/${page}`, to: `${MI}/`, status: 302 }));
    const log = { urls: ['https://po.co/uk/new'] };
    const refusedWith = (options: Partial<RulesetOptions>) =>
      minimizeRules(inputOf(rules, log, options)).refused.length;
    expect(refusedWith({})).toBe(1);
    expect(refusedWith({ fallback: { to: `${MI}/`, status: 302 } })).toBe(0);
    expect(refusedWith({ fallback: { to: `${MI}/other`, status: 302 } })).toBe(1);
  });

  test('a name is carried only where case tells pages apart', () => {
    const rules = pages(6, (page) => ({ from: `/uk/${page}`, to: `${MI}/${page}` }));
    expect(minimizeRules(inputOf(rules, {}, { case: 'ignore' })).rules).toEqual(rules);
  });

  test('a URL of the log that had no answer still has none', () => {
    const rules = pages(6, (page) => ({ from: `/uk/${page}`, to: `${MI}/${page}` }));
    const { rules: kept, refused } = minimizeRules(
      inputOf(rules, { urls: ['https://po.co/uk/open', 'no url at all:'] }),
    );
    expect(kept).toEqual(rules);
    expect(refused).toMatchObject([{ rule: { from: '/uk/:page' }, because: { url: 'https://po.co/uk/open' } }]);
  });

  test('a wider rule below keeps the URLs it has', () => {
    const rules: readonly RedirectRule[] = [
      ...pages(6, (page) => ({ from: `/uk/${page}`, to: `${MI}/${page}` })),
      { from: '/uk', to: `${MI}/everything`, match: 'prefix' },
    ];
    const minimized = minimizeRules(inputOf(rules));
    expect(minimized.rules).toEqual(rules);
    expect(minimized.refused[0]?.because.url).toContain('/uk/example');
  });
});

test('no URL of the rules or of the log changes its answer', () => {
  const segment = fc.constantFrom('a', 'b', 'c', 'd', 'e', 'f');
  const path = fc.array(segment, { minLength: 1, maxLength: 3 }).map((segments) => `/${segments.join('/')}`);
  const rule: fc.Arbitrary<RedirectRule> = fc
    .record({
      from: path,
      habit: fc.constantFrom('same', 'same', 'one', 'gone', 'own'),
      kind: fc.constantFrom('', '', '', '', '', '?q=1', '/*', 'prefix'),
      window: fc.constantFrom(undefined, undefined, undefined, { until: '5' }),
      own: path,
    })
    .map(({ from, habit, kind, window, own }) => {
      const open = window === undefined ? {} : { window };
      const source = kind === 'prefix' ? { from, match: 'prefix' as const } : { from: from + kind };
      if (habit === 'gone') return { ...source, status: 410, ...open };
      const to = { same: from, one: '/all', own }[habit] ?? own;
      return { ...source, to: MI + to, ...open };
    });
  const origin = fc.constantFrom('https://po.co', 'http://po.co');
  const log = fc.array(
    fc.tuple(origin, path, fc.constantFrom('', '/', '?q=1')).map((parts) => parts.join('')),
    { maxLength: 6 },
  );
  fc.assert(
    fc.property(fc.array(rule, { minLength: 5, maxLength: 40 }), log, (rules, urls) => {
      const { rules: fewer, merged } = minimizeRules(inputOf(rules, { urls, atLeast: 2 }));
      expect(fewer.length).toBe(rules.length - merged.reduce((sum, { replaces }) => sum + replaces.length - 1, 0));
      const [before, after] = [compileRules(rules), compileRules(fewer)];
      const own = rules.map(({ from }) => `https://po.co${from.replace('/*', '/z')}`);
      for (const url of [...own, ...urls]) {
        for (const at of [0, 5]) expect([url, locate(after, url, at)]).toEqual([url, locate(before, url, at)]);
      }
    }),
    { numRuns: 300 },
  );
});
