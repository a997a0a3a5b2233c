import fc from 'fast-check';
import { expect, test } from 'vitest';
import { compileRuleset } from '../../src/redirects/compile.ts';
import { type MatchResult, matchRule } from '../../src/redirects/match.ts';
import type { RedirectRule, RulesetOptions } from '../../src/redirects/rule.ts';
import { parseRequestUrl, UrlError } from '../../src/redirects/url.ts';
import { UrlMatcher } from '../../src/redirects/url-matcher.ts';
import { OPTIONS, resolveTime } from './compile-rules.ts';

const SITES = ['https://po.co/', 'https://*.po.co/', 'https://x.fr/uk', 'https://po.co:8443/', 'http://x.fr:443/'];

const ODD_HOSTS = [
  'po.co:8443', 'po.co:443', 'x.fr:443', 'x.fr:80', 'PO.co', 'po.co.', 'notpo.co', '*.po.co', 'bücher.po.co', 'xn--bcher-kva.po.co', 'a@po.co',
  '', '127.1',
]; // biome-ignore format: one list
const ODD_PIECES = [
  '/', '/A', '//', '/.', '/..', '/%61', '/%2f', '%', 'ü', '€', '\ud800', ' ', '\t', '\\', ':', '=:x', ';', '~',
]; // biome-ignore format: one list
const ODD_QUERIES = ['?', '?a=1&b=2', '?b=2', '?a', '?a=%31', '?q=é', '?x=:y', '?a=1#top', '#top', '??'];
const ODD_STARTS = ['HTTPS://', 'https:/', '//', '', 'ftp://', ' https://'];

/** Mostly plain ones: what is odd leaves nothing to compare. */
const mostly = <T>(plain: readonly T[], odd: readonly T[]): fc.Arbitrary<T> =>
  fc.oneof({ weight: 8, arbitrary: fc.constantFrom(...plain) }, { weight: 1, arbitrary: fc.constantFrom(...odd) });

const path = fc.array(mostly(['/uk', '/a', '/b.html'], ODD_PIECES), { maxLength: 3 }).map((pieces) => pieces.join(''));
const query = mostly(['', '', '', '?a=1'], ODD_QUERIES);
const host = mostly(['po.co', 'po.co', 'x.fr/uk', 'www.po.co'], ODD_HOSTS);
const url = fc.tuple(mostly(['https://', 'http://'], ODD_STARTS), host, path, query).map((parts) => parts.join(''));

/** Rarely, so that most rules are plain. */
const rarely = <T>(...values: readonly T[]): fc.Arbitrary<T | null> =>
  fc.oneof({ weight: 6, arbitrary: fc.constant(null) }, { weight: 1, arbitrary: fc.constantFrom(...values) });

const rule: fc.Arbitrary<RedirectRule> = fc
  .record({
    from: fc
      .tuple(mostly([''], ['https://', 'http://']), host, path, mostly([''], ODD_QUERIES))
      .map((parts) => parts.join('')),
    to: fc.option(fc.constantFrom('https://www.mi.com/a', 'https://www.mi.com/b?a=2', '/uk/c', 'https://mi.com/ü#x')),
    match: rarely('exact' as const, 'prefix' as const),
    query: rarely('drop' as const, 'preserve' as const),
    enabled: rarely(true, false),
    priority: rarely(0, 1, 2),
    window: rarely({ from: '100' }, { until: '200' }),
  })
  .map(({ from, to, ...more }) => ({
    from,
    ...(to === null ? { status: 410 } : { to }),
    ...Object.fromEntries(Object.entries(more).filter(([, value]) => value !== null)),
  }));
const options: fc.Arbitrary<RulesetOptions> = fc.record({
  query: fc.constantFrom<RulesetOptions['query']>('preserve', 'drop', { significant: ['a'] }),
  trailingSlash: fc.constantFrom('ignore', 'strict'),
  case: fc.constantFrom('sensitive', 'sensitive', 'ignore'),
});

function said(match: () => MatchResult): unknown {
  try {
    return match();
  } catch (error) {
    if (error instanceof UrlError) return error.message;
    throw error;
  }
}

test('a text is answered as the URL that it is', () => {
  fc.assert(
    fc.property(
      fc.array(rule, { maxLength: 12 }),
      options,
      fc.array(url, { maxLength: 10 }),
      fc.constantFrom(0, 150, 250),
      (rules, given, urls, at) => {
        const ruleset = compileRuleset({ rules, options: given, siteUrls: SITES, resolveTime });
        const matcher = new UrlMatcher(ruleset);
        const own = rules.flatMap(({ from }) => [from, `https://${from}`, `http://${from}/`, `https://${from}?z=1`]);
        for (const text of [...own, ...urls])
          expect([text, said(() => matcher.match(text, at))]).toEqual([
            text,
            said(() => matchRule(ruleset, parseRequestUrl(text), at)),
          ]);
      },
    ),
    { numRuns: 1500 },
  );
});

test('no answer has anything of the text before', () => {
  const rules = ['/a', '/a/longer', '/b'].map((from) => ({ from, to: `https://www.mi.com${from}` }));
  const matcher = new UrlMatcher(compileRuleset({ rules, options: OPTIONS, siteUrls: SITES, resolveTime }));
  const asked = [
    '/a/longer?x=1',
    '/a',
    '/a?y',
    '/c/longer',
    `/a?${'z'.repeat(5000)}`,
    '/b',
    `/a?${'z'.repeat(1008)}`,
    `/a?${'z'.repeat(1007)}é`,
  ];
  const locations = asked.map((one) => {
    const match = matcher.match(`https://po.co${one}`, 0);
    return match.kind === 'rule' ? match.location : null;
  });
  expect(locations).toEqual([
    'https://www.mi.com/a/longer?x=1',
    'https://www.mi.com/a',
    'https://www.mi.com/a?y',
    null,
    `https://www.mi.com/a?${'z'.repeat(5000)}`,
    'https://www.mi.com/b',
    `https://www.mi.com/a?${'z'.repeat(1008)}`,
    `https://www.mi.com/a?${'z'.repeat(1007)}%C3%A9`,
  ]);
});
