import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type Headers, pageFacts } from '../../src/live-verify/page-facts.ts';

const AT = 'https://www.mi.com/global/a';

const CASES: readonly (readonly [string, Headers, string, string | null, boolean])[] = [
  ['nothing', {}, '<html><head></head><body></body>', null, false],
  ['a relative link', {}, '<link rel="canonical" href="/global/b">', 'https://www.mi.com/global/b', false],
  [
    'any order, quote and case',
    {},
    "<LINK HREF='https://x.test/?a=1&amp;b=2' REL=Canonical>",
    'https://x.test/?a=1&b=2',
    false,
  ],
  ['a link of another kind', {}, '<link rel="alternate" href="/b">', null, false],
  ['a link in a comment', {}, '<!-- <link rel=canonical href=/b> -->', null, false],
  ['a link in a script', {}, '<script>"<link rel=canonical href=/b>"</script>', null, false],
  ['a link in the body', {}, '<head></head><body><link rel=canonical href=/b>', null, false],
  ['a comment that never ends', {}, '<!-- <meta name=robots content=noindex>', null, false],
  ['a link that was cut off', {}, '<link rel=canonical href="/glo', null, false],
  [
    'a header',
    { link: '</x.css>; rel=preload, </global/c>; rel="canonical"' },
    '',
    'https://www.mi.com/global/c',
    false,
  ],
  ['robots', {}, '<meta name="robots" content="NOINDEX, follow">', null, true],
  ['robots: none', {}, '<meta content=none name=googlebot>', null, true],
  ['robots in the body', {}, '<body><meta name=robots content=noindex>', null, true],
  ['robots that allow', {}, '<meta name="robots" content="index, max-snippet:-1">', null, false],
  ['another meta', {}, '<meta name="description" content="noindex">', null, false],
  ['a robots header', { 'x-robots-tag': ['unavailable_after: 2030', 'googlebot: noindex'] }, '', null, true],
  ['a robots header that allows', { 'x-robots-tag': 'noimageindex' }, '', null, false],
];

test.for(CASES)('%s', ([, headers, text, canonical, noindex]) => {
  expect(pageFacts(AT, headers, text)).toEqual({ canonical, noindex });
});

describe('hostile pages', () => {
  const FULL = 256 * 1024;
  test.for(['<!--', '<script ', '<meta ', '<meta name=', '<link a', 'a=', '<meta x = "', ' ', '</body'])(
    'of %j alone are read',
    (part) => {
      expect(pageFacts(AT, {}, part.repeat(FULL / part.length)).canonical).toBeNull();
    },
  );

  test('of anything give facts or none', () => {
    const part = fc.constantFrom(
      '<link ',
      '<meta ',
      'rel=canonical ',
      'href="',
      'http://[',
      '">',
      '<!--',
      '-->',
      'name=robots ',
      '\0',
      '\ud800',
    );
    fc.assert(
      fc.property(fc.array(part), (parts) => {
        const { canonical } = pageFacts(AT, {}, parts.join(''));
        expect(canonical === null || URL.canParse(canonical)).toBe(true);
      }),
    );
  });
});
