import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { faultByItself, UnusableRules } from '../../../src/cli/rules-files/unusable-rules.ts';
import { compileRuleset } from '../../../src/redirects/compile.ts';
import type { RedirectRule } from '../../../src/redirects/rule.ts';

const OPTIONS = { query: 'preserve', trailingSlash: 'ignore', case: 'sensitive' } as const;
const SITE = ['https://po.co/uk/', 'https://shop.po.co'];

const piece = fc.oneof(
  fc.constantFrom(
    'https://po.co/uk/',
    'https://po.co/us/',
    'https://shop.po.co/',
    '/uk/',
    '/',
    'javascript:',
    'po.co/uk/',
  ),
  fc.constantFrom(
    'a',
    'b.html',
    '..',
    '.',
    '//',
    ':id',
    '*',
    '%2F',
    '%zz',
    '?q=1',
    '#x',
    ' ',
    '\u0007',
    '\\',
    'é',
    '-_',
  ),
);
const text = fc.array(piece, { minLength: 1, maxLength: 4 }).map((pieces) => pieces.join(''));
const target = fc.oneof(
  text,
  fc.constantFrom('https://po.co/gb/x', 'https://1.2.3.400/x', 'https://a..b/x', 'https://xn--a/x'),
);
const rule = fc.record(
  { from: text, to: target, status: fc.constantFrom(301, 302, 410, 999, 308) },
  { requiredKeys: ['from'] },
) as fc.Arbitrary<RedirectRule>;

describe('rules that cannot be used', () => {
  it('are those that compiling leaves out, though most are never compiled', () => {
    fc.assert(
      fc.property(fc.array(rule, { maxLength: 20 }), (rules) => {
        const { problems } = compileRuleset({ rules, siteUrls: SITE, options: OPTIONS, resolveTime: () => 0 });
        const found = new UnusableRules({ siteUrls: SITE, options: OPTIONS }).of(rules);
        expect([...found].map(([index, { code, message }]) => ({ index, code, message }))).toEqual(
          problems.map(({ index, code, message }) => ({ index, code, message })),
        );
      }),
    );
  });

  it.each<[RedirectRule, string | undefined]>([
    [{ from: '/uk/a', to: 'javascript:alert(1)' }, 'invalid-url'],
    [{ from: '/uk/a', to: 'https://po.co/', status: 999 }, 'invalid-status'],
    [{ from: '/uk/a\u001b[2J', to: 'https://po.co/' }, 'control-character'],
    [{ from: '/us/a', to: 'https://po.co/' }, undefined],
  ])('%j is wrong by itself: %s', (one, code) => {
    const problem = new UnusableRules({ siteUrls: SITE, options: OPTIONS }).of([one]).get(0);
    expect(faultByItself(problem)?.code).toBe(code);
  });
});
