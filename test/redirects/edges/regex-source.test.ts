import { describe, expect, test } from 'vitest';
import { groupNumbers, regexBody } from '../../../src/redirects/edges/regex-source.ts';

describe('regexBody', () => {
  test.each([
    ['^/p/(\\d+)$', '/p/(\\d+)'],
    ['/p/.*', '/p/.*'],
    ['/p/\\$', '/p/\\$'],
    ['/p/[$^]', '/p/[$^]'],
    ['/(?:a|b)$', '/(?:a|b)'],
    ['/a|/b', '/a|/b'],
  ])('takes the anchors off %s', (source, body) => {
    expect(regexBody(source)).toBe(body);
  });

  test.each(['^/a|/b$', '/a$|/b', '/(^a)', '/a\\b', '/\\Aa', '/a\\z', '/\\Qa.b\\E'])(
    'keeps its hands off %s',
    (source) => {
      expect(regexBody(source)).toBeUndefined();
    },
  );
});

test('groupNumbers counts what captures, and knows names', () => {
  const numbers = groupNumbers('/(a)(?:b)(?P<c>[)(]x)\\((?<d>e)(?i:f)');
  expect([...numbers]).toEqual([
    ['1', 1],
    ['2', 2],
    ['c', 2],
    ['3', 3],
    ['d', 3],
  ]);
});
