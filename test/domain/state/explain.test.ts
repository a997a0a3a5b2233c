import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { EXIT, Failure } from '../../../src/domain/failure.ts';
import { type Explanation, explainUrl } from '../../../src/domain/state/explain.ts';
import { formatInstant } from '../../../src/domain/time/format-time.ts';
import type { RedirectRule } from '../../../src/redirects/rule.ts';
import {
  answeringFrom,
  DARK_LONDON,
  DARK_PARIS,
  documentsFrom,
  instant,
  POCO,
  POCO_RULES,
  type RulesByName,
  ruleset,
  type Sections,
  withRevisions,
} from './world.ts';

function explain(url: string, at: number, sections: Sections = POCO, rules: RulesByName = POCO_RULES): Explanation {
  return explainUrl(answeringFrom(documentsFrom(sections), rules), url, at, { reasoning: true });
}

const BEFORE = instant('2024-10-01T00:00:00Z');
const FROZEN = instant('2024-11-01T00:00:00Z');
const RETIRED = instant('2027-06-01T00:00:00Z');

describe('what a visitor gets', () => {
  test.each<[string, number, string, string | null, number, string | null]>([
    ['https://po.co/uk/phones/f6?utm=1', BEFORE, 'state', 'poco-gb', 200, null],
    ['https://po.co/uk/phones/f6?utm=1', FROZEN, 'state', 'poco-2024', 200, null],
    ['https://po.co/uk/phones/f6?utm=1', DARK_PARIS, 'state', 'poco-2024', 200, null],
    [
      'https://po.co/uk/phones/f6?utm=1',
      DARK_LONDON,
      'rule',
      'poco-gb#1',
      301,
      'https://www.mi.com/global/phones/f6?utm=1',
    ],
    ['https://po.co/uk/support/a/b', DARK_LONDON, 'rule', 'poco-gb#2', 308, 'https://www.mi.com/global/support/a/b'],
    ['https://po.co/uk/gone', DARK_LONDON, 'rule', 'poco-gb#3', 410, null],
    ['https://po.co/uk/other', DARK_LONDON, 'state', 'poco-2024', 302, 'https://www.mi.com/global/'],
    ['https://po.co/fr/other', DARK_PARIS, 'fallback', 'poco-fr', 410, null],
    ['https://po.co/uk/phones/f6', RETIRED, 'state', 'poco-2024', 410, null],
    ['https://poco.in/x', DARK_LONDON, 'exception', 'poco-india', 200, null],
    ['https://poco.in:8443/x', RETIRED, 'exception', 'poco-india', 200, null],
    ['https://notpoco.in/x', DARK_LONDON, 'none', null, 404, null],
  ])('%s at %d: %s %s, %d %s', (url, at, kind, id, status, location) => {
    const explanation = explain(url, at);
    expect(explanation).toMatchObject({ decidedBy: { kind, id }, status, location });
    expect(explanation.reasoning.filter((reason) => reason.outcome === 'decides')).toHaveLength(1);
  });

  test('a fallback with a target takes what no rule takes', () => {
    const rulesets = {
      'poco-gb': ruleset('poco-gb', 'gb', { fallback: { to: 'https://www.mi.com/uk/sorry' }, query: 'drop' }),
    };
    expect(explain('https://po.co/uk/other?a=1', DARK_LONDON, { ...POCO, rulesets })).toMatchObject({
      decidedBy: { kind: 'fallback', id: 'poco-gb' },
      status: 302,
      location: 'https://www.mi.com/uk/sorry',
    });
  });

  test('a ruleset whose rules are not at hand answers as if it had none', () => {
    expect(explain('https://po.co/uk/gone', DARK_LONDON, POCO, {})).toMatchObject({
      decidedBy: { kind: 'state', id: 'poco-2024' },
      status: 302,
    });
  });

  test('a site that is not open yet is not found, an exception notwithstanding', () => {
    const sites = {
      ...POCO.sites,
      'poco-in': { ...POCO.sites['poco-in'], opensAt: '2024-06-01T00:00Z' },
    };
    expect(explain('https://poco.in/x', instant('2024-05-01T00:00:00Z'), { ...POCO, sites })).toMatchObject({
      state: 'prelaunch',
      outcome: 'not-found',
      status: 404,
      nextChangeAt: '2024-06-01T00:00:00Z',
    });
  });

  test.each([
    [['www.mi.com/global'], 'https://www.mi.com/global'],
    [['//www.mi.com/global/'], 'https://www.mi.com/global/'],
    [['https://*.mi.com/global/', 'http://mi.com'], 'http://mi.com/'],
    [['https://WWW.mi.com:443/glöbal/'], 'https://www.mi.com/gl%C3%B6bal/'],
  ])('into a site written as %j visitors go to %s', (urls, location) => {
    const sites = { ...POCO.sites, 'mi-global': { ...POCO.sites['mi-global'], urls } };
    expect(explain('https://po.co/uk/other', DARK_LONDON, { ...POCO, sites }).location).toBe(location);
  });

  test('an exception that names a URL keeps it under a dark site, and nothing beside it', () => {
    const exceptions = {
      careers: {
        ...POCO.exceptions['poco-india'],
        sites: undefined,
        reviewBy: '2025-06-30T00:00Z',
        urls: ['https://po.co/uk/phones'],
        startsAt: '2025-01-10T00:00Z',
        endsAt: '2025-02-10T00:00Z',
      },
    };
    const at = (text: string, url = 'https://po.co/uk/phones/f6'): Explanation =>
      explain(url, instant(text), { ...POCO, exceptions });
    expect(at('2025-01-09T23:59:59.999Z')).toMatchObject({ status: 301, nextChangeAt: '2025-01-10T00:00:00Z' });
    expect(at('2025-01-10T00:00:00Z')).toMatchObject({
      decidedBy: { kind: 'exception', id: 'careers' },
      state: 'dark',
      status: 200,
      nextChangeAt: '2025-02-10T00:00:00Z',
    });
    expect(at('2025-02-10T00:00:00Z')).toMatchObject({ status: 301 });
    expect(at('2025-01-15T00:00:00Z', 'https://po.co/uk/phonesf')).toMatchObject({ status: 302 });
  });

  test.each([
    '',
    'not a url at all',
    'ftp://po.co/x',
    'https://user@po.co/',
    'https://*.po.co/',
    '/uk/x',
    'https://po.co/\u0000',
  ])('refuses %j as invalid-url', (url) => {
    expect(() => explain(url, DARK_LONDON)).toThrow(expect.objectContaining({ code: 'invalid-url', exit: EXIT.usage }));
  });

  test('does not repeat megabytes of a wrong URL', () => {
    const thrown = attempt(() => explain(`ftp://${'x'.repeat(1_000_000)}`, DARK_LONDON));
    expect(thrown).toBeInstanceOf(Failure);
    expect((thrown as Failure).message.length).toBeLessThan(500);
  });
});

function attempt(run: () => unknown): unknown {
  try {
    return run();
  } catch (error) {
    return error;
  }
}

describe('hops', () => {
  const sections = { ...POCO, rulesets: { 'poco-gb': ruleset('poco-gb', 'gb'), 'poco-fr': ruleset('poco-fr', 'fr') } };
  const hopsOf = (gb: readonly RedirectRule[], fr: readonly RedirectRule[], url = 'https://po.co/uk/a'): string[] =>
    explain(url, DARK_LONDON, sections, { gb, fr }).hops.map(({ url: to, outcome }) => `${outcome} ${to}`);

  test('run across sites to where the visitor is served', () => {
    const gb = [{ from: '/uk/a', to: 'https://po.co/fr/a' }];
    const fr = [{ from: '/fr/a', to: 'https://www.mi.com/global/a' }];
    expect(hopsOf(gb, fr)).toEqual(['redirect https://po.co/fr/a', 'serve https://www.mi.com/global/a']);
  });

  test('end outside what is known', () => {
    expect(hopsOf([{ from: '/uk/a', to: 'https://elsewhere.example/a' }], [])).toEqual([
      'outside https://elsewhere.example/a',
    ]);
  });

  test('follow a target that is a path on the visitor’s own host', () => {
    const gb = [
      { from: '/uk/a', to: '/uk/b' },
      { from: '/uk/b', to: 'https://www.mi.com/global/b' },
    ];
    expect(hopsOf(gb, [])).toEqual(['redirect https://po.co/uk/b', 'serve https://www.mi.com/global/b']);
  });

  test('name a loop where it closes', () => {
    const gb = [{ from: '/uk/a', to: 'https://po.co/fr/a' }];
    const fr = [{ from: '/fr/a', to: 'https://po.co/uk/a' }];
    expect(hopsOf(gb, fr)).toEqual(['redirect https://po.co/fr/a', 'loop https://po.co/uk/a']);
  });

  test('stop at twenty where no URL repeats', () => {
    const hops = hopsOf([{ from: '/uk/*', to: 'https://po.co/uk/more/:splat' }], []);
    expect(hops).toHaveLength(20);
    expect(new Set(hops.map((hop) => hop.split(' ')[0]))).toEqual(new Set(['redirect']));
  });

  test('a first answer that redirects nowhere has none', () => {
    expect(hopsOf([{ from: '/uk/a', status: 410 }], [])).toEqual([]);
  });
});

describe('when the answer next changes', () => {
  const windowed: readonly RedirectRule[] = [
    {
      from: '/uk/sale',
      to: 'https://www.mi.com/global/sale',
      window: { from: 'start of 2025-03-30', until: 'end of 2025-03-30' },
    },
    {
      from: '/uk/sale',
      to: 'https://www.mi.com/global/sale',
      status: 302,
      window: { from: '2024-01-01T00:00Z' },
      priority: -1,
    },
  ];

  test.each([
    [BEFORE, '2024-10-20T23:00:00Z'],
    [FROZEN, '2025-01-01T00:00:00Z'],
    [DARK_LONDON, '2025-03-30T00:00:00Z'],
    [instant('2025-03-30T12:00:00Z'), '2025-03-30T23:00:00Z'],
    [instant('2025-04-01T00:00:00Z'), '2027-01-01T00:00:00Z'],
    [RETIRED, null],
  ])('after %d at %s', (at, next) => {
    expect(explain('https://po.co/uk/sale', at, POCO, { ...POCO_RULES, gb: windowed }).nextChangeAt).toBe(next);
  });

  test('tells it in the zone of the market too', () => {
    const { local } = explain('https://po.co/fr/x', FROZEN);
    expect(local).toEqual({
      at: '2024-11-01T01:00:00+01:00[Europe/Paris]',
      nextChangeAt: '2025-01-01T00:00:00+01:00[Europe/Paris]',
      zone: 'Europe/Paris',
    });
  });

  test('is a revision only where it answers otherwise', () => {
    const changes = [instant('2025-02-01T00:00:00Z'), instant('2025-03-01T00:00:00Z')];
    const documents = withRevisions(documentsFrom(POCO), 'poco-gb', [
      { from: null, content: 'one' },
      { from: changes[0] ?? 0, content: 'same' },
      { from: changes[1] ?? 0, content: 'other' },
    ]);
    const to = 'https://www.mi.com/global/a';
    const world = answeringFrom(documents, {
      one: [{ from: '/uk/a', to }],
      same: [
        { from: '/uk/a', to },
        { from: '/uk/b', to },
      ],
      other: [{ from: '/uk/a', to: `${to}/b` }],
    });
    const next = (url: string, at: number): string | null =>
      explainUrl(world, url, at, { reasoning: false }).nextChangeAt;
    expect(next('https://po.co/uk/a', DARK_LONDON)).toBe('2025-03-01T00:00:00Z');
    expect(next('https://po.co/uk/b', DARK_LONDON)).toBe('2025-02-01T00:00:00Z');
    expect(next('https://po.co/uk/b', changes[0] ?? 0)).toBe('2025-03-01T00:00:00Z');
    expect(explainUrl(world, 'https://po.co/uk/a', changes[1] ?? 0, { reasoning: false })).toMatchObject({
      revision: 3,
      location: `${to}/b`,
    });
  });
});

test('nextChangeAt is the first instant with another answer, whatever exceptions, windows and revisions there are', () => {
  const HOUR = 3_600_000;
  const span = fc.tuple(fc.integer({ min: -20, max: 60 }), fc.integer({ min: 1, max: 40 }));
  const text = (hour: number): string => formatInstant(DARK_LONDON + hour * HOUR);
  const rules = fc
    .array(fc.tuple(span, fc.integer({ min: 0, max: 3 }), fc.constantFrom('/uk/a', '/uk/:page')), { maxLength: 4 })
    .map((list) =>
      list.map(
        ([[from, length], priority, source], i): RedirectRule => ({
          from: source,
          to: `https://www.mi.com/global/${i}`,
          priority,
          window: { from: text(from), until: text(from + length) },
        }),
      ),
    );
  const exceptions = fc.array(fc.tuple(span, fc.boolean(), fc.constantFrom('shutdown', 'redirect', 'catalog')), {
    maxLength: 3,
  });
  fc.assert(
    fc.property(rules, rules, exceptions, fc.integer({ min: -30, max: 110 }), (first, second, exempt, hour) => {
      const documents = withRevisions(
        documentsFrom({
          ...POCO,
          shutdowns: { s: { ...POCO.shutdowns['poco-2024'], redirectsUntil: text(50) } },
          exceptions: Object.fromEntries(
            exempt.map(([[from, length], byUrl, kind], i) => [
              `e-${i}`,
              {
                ...(byUrl ? { urls: ['https://po.co/uk/a'] } : { sites: ['poco-gb'] }),
                from: [kind],
                reason: 'r',
                owner: 'o',
                startsAt: text(from),
                endsAt: text(from + length),
                reviewBy: text(0),
              },
            ]),
          ) as Sections['exceptions'],
        }),
        'poco-gb',
        [
          { from: null, content: 'first' },
          { from: DARK_LONDON + 10 * HOUR, content: 'second' },
        ],
      );
      const world = answeringFrom(documents, { first, second });
      const answer = (at: number): string => {
        const { state, decidedBy, status, location } = explainUrl(world, 'https://po.co/uk/a', at, {
          reasoning: false,
        });
        return JSON.stringify([state, decidedBy, status, location]);
      };
      const at = DARK_LONDON + hour * HOUR;
      const { nextChangeAt } = explainUrl(world, 'https://po.co/uk/a', at, { reasoning: false });
      const now = answer(at);
      let expected: string | null = null;
      for (let later = hour + 1; later <= 120 && expected === null; later += 1) {
        if (answer(DARK_LONDON + later * HOUR) !== now) expected = text(later);
      }
      // Before the freeze nothing happens within the hours that are tried.
      fc.pre(
        now.startsWith('["frozen"') || now.startsWith('["dark"') || now.startsWith('["retired"') || expected !== null,
      );
      expect(nextChangeAt).toBe(expected);
      if (nextChangeAt !== null) expect(answer(instant(nextChangeAt) - 1)).toBe(now);
    }),
  );
});

describe('the reasoning', () => {
  const why = (url: string, at: number, sections: Sections = POCO): Record<string, [string, string]> =>
    Object.fromEntries(
      explain(url, at, sections).reasoning.map((reason) => [reason.subject, [reason.outcome, reason.why]]),
    );

  test('names the exception, and what it outranks', () => {
    expect(why('https://poco.in/x', DARK_LONDON)).toEqual({
      'exception poco-india': [
        'decides',
        'it covers this site and outranks every rule and shutdown: India keeps its own POCO site for now',
      ],
      'site poco-in': ['applies', 'it is active at 2025-01-01T00:00:00Z'],
      'shutdown poco-2024': ['passed-over', 'exception poco-india outranks it'],
    });
  });

  test('says when an exception that does not decide starts, or ended', () => {
    const dated = (spec: object): Sections => ({
      ...POCO,
      exceptions: { e: { ...POCO.exceptions['poco-india'], sites: ['poco-gb'], ...spec } },
    });
    const exception = (spec: object): unknown => why('https://po.co/uk/x', DARK_LONDON, dated(spec))['exception e'];
    expect(exception({ startsAt: '2025-01-01T00:00:00.001Z' })).toEqual([
      'passed-over',
      'it starts at 2025-01-01T00:00:00.001Z',
    ]);
    expect(exception({ endsAt: '2025-01-01T00:00Z' })).toEqual(['passed-over', 'it ended at 2025-01-01T00:00:00Z']);
    expect(exception({ from: ['catalog'] })).toEqual(['passed-over', 'it exempts from neither shutdown nor redirect']);
  });

  test('names what a site is before its shutdown begins', () => {
    expect(why('https://po.co/uk/x', BEFORE)).toEqual({
      'site poco-gb': ['decides', 'it is active at 2024-10-01T00:00:00Z'],
      'shutdown poco-2024': [
        'passed-over',
        'it freezes the site at 2024-10-20T23:00:00Z and makes it dark at 2025-01-01T00:00:00Z',
      ],
      'ruleset poco-gb': ['passed-over', 'its rules answer while the site is dark, and it is active'],
    });
  });

  test('names the rule that wins and those that lose', () => {
    const gb: readonly RedirectRule[] = [
      { from: '/uk/*', to: 'https://www.mi.com/global/' },
      { from: '/uk/a', to: 'https://www.mi.com/global/a' },
      { from: '/uk/a?x=1', to: 'https://www.mi.com/global/x' },
    ];
    const { reasoning } = explain('https://po.co/uk/a', DARK_LONDON, POCO, { ...POCO_RULES, gb });
    expect(reasoning.map(({ subject, outcome }) => `${outcome}: ${subject}`)).toEqual([
      'applies: site poco-gb',
      'applies: shutdown poco-2024',
      'applies: ruleset poco-gb',
      'decides: rule poco-gb#2 /uk/a',
      'passed-over: rule poco-gb#3 /uk/a?x=1',
      'passed-over: rule poco-gb#1 /uk/*',
    ]);
  });

  test('is left out where it was not asked for', () => {
    const world = answeringFrom(documentsFrom(POCO), POCO_RULES);
    expect(explainUrl(world, 'https://po.co/uk/a', DARK_LONDON, { reasoning: false }).reasoning).toEqual([]);
  });
});
