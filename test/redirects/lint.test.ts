import fc from 'fast-check';
import { describe, expect, onTestFinished, test, vi } from 'vitest';
import { Answers } from '../../src/redirects/lint/answers.ts';
import { applyFixes, type Finding, type LintInput, lintRules } from '../../src/redirects/lint/index.ts';
import type { RedirectRule, RulesetOptions } from '../../src/redirects/rule.ts';
import { parseSiteUrl } from '../../src/redirects/url.ts';
import { compileRules } from './compile-rules.ts';

const MI = 'https://www.mi.com';

interface Site {
  readonly id: string;
  readonly url: string;
  readonly rules: readonly RedirectRule[];
  readonly options?: Partial<RulesetOptions>;
}

function inputOf(sites: readonly Site[], more: Partial<LintInput> = {}): LintInput {
  return {
    rulesets: sites.map(({ id, url, rules, options }) => ({ id, compiled: compileRules(rules, options, [url]) })),
    exceptions: [],
    ...more,
  };
}

function lint(
  rules: readonly RedirectRule[],
  options: Partial<RulesetOptions> = {},
  more: Partial<LintInput> = {},
): Finding[] {
  return lintRules(inputOf([{ id: 'poco', url: 'https://po.co/', rules, options }], more));
}

const summary = (findings: readonly Finding[]): readonly string[] =>
  findings.map((finding) => `${finding.code} ${finding.rules.map((rule) => rule.from).join(' ')}`);

/** Whether following a URL comes back to one that was seen, or passes any length. */
function neverArrives(input: LintInput, start: string, at = 0): boolean {
  const answers = new Answers(input);
  const seen = new Set<string>();
  for (let url = start; ; ) {
    if (seen.has(url) || url.length > 5000) return true;
    seen.add(url);
    const location = answers.hop(url, at)?.location;
    if (location === undefined || location === null) return false;
    url = location.split('#', 1)[0] ?? '';
  }
}

describe('rules that cannot be rules', () => {
  const CASES: readonly (readonly [string, RedirectRule])[] = [
    ['invalid-url', { from: '', to: MI }],
    ['invalid-url', { from: 'ftp://po.co/a', to: MI }],
    ['invalid-url', { from: 'https://user@po.co/a', to: MI }],
    ['invalid-url', { from: 'https://po.co:99999/a', to: MI }],
    ['invalid-url', { from: 'https://po..co/a', to: MI }],
    ['invalid-url', { from: '/a' }],
    ['invalid-url', { from: '/a', to: 'javascript:alert(1)' }],
    ['invalid-url', { from: '/a', to: '//evil.com/' }],
    ['invalid-url', { from: '/a', to: '/\\evil.com/' }],
    ['invalid-url', { from: '/a', to: 'https://www.mi.com\\@evil.com' }],
    ['invalid-url', { from: '/a', to: 'www.mi.com/a' }],
    ['invalid-url', { from: '/a', to: 'https://a:b@www.mi.com/' }],
    ['invalid-status', { from: '/a', to: MI, status: 200 }],
    ['invalid-status', { from: '/a', to: MI, status: 410 }],
    ['control-character', { from: '/a\n', to: `${MI}/a\r\nSet-Cookie: a=b` }],
    ['control-character', { from: '/a\u0000b', to: MI }],
    ['outside-site', { from: 'https://other.example/a', to: MI }],
    ['open-redirect', { from: '/x/*', to: 'https://:splat/' }],
    ['open-redirect', { from: '/x/*', to: 'https://www.mi.com:splat' }],
    ['open-redirect', { from: '/x/:a', to: 'https://:a.mi.com/' }],
    ['open-redirect', { from: '/x/(.*)', to: 'https://$1/', match: 'regex' }],
    ['unknown-placeholder', { from: '/x/:id', to: `${MI}/:idx` }],
    ['unknown-placeholder', { from: '/x', to: `${MI}/a?b=:b` }],
    ['unknown-placeholder', { from: '/x/(.*)', to: `${MI}/$1`, match: 'regex' }],
    ['invalid-pattern', { from: '/x/*/y/:z', to: MI }],
    ['invalid-pattern', { from: '/:a/:a', to: MI }],
    ['invalid-pattern', { from: '/:a.html', to: MI }],
    ['invalid-pattern', { from: '/p?id=:id', to: MI }],
    ['invalid-regex', { from: '/(a', to: MI, match: 'regex' }],
    ['invalid-regex', { from: '/(?=a)', to: MI, match: 'regex' }],
    ['invalid-window', { from: '/a', to: MI, window: { from: 'soon' } }],
    ['invalid-window', { from: '/a', to: MI, window: { from: '5', until: '5' } }],
    ['invalid-priority', { from: '/a', to: MI, priority: Number.NaN }],
    ['invalid-query', { from: '/a?id=1', to: MI, query: { significant: ['q'] } }],
  ];

  test.each(CASES)('%s: %j', (code, rule) => {
    const [finding, ...more] = lint([rule]);
    expect(more).toEqual([]);
    expect(finding).toMatchObject({
      code,
      severity: 'error',
      rules: [{ ruleset: 'poco', file: 'rules.csv', line: 2, index: 0 }],
    });
  });

  test('a colon in a word, a port and a time are text', () => {
    const rules = ['/wiki/Talk:Foo', ':8443/x', '/at/12:30', '/%3Aid'].map((path, index) => ({
      from: `/${index}`,
      to: MI + path,
    }));
    expect(lint(rules)).toEqual([]);
  });

  test('a wrong fallback is reported as the ruleset’s', () => {
    expect(lint([], { fallback: { to: '/:x', status: 302 } })).toMatchObject([
      { code: 'unknown-placeholder', rules: [{ from: '(fallback)', index: -1 }] },
    ]);
  });

  test('the base path of a site is matched by segments', () => {
    const compiled = compileRules(
      [
        { from: '/ukraine', to: MI },
        { from: '/uk', to: MI },
        { from: '/', to: MI, match: 'prefix' },
      ],
      {},
      ['https://po.co/uk/'],
    );
    expect(compiled.problems.map((problem) => [problem.code, problem.index])).toEqual([
      ['outside-site', 0],
      ['outside-site', 2],
    ]);
  });
});

describe('ties', () => {
  const CASES: readonly (readonly [string, readonly RedirectRule[], readonly string[]])[] = [
    [
      'the same rule twice',
      [
        { from: '/a', to: MI },
        { from: '/a', to: MI },
      ],
      ['duplicate /a /a'],
    ],
    [
      'one URL in two spellings',
      [
        { from: '/a', to: MI },
        { from: '/%61/', to: MI },
      ],
      ['duplicate /a /%61/'],
    ],
    [
      'different answers',
      [
        { from: '/a', to: `${MI}/1` },
        { from: '/a', to: `${MI}/2` },
      ],
      ['conflict /a /a'],
    ],
    [
      'different statuses',
      [
        { from: '/a', to: MI },
        { from: '/a', to: MI, status: 302 },
      ],
      ['conflict /a /a'],
    ],
    [
      'patterns of one shape',
      [
        { from: '/:x/a', to: `${MI}/:x` },
        { from: '/:y/a', to: `${MI}/2` },
      ],
      ['conflict /:x/a /:y/a'],
    ],
    [
      'patterns of different shape',
      [
        { from: '/:x/a', to: MI },
        { from: '/a/:y', to: `${MI}/2` },
      ],
      [],
    ],
    [
      'prefixes',
      [
        { from: '/a', to: `${MI}/1`, match: 'prefix' },
        { from: '/a/', to: `${MI}/2`, match: 'prefix' },
      ],
      ['conflict /a /a/'],
    ],
    [
      'regexes',
      [
        { from: '/a\\d', to: `${MI}/1`, match: 'regex' },
        { from: '/[ab]1', to: `${MI}/2`, match: 'regex' },
      ],
      ['conflict /a\\d /[ab]1'],
    ],
    [
      'a priority decides',
      [
        { from: '/a', to: `${MI}/1` },
        { from: '/a', to: `${MI}/2`, priority: 1 },
      ],
      [],
    ],
    [
      'a scheme decides',
      [
        { from: '/a', to: `${MI}/1` },
        { from: 'https://po.co/a', to: `${MI}/2` },
      ],
      [],
    ],
    [
      'two schemes',
      [
        { from: 'http://po.co/a', to: `${MI}/1` },
        { from: 'https://po.co/a', to: `${MI}/2` },
      ],
      [],
    ],
    [
      'disjoint windows',
      [
        { from: '/a', to: `${MI}/1`, window: { until: '5' } },
        { from: '/a', to: `${MI}/2`, window: { from: '5' } },
      ],
      [],
    ],
    [
      'overlapping windows',
      [
        { from: '/a', to: `${MI}/1`, window: { until: '6' } },
        { from: '/a', to: `${MI}/2`, window: { from: '5' } },
      ],
      ['window-overlap /a /a'],
    ],
    [
      'a disabled rule',
      [
        { from: '/a', to: `${MI}/1`, enabled: false },
        { from: '/a', to: `${MI}/2` },
      ],
      [],
    ],
    [
      'values that exclude each other',
      [
        { from: '/a?i=1', to: `${MI}/1` },
        { from: '/a?i=2', to: `${MI}/2` },
      ],
      [],
    ],
    [
      'parameters that a URL can have both',
      [
        { from: '/a?i=1', to: `${MI}/1` },
        { from: '/a?j=2', to: `${MI}/2` },
      ],
      ['conflict /a?i=1 /a?j=2'],
    ],
    [
      'parameters that a URL can have both: every rule with a rival is told of, not only the first',
      [
        { from: '/a?i=1', to: `${MI}/1` },
        { from: '/a?j=2', to: `${MI}/2` },
        { from: '/a?j=3', to: `${MI}/3` },
        { from: '/a?j=4', to: `${MI}/1` },
      ],
      ['conflict /a?i=1 /a?j=2', 'conflict /a?i=1 /a?j=3'],
    ],
    [
      'conditions in another order',
      [
        { from: '/a?i=1&j=2', to: `${MI}/1` },
        { from: '/a?j=2&i=1', to: `${MI}/2` },
      ],
      ['conflict /a?i=1&j=2 /a?j=2&i=1'],
    ],
  ];

  test.each(CASES)('%s', (_, rules, expected) => {
    const ties = lint(rules).filter(({ code }) => ['duplicate', 'conflict', 'window-overlap'].includes(code));
    expect(summary(ties)).toEqual(expected);
  });

  test('three rules in overlapping windows are all found', () => {
    const rules = [
      { from: '/a', to: `${MI}/1`, window: { from: '0', until: '100' } },
      { from: '/a', to: `${MI}/2`, window: { from: '10', until: '20' } },
      { from: '/a', to: `${MI}/3`, window: { from: '30', until: '40' } },
    ];
    expect(lint(rules).map((finding) => finding.rules.map((rule) => rule.index))).toEqual([
      [0, 1],
      [0, 2],
    ]);
  });

  test('the witness is a URL that both rules take', () => {
    const [finding] = lint([
      { from: '/a?i=1', to: `${MI}/1` },
      { from: '/a?j=2', to: `${MI}/2` },
    ]);
    expect(finding?.witness).toBe('https://po.co/a?i=1&j=2');
  });
});

describe('loops and growth', () => {
  const CASES: readonly (readonly [string, readonly RedirectRule[], readonly string[], Partial<RulesetOptions>?])[] = [
    ['onto itself', [{ from: '/a', to: 'https://po.co/a' }], ['loop /a']],
    ['onto itself by the slash', [{ from: '/a', to: 'https://po.co/a/' }], ['loop /a']],
    ['onto itself on its own host', [{ from: '/a', to: '/a?x=1' }], ['loop /a']],
    [
      'of two',
      [
        { from: '/a', to: '/b' },
        { from: '/b', to: '/a' },
      ],
      ['loop /a /b'],
    ],
    [
      'through a prefix',
      [
        { from: '/a', to: 'https://po.co/b', match: 'prefix' },
        { from: '/b/x', to: '/a/x' },
      ],
      ['loop /b/x /a'],
    ],
    ['through a pattern that swaps', [{ from: '/a/:x/:y', to: '/a/:y/:x' }], ['loop /a/:x/:y']],
    [
      'through a regex',
      [
        { from: '/a/(\\d+)', to: '/b/:1', match: 'regex' },
        { from: '/b/:x', to: '/a/:x' },
      ],
      ['loop /a/(\\d+) /b/:x'],
    ],
    [
      'that needs values two rules name apart',
      [
        { from: '/a/:x/:y', to: '/b/:x/:y' },
        { from: '/b/p/:y', to: '/c/p/:y' },
        { from: '/c/:x/q', to: '/a/:x/q' },
      ],
      ['loop /a/:x/:y /b/p/:y /c/:x/q'],
    ],
    [
      'through the fallback',
      [{ from: '/a', to: '/b' }],
      ['loop (fallback)'],
      { fallback: { to: 'https://po.co/closed', status: 302 } },
    ],
    ['http to https is none', [{ from: 'http://po.co/a', to: 'https://po.co/a' }], []],
    ['growth of a splat', [{ from: '/x/*', to: '/x/y/:splat' }], ['infinite-growth /x/*']],
    ['growth of a prefix', [{ from: '/uk', to: 'https://po.co/uk/new', match: 'prefix' }], ['infinite-growth /uk']],
    [
      'growth of two',
      [
        { from: '/a/*', to: '/b/c/:splat' },
        { from: '/b/*', to: '/a/:splat' },
      ],
      ['infinite-growth /a/* /b/*'],
    ],
    [
      'a pattern that stops matching after one hop',
      [{ from: '/x/:a', to: '/x/:a/:a' }],
      ['chain /x/:a (fallback)'],
      { fallback: { to: MI, status: 302 } },
    ],
    [
      'an end beyond the site',
      [
        { from: '/*', to: `${MI}/:splat` },
        { from: '/a', to: `${MI}/a` },
      ],
      [],
    ],
    [
      'a disabled member',
      [
        { from: '/a', to: '/b' },
        { from: '/b', to: '/a', enabled: false },
      ],
      [],
    ],
    [
      'never at one instant',
      [
        { from: '/a', to: '/b', window: { until: '5' } },
        { from: '/b', to: '/a', window: { from: '5' } },
      ],
      [],
    ],
    [
      'at some instant',
      [
        { from: '/a', to: '/b', window: { until: '6' } },
        { from: '/b', to: '/a', window: { from: '5' } },
      ],
      ['loop-at-instant /a /b'],
    ],
  ];

  for (const [name, rules, expected, options = {}] of CASES) {
    test(name, () => {
      const findings = lint(rules, options);
      const shown = expected.some((one) => one.startsWith('chain'))
        ? findings
        : findings.filter(({ severity }) => severity === 'error');
      expect(summary(shown)).toEqual(expected);
      const input = inputOf([{ id: 'poco', url: 'https://po.co/', rules, options }]);
      for (const { code, witness, at } of findings)
        expect(neverArrives(input, witness ?? '', at ?? 0)).toBe(code !== 'chain');
    });
  }

  test('eleven hops, reported once with all of its members', () => {
    const rules = Array.from({ length: 11 }, (_, at) => ({ from: `/${at}`, to: `/${(at + 1) % 11}` }));
    const [finding, ...more] = lint(rules);
    expect(more).toEqual([]);
    expect(finding).toMatchObject({ code: 'loop', witness: 'https://po.co/0' });
    expect(finding?.rules).toHaveLength(11);
  });

  test('across rulesets, and cut by an exception', () => {
    const sites: readonly Site[] = [
      { id: 'uk', url: 'https://po.co/uk/', rules: [{ from: '/uk', to: 'https://po.co/fr', match: 'prefix' }] },
      { id: 'fr', url: 'https://po.co/fr/', rules: [{ from: '/fr', to: 'https://po.co/uk', match: 'prefix' }] },
    ];
    expect(lintRules(inputOf(sites))).toMatchObject([{ code: 'loop', rules: [{ ruleset: 'uk' }, { ruleset: 'fr' }] }]);
    const exceptions = [{ id: 'stay', urls: [parseSiteUrl('https://po.co/fr/')] }];
    expect(lintRules(inputOf(sites, { exceptions })).filter((finding) => finding.code === 'loop')).toEqual([]);
  });

  test('random rules: nothing hangs, and every finding’s witness shows it', () => {
    const segment = fc.constantFrom('a', 'b', ':x', ':y');
    const path = fc.array(segment, { minLength: 1, maxLength: 3 }).map((segments) => `/${segments.join('/')}`);
    const rule: fc.Arbitrary<RedirectRule> = fc
      .record({ from: path, splat: fc.boolean(), to: path, rest: fc.boolean() })
      .map(({ from, splat, to, rest }) => ({ from: splat ? `${from}/*` : from, to: rest ? `${to}/:splat` : to }));
    fc.assert(
      fc.property(fc.array(rule, { minLength: 1, maxLength: 6 }), (rules) => {
        const input = inputOf([{ id: 'poco', url: 'https://po.co/', rules }]);
        for (const { code, witness } of lintRules(input)) {
          if (code === 'loop' || code === 'infinite-growth') expect(neverArrives(input, witness ?? '')).toBe(true);
          if (code === 'chain') expect(neverArrives(input, witness ?? '')).toBe(false);
        }
      }),
      { numRuns: 300 },
    );
  });
});

describe('chains', () => {
  test('its length, and a fix that keeps the weakest permanence and the last fragment', () => {
    const rules = [
      { from: '/a', to: 'https://po.co/b' },
      { from: '/b', to: '/c#part', status: 302 },
      { from: '/c', to: `${MI}/c`, status: 308 },
    ];
    const to = `${MI}/c#part`;
    expect(lint(rules).filter(({ code }) => code === 'chain')).toMatchObject([
      {
        code: 'chain',
        severity: 'warning',
        message: 'a chain of 3 redirects: https://po.co/a → https://po.co/b → https://po.co/c → https://www.mi.com/c',
        fix: {
          kind: 'retarget-all',
          changes: [
            { kind: 'retarget', rule: { from: '/a' }, to, status: 302 },
            { kind: 'retarget', rule: { from: '/b' }, to, status: 302 },
          ],
        },
      },
    ]);
  });

  /** `/0` leads to `/1` and so on; the last leads away. */
  const long = (length: number, window?: (at: number) => RedirectRule['window']): readonly RedirectRule[] =>
    Array.from({ length }, (_, at): RedirectRule => {
      const open = window?.(at);
      const to = at + 1 < length ? `/l/${at + 1}` : `${MI}/end`;
      return { from: `/l/${at}`, to, ...(open === undefined ? {} : { window: open }) };
    });

  test('a long one is one finding, whose fix mends each of its rules', () => {
    const rules = long(500);
    const chains = lint(rules).filter(({ code }) => code === 'chain');
    expect(chains).toHaveLength(1);
    expect(chains[0]?.message).toMatch(
      /^a chain of 500 redirects: https:\/\/po.co\/l\/0 → .* → \(490 more\) → \S+end$/,
    );
    expect(chains[0]?.rules).toHaveLength(10);
    const fixed = applyFixes(rules, chains).rules;
    expect(new Set(fixed.map(({ to }) => to))).toEqual(new Set([`${MI}/end`]));
    expect(lint(fixed).filter(({ code }) => code === 'chain')).toEqual([]);
  });

  test('ways that run together are told from each of their beginnings', () => {
    const rules = [...long(5), { from: '/in', to: '/l/3' }, { from: 'http://po.co/side', to: 'http://po.co/l/1' }];
    const chains = lint(rules).filter(({ code }) => code === 'chain');
    expect(chains.map((one) => one.rules.map(({ from }) => from).slice(0, 2))).toEqual([
      ['/l/0', '/l/1'],
      ['/in', '/l/3'],
      ['http://po.co/side', '/l/1'],
    ]);
    const mended = chains.map(({ fix }) => (fix?.kind === 'retarget-all' ? fix.changes.length : fix?.kind));
    expect(mended).toEqual([4, 'retarget', 'retarget']);
  });

  test.each<[string, (length: number) => readonly RedirectRule[]]>([
    ['at all times', (length) => long(length)],
    ['a rule that begins later', (length) => long(length, (at) => (at === length >> 1 ? { from: '5' } : undefined))],
    ['to and from http:', (length) => long(length).map((rule) => ({ ...rule, to: `http://po.co${rule.to ?? ''}` }))],
    ['of folders', (length) => long(length).map(({ from, to = '' }) => ({ from: `${from}/*`, to: `${to}/:splat` }))],
  ])('twice the length takes twice the work: %s', (_, rulesOf) => {
    const asked = vi.spyOn(Answers.prototype, 'hop');
    onTestFinished(() => asked.mockRestore());
    const workFor = (length: number): number => {
      asked.mockClear();
      const findings = lint(rulesOf(length)).filter(({ code }) => code.startsWith('chain'));
      expect(JSON.stringify(findings).length).toBeLessThan(length * 400);
      expect(findings.length).toBeLessThan(5);
      return asked.mock.calls.length;
    };
    expect(workFor(2000) / workFor(1000)).toBeLessThan(2.2);
  });
});

describe('sources that look like regular expressions', () => {
  const TO = { to: MI };
  test.each<[string, readonly RedirectRule[], readonly string[]]>([
    ['with groups, and a number that is none', [{ from: '/b/(.*)/(.*)/x', to: `${MI}/:3` }], ['/b/(.*)/(.*)/x']],
    ['with an escape', [{ from: '/p/\\d+', ...TO }], ['/p/\\d+']],
    ['with a class', [{ from: 'https://po.co/p/([0-9]+)', ...TO }], ['https://po.co/p/([0-9]+)']],
    ['with anything', [{ from: '/p/.*', ...TO }], ['/p/.*']],
    ['in a pattern', [{ from: '/p/(.+)/:id', ...TO }], ['/p/(.+)/:id']],
    ['and are some', [{ from: '/p/(.*)', ...TO, match: 'regex' }], []],
    ['and are said to be none', [{ from: '/p/(.*)', ...TO, match: 'exact' }], []],
    ['and are out of use', [{ from: '/p/(.*)', ...TO, enabled: false }], []],
    [
      'and are paths',
      [
        { from: '/Foo_(disambiguation)', ...TO },
        { from: '/a[1]/b.html', ...TO },
        { from: '/x/*', ...TO },
      ],
      [],
    ],
  ])('%s', (_, rules, expected) => {
    const found = lint(rules).filter(({ code }) => code === 'looks-like-regex');
    expect(found.map((one) => one.rules[0]?.from)).toEqual(expected);
  });
});

test('folders as deep as a path is long', () => {
  const rules = Array.from({ length: 3000 }, (_, at): RedirectRule => {
    const from = '/a'.repeat(at + 1);
    return { from, to: `${MI}${from}`, match: 'prefix' };
  });
  expect(lint([...rules, { from: '/*', to: MI }]).filter(({ code }) => code === 'unreachable')).toHaveLength(3000);
});

describe('rules for http: alone', () => {
  const HTTP = { from: 'http://po.co/a', to: MI };
  test.each<[string, readonly RedirectRule[], readonly string[]]>([
    ['all of them', [HTTP, { ...HTTP, from: 'http://po.co/b' }], ['http-only http://po.co/a']],
    ['and one for both', [HTTP, { ...HTTP, from: '/b' }], []],
    ['and one for https:', [HTTP, { ...HTTP, from: 'https://po.co/b' }], []],
    ['that lead to https:', [{ from: 'http://po.co/a', to: 'https://po.co/a' }], []],
    ['and nobody asks for them', [{ ...HTTP, enabled: false }], []],
  ])('%s', (_, rules, expected) => {
    expect(summary(lint(rules).filter(({ code }) => code === 'http-only'))).toEqual(expected);
  });

  test('the witness is a URL that gets nothing', () => {
    expect(lint([HTTP])).toMatchObject([{ severity: 'warning', witness: 'https://po.co/a' }]);
  });
});

describe('redirects to what is gone', () => {
  const gone = (findings: readonly Finding[]) => findings.filter(({ code }) => code === 'gone-target');

  test.each<[string, readonly RedirectRule[], Partial<RulesetOptions>, readonly string[]]>([
    [
      'by a rule',
      [
        { from: '/a', to: '/b' },
        { from: '/b', status: 410 },
      ],
      {},
      ['gone-target /a /b'],
    ],
    [
      'after a chain, for each of its rules',
      [
        { from: '/a', to: '/b' },
        { from: '/b', to: '/c#x' },
        { from: '/c', status: 410 },
      ],
      {},
      ['gone-target /a /c', 'gone-target /b /c'],
    ],
    ['by the fallback', [{ from: '/a', to: '/b' }], { fallback: { status: 410 } }, ['gone-target /a']],
    ['a 410 itself leads nowhere', [{ from: '/b', status: 410 }], {}, []],
    ['a page of another host', [{ from: '/a', to: MI }], { fallback: { status: 410 } }, []],
  ])('%s', (_, rules, options, expected) => {
    expect(summary(gone(lint(rules, options)))).toEqual(expected);
  });

  test('on another site, from the instant at which that one goes dark', () => {
    const [one, two] = inputOf([
      { id: 'one', url: 'https://po.co/', rules: [{ from: '/a', to: 'https://poco.in/a' }] },
      { id: 'two', url: 'https://poco.in/', rules: [{ from: '/a', status: 410 }] },
    ]).rulesets;
    if (one === undefined || two === undefined) throw new Error('two rulesets were made');
    const always = lintRules({ rulesets: [one, two], exceptions: [] });
    expect(gone(always)).toMatchObject([
      { witness: 'https://po.co/a', rules: [{ ruleset: 'one' }, { ruleset: 'two' }] },
    ]);
    const dark = { ...two, answers: { from: 1000, until: 2000 } };
    expect(gone(lintRules({ rulesets: [one, dark], exceptions: [] }))).toMatchObject([{ at: 1000 }]);
  });
});

describe('hosts', () => {
  test('a target on a host that is not allowed', () => {
    const rules = [
      { from: '/a', to: `${MI}/a` },
      { from: '/b', to: 'https://WWW.EVIL.com./' },
      { from: '/c', to: 'https://shop.mi.com:8443/' },
      { from: '/d', to: '/own' },
    ];
    expect(summary(lint(rules, {}, { allowedHosts: ['*.mi.com'] }))).toEqual(['host-not-allowed /b']);
    expect(lint(rules)).toEqual([]);
  });
});

describe('captures of an exception', () => {
  const CASES: readonly (readonly [string, string, readonly RedirectRule[], readonly string[]])[] = [
    [
      'https://po.co/in/',
      'https://po.co/',
      [
        { from: '/in/a', to: MI },
        { from: '/inland', to: MI },
      ],
      ['error /in/a https://po.co/in/a'],
    ],
    ['https://po.co/in/', 'https://po.co/', [{ from: '/*', to: MI }], ['warning /* https://po.co/in/']],
    ['https://po.co/in/', 'https://po.co/', [{ from: '/', to: MI, match: 'prefix' }], ['warning / https://po.co/in']],
    [
      'https://po.co/in/',
      'https://po.co/',
      [
        { from: '/:c/shop', to: MI },
        { from: '/uk/*', to: MI },
      ],
      ['error /:c/shop https://po.co/in/shop'],
    ],
    [
      'https://po.co/in/',
      'https://po.co/',
      [
        { from: '/in/\\d+', to: MI, match: 'regex' },
        { from: '/.*', to: MI, match: 'regex' },
      ],
      ['warning /.* https://po.co/in/', 'error /in/\\d+ https://po.co/in/1'],
    ],
    ['https://in.po.co/', 'https://*.po.co/', [{ from: '*.po.co/a', to: MI }], ['error *.po.co/a https://in.po.co/a']],
    ['https://po.co/', 'https://notpo.co/', [{ from: '/*', to: MI }], []],
    ['https://po.co:8443/', 'https://po.co/', [{ from: '/*', to: MI }], []],
  ];

  test.each(CASES)('%s in %s: %j', (area, site, rules, expected) => {
    const findings = lintRules(
      inputOf([{ id: 'poco', url: site, rules }], { exceptions: [{ id: 'india', urls: [parseSiteUrl(area)] }] }),
    );
    expect(findings.map((finding) => `${finding.severity} ${finding.rules[0]?.from} ${finding.witness}`)).toEqual(
      expected,
    );
  });

  test('a ruleset whose whole site is exempt is one warning', () => {
    const rules = [
      { from: '/a', to: MI },
      { from: '/b', to: MI },
    ];
    const exceptions = [{ id: 'india', urls: [parseSiteUrl('https://po.co/')] }];
    expect(lint(rules, {}, { exceptions })).toMatchObject([{ code: 'captures-exception', severity: 'warning' }]);
  });
});

describe('doubts', () => {
  const CASES: readonly (readonly [string, readonly RedirectRule[], readonly string[], Partial<RulesetOptions>?])[] = [
    [
      'a lower priority never answers',
      [
        { from: '/a', to: MI, priority: 1 },
        { from: '/a', to: `${MI}/2` },
      ],
      ['unreachable /a /a'],
    ],
    [
      'it answers while the other has no window',
      [
        { from: '/a', to: MI, priority: 1, window: { until: '9' } },
        { from: '/a', to: `${MI}/2` },
      ],
      [],
    ],
    [
      'a prefix below a pattern',
      [
        { from: '/a/*', to: MI },
        { from: '/a/b', to: MI, match: 'prefix' },
      ],
      ['unreachable /a/b /a/*'],
    ],
    [
      'a prefix as deep as a pattern answers without the slash',
      [
        { from: '/a/*', to: MI },
        { from: '/a', to: MI, match: 'prefix' },
      ],
      [],
    ],
    [
      'a regex under a catch-all',
      [
        { from: '/', to: MI, match: 'prefix' },
        { from: '/x\\d', to: MI, match: 'regex' },
      ],
      ['unreachable /x\\d /'],
    ],
    [
      'twins',
      [
        { from: '/A', to: MI },
        { from: '/a', to: MI },
      ],
      ['case-twins /A /a'],
    ],
    [
      'twins where case makes no difference are duplicates',
      [
        { from: '/A', to: MI },
        { from: '/a', to: MI },
      ],
      ['duplicate /A /a'],
      { case: 'ignore' },
    ],
    [
      'a temporary status',
      [
        { from: '/a', to: MI, status: 302 },
        { from: '/b', to: MI, status: 303 },
      ],
      ['temporary-status /a'],
    ],
    ['a temporary status in a window', [{ from: '/a', to: MI, status: 307, window: { until: '9' } }], []],
    [
      'an insecure target',
      [
        { from: '/a', to: 'http://www.mi.com/' },
        { from: '/b', to: MI },
      ],
      ['insecure-target /a'],
    ],
    [
      'an address pasted after another one',
      [
        { from: '/a', to: `${MI}/https://www.mi.com/a` },
        { from: '/b', to: `${MI}/b/HTTP://other.example/` },
        { from: '/c', to: `${MI}/login?to=https://www.mi.com//c` },
        { from: '/d', to: `${MI}/d#https://x//` },
      ],
      ['nested-url /a', 'nested-url /b'],
    ],
    [
      'an address that an archive keeps',
      [
        { from: '/a', to: 'https://web.archive.org/web/20121015000000/http://po.co/a' },
        { from: '/b', to: 'https://web.archive.org/web/20121015id_/http://po.co//b' },
        { from: '/c', to: 'https://webarchive.example/*/http://po.co/c' },
      ],
      [],
    ],
    [
      'an empty segment',
      [
        { from: '/a', to: `${MI}//a` },
        { from: '/b', to: '/c//d' },
        { from: '/e', to: `${MI}/e/?x=//` },
        { from: '/f', to: `${MI}//f`, enabled: false },
      ],
      ['empty-segment /a', 'empty-segment /b'],
    ],
    [
      'a target in two spellings, the rarer one first',
      [
        { from: '/a', to: `${MI}/About/Us` },
        { from: '/b', to: `${MI}/about/us` },
        { from: '/c', to: `${MI}/about/Us` },
        { from: '/d', to: `${MI}/about/us` },
      ],
      ['target-case-twins /a /c /b /d'],
    ],
    [
      'targets that a query or a host tells apart, or that no other is like',
      [
        { from: '/a', to: `${MI}/watch?v=AbC` },
        { from: '/b', to: `${MI}/watch?v=aBc` },
        { from: '/c', to: 'https://other.example/About' },
        { from: '/d', to: `${MI}/about` },
        { from: '/e', to: `${MI}/Only` },
        { from: '/f/:Name', to: `${MI}/:Name` },
        { from: '/g/:name', to: `${MI}/:name` },
      ],
      [],
    ],
  ];

  for (const [name, rules, expected, options = {}] of CASES) {
    test(name, () => expect(summary(lint(rules, options))).toEqual(expected));
  }

  test('many pages on one target, fewer on a home page', () => {
    const pages = (count: number, to: string, folder = ''): readonly RedirectRule[] =>
      Array.from({ length: count }, (_, index) => ({ from: `${folder}/${index}`, to }));
    expect(lint(pages(50, `${MI}/`))).toMatchObject([
      { code: 'mass-target', severity: 'warning', witness: 'https://po.co/0' },
    ]);
    expect(lint(pages(49, `${MI}/global/`))).toEqual([]);
    expect(lint(pages(100, `${MI}/phones`))).toMatchObject([{ code: 'mass-target' }]);
    expect(lint(pages(99, `${MI}/phones`))).toEqual([]);
    expect(lint(pages(200, `${MI}/watches/all`, '/watches'))).toEqual([]);
  });

  test('wildcards of public suffixes', () => {
    const of = (host: string): readonly string[] =>
      summary(lintRules(inputOf([{ id: 'a', url: `https://${host}/`, rules: [{ from: `${host}/a`, to: MI }] }])));
    expect(of('*.co')).toEqual(['public-suffix-wildcard *.co/a']);
    expect(of('*.co.in')).toEqual(['public-suffix-wildcard *.co.in/a']);
    expect(of('*.po.co')).toEqual([]);
    expect(of('*.localhost')).toEqual([]);
  });
});
