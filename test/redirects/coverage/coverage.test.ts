import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { coverageOf, LandingSums, withSuggestions } from '../../../src/redirects/coverage/coverage.ts';
import { type Landing, type LandingInput, landingOf } from '../../../src/redirects/coverage/landing.ts';
import { VisitTally } from '../../../src/redirects/coverage/visit-tally.ts';
import { matchRule } from '../../../src/redirects/match.ts';
import type { RedirectRule, RulesetOptions } from '../../../src/redirects/rule.ts';
import { parseRequestUrl } from '../../../src/redirects/url.ts';
import { compileRules } from '../compile-rules.ts';

const RULES: readonly RedirectRule[] = [
  { from: '/uk/phones/f6', to: 'https://www.mi.com/uk/poco-f6' },
  { from: '/uk/phones/x6-pro', to: 'https://www.mi.com/uk/poco-x6-pro' },
  { from: '/uk/support', to: 'https://www.mi.com/uk/support' },
  { from: '/uk/p/123456-case', to: 'https://www.mi.com/uk/accessories/case' },
  { from: '/uk/news/2023', to: 'https://www.mi.com/uk/news' },
  { from: '/uk/off', to: 'https://www.mi.com/uk/off', enabled: false },
  { from: '/uk/old', status: 410 },
  { from: '/uk/to-old', to: '/uk/old' },
  { from: '/uk/two', to: 'https://po.co/uk/support' },
  { from: '/uk/loop1', to: '/uk/loop2' },
  { from: '/uk/loop2', to: '/uk/loop1' },
  { from: '/uk/self', to: 'https://po.co/uk/self' },
  { from: '/uk/dead', to: 'https://po.co/uk/nowhere' },
  { from: '/uk/early', to: 'https://www.mi.com/early', window: { from: '1000' } },
];

const SITE = ['https://po.co/uk/'];
const compile = (options: Partial<RulesetOptions> = {}, more: readonly RedirectRule[] = []) =>
  compileRules([...RULES, ...more], options, SITE);

function measure(visits: Readonly<Record<string, number>>, top = 20, options: Partial<RulesetOptions> = {}) {
  const ruleset = compile(options);
  const tally = new VisitTally(ruleset, 'https://po.co');
  for (const [url, hits] of Object.entries(visits)) tally.add(url, hits);
  return measured({ ruleset, at: 0, siteIsKnown: true }, tally.hits, top);
}

function measured(input: LandingInput, hits: ReadonlyMap<string, number>, top: number) {
  const found = coverageOf({ hits, landing: follow(input), top });
  return { ...found, uncovered: withSuggestions(input, found.uncovered, new Set()) };
}

const follow =
  (input: LandingInput) =>
  (url: string): Landing =>
    landingOf(input, parseRequestUrl(url));

describe('where a visitor lands', () => {
  test.each([
    ['/uk/phones/f6', 'redirect'],
    ['/uk/two', 'redirect'],
    ['/uk/old', 'gone'],
    ['/uk/to-old', 'dead-end'],
    ['/uk/dead', 'dead-end'],
    ['/uk/loop1', 'loop'],
    ['/uk/self', 'loop'],
    ['/uk/off', 'not-found'],
    ['/uk/early', 'not-found'],
    ['/uk/none', 'not-found'],
  ])('%s: %s', (path, landing) => {
    const input = { ruleset: compile(), at: 0, siteIsKnown: true };
    expect(landingOf(input, parseRequestUrl(`https://po.co${path}`))).toBe(landing);
  });

  test('a window is open at its instant', () => {
    const input = { ruleset: compile(), at: 1000, siteIsKnown: true };
    expect(landingOf(input, parseRequestUrl('https://po.co/uk/early'))).toBe('redirect');
  });

  test('a fallback is for nobody in particular', () => {
    const url = parseRequestUrl('https://po.co/uk/none');
    const to = compile({ fallback: { to: 'https://www.mi.com/', status: 302 } });
    expect(landingOf({ ruleset: to, at: 0, siteIsKnown: true }, url)).toBe('fallback');
    const gone = compile({ fallback: { status: 410 } });
    expect(landingOf({ ruleset: gone, at: 0, siteIsKnown: true }, url)).toBe('fallback-gone');
  });

  test('a site that was guessed from its rules may serve what they lead to', () => {
    const input = { ruleset: compile(), at: 0, siteIsKnown: false };
    expect(landingOf(input, parseRequestUrl('https://po.co/uk/dead'))).toBe('redirect');
  });
});

describe('what is added up', () => {
  test('a query that no rule asks for, and the scheme, make no other URL', () => {
    const tally = new VisitTally(compile(), 'https://po.co');
    for (const url of ['/uk/a?utm=1', 'http://po.co/uk/a', 'https://PO.CO/uk/%61?x']) tally.add(url, 2);
    expect([...tally.hits]).toEqual([['https://po.co/uk/a', 6]]);
  });

  test('what a rule asks for does', () => {
    const ruleset = compile({}, [
      { from: '/uk/p?id=1', to: 'https://www.mi.com/1' },
      { from: 'http://po.co/uk/plain', to: 'https://www.mi.com/plain' },
    ]);
    const tally = new VisitTally(ruleset, 'https://po.co');
    for (const url of ['/uk/p?utm=1&id=1', '/uk/p?id=2', 'http://po.co/uk/p?id=2']) tally.add(url, 1);
    expect([...tally.hits.keys()]).toEqual([
      'https://po.co/uk/p?id=1',
      'https://po.co/uk/p?id=2',
      'http://po.co/uk/p?id=2',
    ]);
  });

  test('leaving out what makes no difference changes no rule that answers', () => {
    const ruleset = compile({}, [
      { from: '/uk/p?id=1', to: 'https://www.mi.com/1' },
      { from: '/uk/p?id=1&b=2', to: 'https://www.mi.com/2' },
      { from: '/uk/p', to: 'https://www.mi.com/p' },
    ]);
    const parameter = fc.constantFrom('id=1', 'id=2', 'id', 'b=2', 'utm=x', 'b=2&b=2', '%69d=1', '');
    fc.assert(
      fc.property(fc.array(parameter), fc.constantFrom('http', 'https'), (parameters, scheme) => {
        const url = `${scheme}://po.co/uk/p?${parameters.join('&')}`;
        const tally = new VisitTally(ruleset, 'https://po.co');
        tally.add(url, 1);
        const [key = ''] = tally.hits.keys();
        const [whole, reduced] = [url, key].map((text) => matchRule(ruleset, parseRequestUrl(text), 0));
        expect(reduced?.kind === 'rule' && reduced.index).toBe(whole?.kind === 'rule' && whole.index);
      }),
    );
  });

  test('of more URLs than may be held, the heavy ones stay and no hit is lost', () => {
    const most = 20;
    fc.assert(
      fc.property(fc.array(fc.nat(200), { maxLength: 400 }), (pages) => {
        const input = { ruleset: compile(), at: 0, siteIsKnown: true };
        const landing = follow(input);
        const before = new LandingSums();
        const onLetGo = (url: string, hits: number): void => void before.add(landing(url), hits);
        const tally = new VisitTally(input.ruleset, 'https://po.co', { most, onLetGo });
        pages.forEach((page, place) => {
          tally.add(`/uk/nobody/${page}`, 1);
          // As often as all of the others together.
          if (place % 2 === 0) tally.add('/uk/heavy', 2);
        });
        expect(tally.hits.size).toBeLessThanOrEqual(most);
        const { hits, uncovered } = coverageOf({ hits: tally.hits, landing, top: 1, before });
        const heavy = 2 * Math.ceil(pages.length / 2);
        expect(hits).toBe(pages.length + heavy);
        if (pages.length > 0) expect(uncovered).toMatchObject([{ url: 'https://po.co/uk/heavy', hits: heavy }]);
      }),
    );
  });

  test('other sites are set aside, and what is no URL has a reason', () => {
    const tally = new VisitTally(compile(), 'https://po.co');
    expect(tally.add('https://po.co/fr/a', 5)).toBeUndefined();
    expect(tally.add('ftp://po.co/uk/a', 1)).toContain('its scheme is "ftp"');
    expect([tally.outsideHits, tally.hits.size]).toEqual([5, 0]);
  });
});

describe('coverage', () => {
  test('counts hits and URLs, and lists the heaviest that do not land well', () => {
    const result = measure({ '/uk/phones/f6': 90, '/uk/old': 5, '/uk/x': 1, '/uk/y': 3, '/uk/loop1': 1 }, 2);
    expect(result).toMatchObject({ urls: 5, hits: 100, covered: { urls: 2, hits: 95, share: 0.95 } });
    expect(result.outcomes).toMatchObject({ redirect: { hits: 90, urls: 1 }, 'not-found': { hits: 4, urls: 2 } });
    expect(result.uncovered.map(({ url, hits }) => [url, hits])).toEqual([
      ['https://po.co/uk/y', 3],
      ['https://po.co/uk/loop1', 1],
    ]);
  });

  test.each([
    ['the same name', '/uk/shop/f6', 'https://www.mi.com/uk/poco-f6', '/uk/phones/f6 has the same name and goes there'],
    ['the name of a target', '/uk/all/poco-f6.html', 'https://www.mi.com/uk/poco-f6', 'it has the same name'],
    ['the product id', '/uk/b/123456.html', 'https://www.mi.com/uk/accessories/case', 'the product id 123456'],
    ['like words', '/uk/phones/x6-pro-5g', 'https://www.mi.com/uk/poco-x6-pro', 'the most alike'],
    ['a folder', '/uk/support/contact', 'https://www.mi.com/uk/support', 'the nearest path above it'],
  ])('suggests by %s', (_, from, to, why) => {
    expect(measure({ [from]: 1 }).uncovered[0]?.suggestion).toEqual({ from, to, why: expect.stringContaining(why) });
  });

  test('an id in a query is one too, where rules ask for it', () => {
    const ruleset = compile({}, [{ from: '/uk/item?id=123456', to: 'https://www.mi.com/item' }]);
    const hits = new Map([['https://po.co/uk/x?id=123456', 1]]);
    const { uncovered } = measured({ ruleset, at: 0, siteIsKnown: true }, hits, 1);
    expect(uncovered[0]?.suggestion).toMatchObject({ from: '/uk/x?id=123456', why: expect.stringContaining('123456') });
  });

  test.each([
    ['nothing is like it', '/uk/zzz'],
    ['a year is no product', '/uk/b/report-2023-x'],
    ['the model is switched off', '/uk/x/off'],
    ['a rule answers already', '/uk/dead'],
    ['it would be read as a pattern', '/uk/support/:id'],
  ])('suggests nothing where %s', (_, path) => {
    expect(measure({ [path]: 1 }).uncovered).toMatchObject([{ url: `https://po.co${path}`, suggestion: null }]);
  });

  test('what the site itself answers is set aside', () => {
    const hits = new Map([
      ['https://po.co/uk/a', 3],
      ['https://po.co/uk/b', 1],
    ]);
    const landing = (url: string): Landing => (url.endsWith('a') ? 'served' : 'redirect');
    const found = coverageOf({ hits, landing, top: 5 });
    expect(found).toMatchObject({ urls: 1, hits: 1, covered: { share: 1 }, uncovered: [] });
    expect(found.outcomes.served).toEqual({ urls: 1, hits: 3 });
  });

  test('a target that is known to lead nowhere is not suggested; the next best is', () => {
    const input = { ruleset: compile(), at: 0, siteIsKnown: true };
    const { uncovered } = measure({ '/uk/shop/f6': 1 });
    const [first] = withSuggestions(input, uncovered, new Set());
    const [second] = withSuggestions(input, uncovered, new Set([first?.suggestion?.to ?? '']));
    expect(first?.suggestion?.to).toBe('https://www.mi.com/uk/poco-f6');
    expect(second?.suggestion?.to).not.toBe('https://www.mi.com/uk/poco-f6');
  });

  test('every suggestion, added to the rules, makes its URL land well', () => {
    const word = fc.constantFrom('f6', 'x6-pro', 'phones', 'support', '123456', 'case', 'dead', 'nowhere', 'uk', ':id');
    fc.assert(
      fc.property(fc.array(word, { minLength: 1, maxLength: 4 }), (words) => {
        const url = `https://po.co/uk/${words.join('/')}`;
        const [found] = measure({ [url]: 1 }).uncovered;
        if (found === undefined || found.suggestion === null) return;
        const { from, to } = found.suggestion;
        const ruleset = compile({}, [{ from, to }]);
        expect(landingOf({ ruleset, at: 0, siteIsKnown: true }, parseRequestUrl(url))).toBe('redirect');
      }),
    );
  });
});
