import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { withTrimmedGroups } from '../../../src/redirects/edges/trimmed-groups.ts';

describe('groups without the slashes in front', () => {
  const all = (count: number): ReadonlySet<number> => new Set(Array.from({ length: count }, (_, at) => at + 1));

  test.each([
    ['/old/(.*)', 1, '/old//*(.*)'],
    ['/(?P<n>.*)/re', 1, '//*(?P<n>.*)/re'],
    ['/a/([^/]+)/(\\d*)', 2, '/a/([^/]+)/(\\d*)'],
    ['/(a|b)/(.*)', 2, '/(a|b)//*(.*)'],
    ['/(\\w+|[a-z.]*)', 1, '/(\\w+|[a-z.]*)'],
  ])('%s', (body, groups, trimmed) => {
    expect(withTrimmedGroups(body, all(groups))).toBe(trimmed);
  });

  test.each(['/(.*)?', '/(.*?)', '/(a|/b)', '/(\\S+)', '/(a*/b)', '/([^a])', '/((?:/x)+)', '/(\\D)'])(
    'not %s',
    (body) => {
      expect(withTrimmedGroups(body, all(1))).toBeUndefined();
    },
  );

  test('take the same paths, and hold the same values but for those slashes', () => {
    const part = fc.constantFrom('(.*)', '(.+)', '(?<n>.*)', '([^/]+)', '/', 'a', '(?:b|/)');
    const bodies = fc
      .array(part, { minLength: 1, maxLength: 5 })
      .map((parts) => `/${parts.join('')}`)
      .filter((body) => body.split('?<n>').length < 3);
    const paths = fc.array(fc.constantFrom('/', 'a', 'b'), { maxLength: 8 }).map((parts) => `/${parts.join('')}`);
    fc.assert(
      fc.property(bodies, paths, (body, path) => {
        const count = body.split(/\((?!\?:)/).length - 1;
        const trimmed = withTrimmedGroups(body, all(count));
        const before = new RegExp(`^(?:${body})$`).exec(path);
        const after = new RegExp(`^(?:${trimmed})$`).exec(path);
        expect(after === null).toBe(before === null);
        // With one group alone: of several, each takes what the others leave.
        if (count === 1) expect(after?.[1] ?? '').toBe((before?.[1] ?? '').replace(/^\/+/, ''));
      }),
      { numRuns: 1000 },
    );
  });
});
