import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { bulkLines, writeBulk } from '../../../src/redirects/formats/cloudflare-bulk.ts';
import type { RedirectRule } from '../../../src/redirects/rule.ts';
import { compileRules, locate } from '../compile-rules.ts';

const rulesOf = (text: string): RedirectRule[] =>
  [...bulkLines(text)].flatMap((one) => (one.kind === 'rule' ? [one.rule] : []));
const at = (text: string, url: string): string =>
  locate(compileRules(rulesOf(text), { trailingSlash: 'strict' }, ['https://po.co/', 'https://*.po.co/']), url);

describe('Cloudflare’s Bulk Redirects', () => {
  test('two fields are enough, and every flag is false without them', () => {
    const text = 'po.co/a,https://mi.com/b\n';
    expect(at(text, 'http://po.co/a?x=1')).toBe('https://mi.com/b');
    expect(at(text, 'https://www.po.co/a')).toBe('none');
    expect(at(text, 'https://po.co/a/c')).toBe('none');
  });

  test('flags: query, subdomains, subpaths with and without their suffix', () => {
    const whole = '"https://po.co/a/",https://mi.com/b/,302,TRUE,TRUE,TRUE,TRUE';
    expect(at(whole, 'https://www.po.co/a/c?x=1')).toBe('https://mi.com/b/c?x=1');
    expect(at(whole, 'http://po.co/a/c')).toBe('none');
    const bare = 'po.co/a,https://mi.com/b,,false,false,true,false';
    expect(at(bare, 'https://po.co/a')).toBe('https://mi.com/b');
    expect(at(bare, 'https://po.co/a/c/d')).toBe('https://mi.com/b');
    expect(at(bare, 'https://po.co/ab')).toBe('none');
    expect(at('po.co/,https://mi.com/,,,,true', 'https://po.co/any/thing')).toBe('https://mi.com/');
  });

  test.each([
    [',https://x.com/', 'the source is empty'],
    ['po.co/a', 'the target is empty'],
    ['po.co/a?b,https://x.com/', 'a source has no query'],
    ['/a,https://x.com/', 'the source has no host'],
    ['*.po.co/a,https://x.com/', 'a source has no wildcard; include_subdomains and subpath_matching say it'],
    ['po.co/a,https://x.com/,303', 'status "303" is none of 301, 302, 307, 308'],
    ['po.co/a,https://x.com/,301,yes', 'preserve_query_string "yes" is neither true nor false'],
    ['po.co/a,https://x.com/,301,,,,,x', 'it has 8 fields, more than 7'],
  ])('refuses %s', (text, reason) => {
    expect([...bulkLines(text)]).toEqual([{ kind: 'bad', line: 1, text, reason }]);
  });

  test('what is written reads back as the same rules, whatever way the flags are spelt', () => {
    const redirect = fc.record({
      source: fc.constantFrom('po.co/', 'https://po.co/a', 'po.co/a/', 'http://po.co/=a'),
      target: fc.constantFrom('https://mi.com/', 'https://mi.com/a,b?c=1'),
      status: fc.constantFrom(301, 302, 307, 308),
      preserveQuery: fc.boolean(),
      includeSubdomains: fc.boolean(),
      subpaths: fc.boolean(),
      preserveSuffix: fc.boolean(),
    });
    fc.assert(
      fc.property(redirect, (one) => {
        const written = writeBulk(one);
        const rules = rulesOf(written);
        expect(rules).toHaveLength((one.includeSubdomains ? 2 : 1) * (one.subpaths && !one.preserveSuffix ? 2 : 1));
        expect(rules.every(({ to, status }) => to === one.target && status === one.status)).toBe(true);
        expect(rules[0]?.query).toBe(one.preserveQuery ? 'preserve' : 'drop');
        expect(rulesOf(written.toUpperCase().replace(/HTTPS?:.*?,/g, (url) => url.toLowerCase()))).toHaveLength(
          rules.length,
        );
      }),
    );
  });
});
