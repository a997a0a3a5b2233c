import { describe, expect, test } from 'vitest';
import { mayBacktrack } from '../../../src/redirects/edges/backtracking.ts';

describe('expressions that a backtracking matcher may take long over', () => {
  test.each([
    '/(x+x+)+y',
    '/(a*)*',
    '/(.*)*x',
    '/(?:\\w+/?)+',
    '/(a|ab)(?:c|bcd)*(?:a|aa)+x',
    '/(?:a|a)*b',
    '/(?i:(?:[a-z]+)*)\\d',
    '/(?P<n>(\\d+)+)$',
    '/(?:aa?)+b',
    '/(?:[a-z]{1,3}){10,}-',
    '/((?:/[^/]+)+)+x',
    '/(?:\\pL+)+1',
    '/(?:a*b*)+c',
  ])('%s', (body) => {
    expect(mayBacktrack(body)).toBe(true);
  });

  test.each([
    '/old/(.*)',
    '/old/(.*)/(.*)/(.*)',
    '/(?:[^/]+/)*page',
    '/shop(?:/[^/]+)*',
    '/(?:[a-z0-9]+-)*[a-z0-9]+',
    '/(?:foo|far|bar)*',
    '/(?:a|b)+',
    '/(?P<id>\\d{1,8})(?:-[\\w]+)?',
    '/p/(\\d+)(?:\\.html?)?',
    '/(en|en-gb|de)/x',
    '/(?:\\d{1,3}\\.){3}\\d{1,3}',
    '/(?:/[^/]+)*[a-z]+',
    '/a{2}b{2,}(?i)c',
  ])('not %s', (body) => {
    expect(mayBacktrack(body)).toBe(false);
  });

  test('one that is long is read in no time that anybody notices', () => {
    const deep = `${'(?:a'.repeat(300)}${')+'.repeat(300)}`;
    expect(mayBacktrack(deep)).toBe(true);
    expect(mayBacktrack('(?:[a-z]+-)*'.repeat(400))).toBe(false);
  });
});
