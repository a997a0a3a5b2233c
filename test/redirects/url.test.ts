import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { canonicalPath, canonicalQuery } from '../../src/redirects/canonical.ts';
import { hasControlCharacter } from '../../src/redirects/characters.ts';
import { matchRule } from '../../src/redirects/match.ts';
import type { RedirectRule } from '../../src/redirects/rule.ts';
import { formatUrl, parseRequestUrl, parseSiteUrl, siteUrlCovers, UrlError } from '../../src/redirects/url.ts';
import { compileRules } from './compile-rules.ts';

const hostile = fc.string({
  unit: fc.constantFrom(
    '/',
    '\\',
    '.',
    '..',
    '%',
    '%2F',
    '%2e',
    '%5c',
    '%0d%0A',
    '%25',
    '%C3%A9',
    ':',
    '@',
    '?',
    '#',
    '&',
    '=',
    '+',
    ';',
    ' ',
    'é',
    '\uD800',
    '😀',
    '$&',
    '*',
    '|',
    '[',
    'a',
    'Z',
    '~',
    '//evil.com',
  ),
  maxLength: 25,
});

describe('canonicalPath', () => {
  test.each([
    ['', '/'],
    ['/a/./b/../c', '/a/c'],
    ['/../..', '/'],
    ['/a/..', '/'],
    ['/a/.', '/a/'],
    ['/a//b/', '/a//b/'],
    ['/%7euser/%41', '/~user/A'],
    ['/a%2fb%23c', '/a%2Fb%23c'],
    ['/%2525', '/%2525'],
    ['/%zz/100%', '/%25zz/100%25'],
    ['/%%34%31', '/%2541'],
    ['/%2e%2E/a/%2e', '/a/'],
    ['/a\\..\\b', '/b'],
    ['/é b"<>|[]^`{}', '/%C3%A9%20b%22%3C%3E%7C%5B%5D%5E%60%7B%7D'],
    ['/.well-known/x', '/.well-known/x'],
    ['/...', '/...'],
    ["/a;b=1,2!$&'()*+:@", "/a;b=1,2!$&'()*+:@"],
    ['/\uD800', '/%EF%BF%BD'],
  ])('%j is %j', (raw, canonical) => {
    expect(canonicalPath(raw)).toBe(canonical);
  });

  test('is a fixed point, starts with a slash, and holds nothing but URL text', () => {
    fc.assert(
      fc.property(hostile, (raw) => {
        const path = canonicalPath(`/${raw}`);
        expect(canonicalPath(path)).toBe(path);
        expect(path).toMatch(/^\/(?:[A-Za-z0-9\-._~!$&'()*+,;=:@/]|%[0-9A-F]{2})*$/);
        expect(path.split('/')).not.toContain('..');
      }),
    );
  });

  test('agrees with the URL Standard on where a path leads, but for what it decodes', () => {
    fc.assert(
      fc.property(
        fc.array(fc.constantFrom('a', 'b', '.', '..', '%2e', '', '%2F', 'c%20d'), { maxLength: 8 }),
        (segments) => {
          const raw = `/${segments.join('/')}`;
          expect(canonicalPath(raw)).toBe(new URL(`https://po.co${raw}`).pathname);
        },
      ),
    );
  });
});

test('canonicalQuery is a fixed point', () => {
  fc.assert(
    fc.property(hostile, (raw) => {
      const query = canonicalQuery(raw);
      expect(canonicalQuery(query)).toBe(query);
    }),
  );
});

describe('parseRequestUrl', () => {
  test.each([
    ['HTTPS://PO.CO.:443/UK', 'https://po.co/UK'],
    ['http://po.co:80', 'http://po.co/'],
    ['http://po.co:443/', 'http://po.co:443/'],
    ['po.co/a#b', 'https://po.co/a'],
    ['//po.co?x', 'https://po.co/?x'],
    ['https://münchen.de/', 'https://xn--mnchen-3ya.de/'],
    ['https://XN--MNCHEN-3YA.de/', 'https://xn--mnchen-3ya.de/'],
    ['https://po。co/', 'https://po.co/'],
    ['https://127.1/', 'https://127.0.0.1/'],
    ['https://[::1]:8080/', 'https://[::1]:8080/'],
    ['https://po.co\\a', 'https://po.co/a'],
    ['https://po.co/a?b?c=%7e&d=%2f#?', 'https://po.co/a?b?c=~&d=%2F'],
  ])('%j is %j', (text, canonical) => {
    expect(formatUrl(parseRequestUrl(text))).toBe(canonical);
  });

  test.each([
    ['', 'it has no host'],
    ['/a', 'it has no host'],
    ['https://', 'it has no host'],
    ['https:/po.co', '"//" is missing after "https:"'],
    ['mailto:a@po.co', 'its scheme is "mailto"; only http and https redirect'],
    ['https://a:b@po.co/', 'it holds a user name or password'],
    ['https://po.co:0/', '"0" is not a port'],
    ['https://po.co:x/', '"x" is not a port'],
    ['https://p o.co/', '"p o.co" is not a host name'],
    ['https://a..b/', '"a..b" is not a host name'],
    ['https://*.po.co/', 'a request has one host, no wildcard'],
    ['https://po.co/a\nb', 'it holds a control character'],
  ])('refuses %j: %s', (text, reason) => {
    expect(() => parseRequestUrl(text)).toThrow(UrlError);
    expect(() => parseRequestUrl(text)).toThrow(reason);
  });

  test('is a fixed point, or a UrlError, whatever comes', () => {
    fc.assert(
      fc.property(fc.constantFrom('https://po.co', 'http://', '//', ''), hostile, (start, rest) => {
        let once: string;
        try {
          once = formatUrl(parseRequestUrl(start + rest));
        } catch (error) {
          expect(error).toBeInstanceOf(UrlError);
          return;
        }
        expect(formatUrl(parseRequestUrl(once))).toBe(once);
      }),
    );
  });
});

describe('siteUrlCovers', () => {
  test.each([
    ['https://po.co/uk/', 'https://po.co/uk', true],
    ['https://po.co/uk', 'http://po.co/uk/', true],
    ['https://po.co/uk', 'https://po.co/uk/x', true],
    ['https://po.co/uk', 'https://po.co/ukraine', false],
    ['https://po.co/uk', 'https://po.co/%75k/x', true],
    ['https://po.co', 'https://www.po.co/', false],
    ['https://*.po.co', 'https://a.b.po.co/', true],
    ['https://*.po.co', 'https://po.co/', false],
    ['https://*.po.co', 'https://xpo.co/', false],
    ['https://poco.in:8443', 'https://poco.in/', false],
    ['https://poco.in:8443', 'https://poco.in:8443/x', true],
  ])('%s and %s: %s', (site, url, covers) => {
    expect(siteUrlCovers(parseSiteUrl(site), parseRequestUrl(url)) >= 0).toBe(covers);
  });

  test('ranks an exact host over a wildcard, and a longer base path over a shorter one', () => {
    const url = parseRequestUrl('https://in.po.co/a/b');
    const ranked = [
      'https://in.po.co/a/b',
      'https://in.po.co/a',
      'https://in.po.co',
      'https://*.po.co/a/b',
      'https://*.co/a/b',
    ];
    const ranks = ranked.map((site) => siteUrlCovers(parseSiteUrl(site), url));
    expect([...ranks].sort((a, b) => b - a)).toEqual(ranks);
    expect(new Set(ranks).size).toBe(ranks.length);
  });
});

describe('the Location of any request', () => {
  const RULES: readonly RedirectRule[] = [
    { from: '/p', to: 'https://www.mi.com/', match: 'prefix' },
    { from: '/q', to: '/', match: 'prefix' },
    { from: '/x/*', to: 'https://www.mi.com/:splat' },
    { from: '/o/*', to: '/:splat' },
    { from: '/n/:a/:b', to: 'https://www.mi.com/:b:a?q=:a&own=1#:b' },
    { from: '/r/(.*?)/(.*)', to: 'https://www.mi.com/:2/:1', match: 'regex' },
    { from: '/e', to: 'https://www.mi.com' },
  ];
  const ruleset = compileRules(RULES);

  test('is on the target’s host, is one URL of plain text, and keeps the target’s own parameters', () => {
    expect(ruleset.problems).toEqual([]);
    const start = fc.constantFrom('/p', '/q', '/x', '/o', '/n', '/r', '/e');
    fc.assert(
      fc.property(start, hostile, fc.option(hostile), (first, rest, query) => {
        const url = parseRequestUrl(`https://po.co${first}/${rest}${query === null ? '' : `?${query}`}`);
        const result = matchRule(ruleset, url, 0);
        if (result.kind === 'none' || result.location === null) return;
        const { location } = result;
        const rule = RULES[result.index];
        const parsed = new URL(location);
        expect(parsed.origin).toBe(rule?.to?.startsWith('/') ? 'https://po.co' : 'https://www.mi.com');
        expect(parsed.pathname.startsWith('//')).toBe(false);
        expect(parsed.username + parsed.password).toBe('');
        expect(hasControlCharacter(location)).toBe(false);
        expect(location).toMatch(/^[!-~]+$/);
        if (rule?.from === '/n/:a/:b') expect(parsed.searchParams.getAll('own')).toEqual(['1']);
      }),
      { numRuns: 2000 },
    );
  });
});
