import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import { checkAssertions } from '../../../src/domain/assertions/check-assertions.ts';
import type { AssertionResult } from '../../../src/domain/assertions/result.ts';
import type { AssertionOf, AssertionSpec } from '../../../src/domain/document/assertion-schema.ts';
import { explainUrl } from '../../../src/domain/state/explain.ts';
import type { RedirectRule } from '../../../src/redirects/rule.ts';
import {
  answeringFrom,
  DARK_LONDON,
  DARK_PARIS,
  documentsFrom,
  instant,
  MARKETS,
  POCO,
  POCO_RULES,
  type RulesByName,
  ruleset,
  type Sections,
  withRevisions,
} from '../state/world.ts';

interface Circumstances {
  readonly sections?: Sections;
  readonly rules?: RulesByName;
  readonly since?: number;
  readonly mostAnswers?: number;
}

function check(assertion: AssertionSpec, { sections = POCO, rules = POCO_RULES, ...options }: Circumstances = {}) {
  const documents = documentsFrom({ ...sections, assertions: { it: assertion } });
  const [result] = checkAssertions(answeringFrom(documents, rules), options);
  if (result === undefined) throw new Error('one assertion has one result');
  return result;
}

/** `URL from..until happens (decider)`, with instants in RFC 3339 and open ends left out. */
function failuresOf({ failures }: AssertionResult): string[] {
  const text = (at: number): string => (Number.isFinite(at) ? new Date(at).toISOString().slice(0, 16) : '');
  return failures.map(
    ({ url, from, until, happens, decidedBy }) =>
      `${url} ${text(from)}..${text(until)} ${happens} (${decidedBy.kind} ${decidedBy.id ?? '-'})`,
  );
}

const F6 = 'https://po.co/uk/phones/f6';
const ONCE_DARK = { from: 'end of 2024-12-31', until: 'end of 2026-12-31' } as const;

describe('every-url-ends', () => {
  type Ends = AssertionOf<'every-url-ends'>;
  const ends = (urls: string[], more: Partial<Ends> = {}): Ends => ({
    kind: 'every-url-ends',
    urls,
    on: ['www.mi.com'],
    ...ONCE_DARK,
    ...more,
  });

  it('holds where each URL arrives in one redirect while the site is dark, by each market’s own clock', () => {
    const result = check(ends([F6, 'https://po.co/uk/support/x', 'https://po.co/phones']));
    expect(failuresOf(result)).toEqual([]);
    expect(result).toMatchObject({ checked: 3, failed: 0, partly: false });
  });

  it('tells how a URL fails, when, and what decides', () => {
    const { from: _, until: __, ...open } = ends([F6, 'https://po.co/uk/gone', 'https://po.co/fr/x']);
    expect(failuresOf(check(open))).toEqual([
      `${F6} ..2025-01-01T00:00 stays on po.co, where it is served (state poco-gb)`,
      'https://po.co/uk/gone ..2025-01-01T00:00 stays on po.co, where it is served (state poco-gb)',
      'https://po.co/fr/x ..2024-12-31T23:00 stays on po.co, where it is served (state poco-fr)',
    ]);
  });

  it('counts a page that is gone as no end, and names the rule', () => {
    const result = check(ends(['https://po.co/uk/gone']));
    expect(failuresOf(result)).toEqual([
      'https://po.co/uk/gone 2025-01-01T00:00..2027-01-01T00:00 is gone (410) (rule poco-gb#3)',
    ]);
    expect(result.failures[0]?.rules).toEqual([{ ruleset: 'poco-gb', from: '/uk/gone', index: 2 }]);
  });

  it('is not blind to the end of the redirects', () => {
    const { until: _, ...open } = ends([F6]);
    expect(failuresOf(check(open))).toEqual([`${F6} 2027-01-01T00:00.. is gone (410) (state poco-2024)`]);
  });

  it('counts redirects, on a way that is longer only once another site is dark', () => {
    const rules = { ...POCO_RULES, gb: [{ from: '/uk/a', to: 'https://po.co/fr/a' }] };
    const result = check(ends(['https://po.co/uk/a'], { on: ['*.mi.com', 'po.co'] }), {
      rules: { ...rules, fr: [{ from: '/fr/a', to: 'https://www.mi.com/a' }] },
    });
    expect(failuresOf(result)).toEqual([
      'https://po.co/uk/a 2025-01-01T00:00..2026-12-31T23:00 takes 2 redirects: https://po.co/uk/a → https://po.co/fr/a → https://www.mi.com/a (rule poco-gb#1)',
    ]);
  });

  it('holds redirects to the statuses that are named', () => {
    const result = check(ends(['https://po.co/uk/support/x', F6], { status: [301] }));
    expect(failuresOf(result)).toEqual([
      'https://po.co/uk/support/x 2025-01-01T00:00..2027-01-01T00:00 is redirected with 308 (rule poco-gb#2)',
    ]);
  });

  it('finds a loop', () => {
    const gb = [
      { from: '/uk/a', to: 'https://po.co/uk/b' },
      { from: '/uk/b', to: 'https://po.co/uk/a' },
    ];
    expect(failuresOf(check(ends(['https://po.co/uk/a']), { rules: { ...POCO_RULES, gb } }))[0]).toContain(
      'never arrives',
    );
  });
});

describe('instants', () => {
  const ends: AssertionSpec = { kind: 'every-url-ends', urls: [F6], on: ['www.mi.com'], ...ONCE_DARK };

  it('looks at the window of a rule, in the middle of the redirects', () => {
    const gb = [
      { from: '/uk/phones/f6', to: 'https://www.mi.com/f6' },
      {
        from: '/uk/phones/f6',
        to: 'https://sale.example/f6',
        priority: 1,
        window: { from: '2025-11-28T00:00Z', until: '2025-12-01T00:00Z' },
      },
    ];
    expect(failuresOf(check(ends, { rules: { ...POCO_RULES, gb } }))).toEqual([
      `${F6} 2025-11-28T00:00..2025-12-01T00:00 ends on sale.example: ${F6} → https://sale.example/f6 (rule poco-gb#2)`,
    ]);
  });

  it('looks at every revision that is still to come or in force, and not at what is past', () => {
    const rules = { ...POCO_RULES, old: [{ from: '/uk/phones/f6', status: 410 as const }] };
    const from = instant('2025-06-01T00:00Z');
    const documents = withRevisions(
      documentsFrom({ ...POCO, assertions: { it: { ...ends, urls: [F6] } } }),
      'poco-gb',
      [
        { from: null, content: 'old' },
        { from, content: 'gb' },
      ],
    );
    const world = answeringFrom(documents, rules);
    const happened = (since?: number): number =>
      checkAssertions(world, since === undefined ? {} : { since })[0]?.failed ?? -1;
    expect(happened()).toBe(1);
    expect(happened(from - 1)).toBe(1);
    expect(happened(from)).toBe(0);
  });

  it('says so where the bound is reached before the end', () => {
    const urls = Array.from({ length: 50 }, (_, i) => `https://po.co/uk/support/${i}`);
    expect(check({ ...ends, urls }, { mostAnswers: 20 }).partly).toBe(true);
    expect(check({ ...ends, urls }).partly).toBe(false);
  });
});

describe('nothing-captures', () => {
  const india: AssertionSpec = { kind: 'nothing-captures', urls: ['https://poco.in/'] };

  it('holds while the exception does', () => {
    expect(check(india)).toMatchObject({ failed: 0 });
    expect(check({ kind: 'nothing-captures', sites: ['poco-in'] })).toMatchObject({ failed: 0 });
    expect(check({ kind: 'nothing-captures', markets: ['in'] })).toMatchObject({ failed: 0 });
  });

  it('finds the day on which the exception ends', () => {
    const exceptions = { 'poco-india': { ...POCO.exceptions['poco-india'], endsAt: 'end of 2025-06-30' } };
    const [first] = failuresOf(check(india, { sections: { ...POCO, exceptions } }));
    expect(first).toBe(
      'https://poco.in/ 2025-06-30T18:30..2026-12-31T18:30 is redirected to https://www.mi.com/global/ (302) (state poco-2024)',
    );
  });

  const campaigns: Sections = {
    ...POCO,
    rulesets: { 'poco-global': ruleset('poco-global', 'wide') },
  };
  test.each<[string, RedirectRule, string]>([
    ['a prefix', { from: '/campaign', to: 'https://www.mi.com/c', match: 'prefix' }, '/campaign/keep/'],
    ['a pattern', { from: '/campaign/*', to: 'https://www.mi.com/:splat' }, '/campaign/keep/'],
    ['a name', { from: '/:any/keep/x', to: 'https://www.mi.com/x' }, '/campaign/keep/x'],
    [
      'an exact rule inside',
      { from: '/campaign/keep/deep/down', to: 'https://www.mi.com/x' },
      '/campaign/keep/deep/down',
    ],
    ['an expression', { from: '/campaign/[a-z]+/[0-9]+', to: 'https://www.mi.com/x', match: 'regex' }, '/campaign/'],
    ['a rule with a query', { from: '/campaign/keep/q?id=7', to: 'https://www.mi.com/x' }, '/campaign/keep/q?id=7'],
  ])('finds a URL of the overlap with %s', (name, rule, expected) => {
    const place = name === 'an expression' ? 'https://po.co/campaign/' : 'https://po.co/campaign/keep/';
    const assertion: AssertionSpec = { kind: 'nothing-captures', urls: [place], until: 'end of 2026-12-31' };
    // Without anything that takes every URL, so that only the rule can.
    const shutdowns = { 'poco-2024': { ...POCO.shutdowns['poco-2024'], sites: ['poco-global'] } };
    const keepRest = { from: '/*', status: 410 as const, window: { until: '2000-01-01T00:00Z' } };
    const result = check(assertion, {
      sections: { ...campaigns, shutdowns },
      rules: { wide: [rule, keepRest] },
    });
    const byRule = result.failures.filter(({ decidedBy }) => decidedBy.kind === 'rule');
    expect(byRule.map(({ url }) => url.slice('https://po.co'.length)).some((url) => url.startsWith(expected))).toBe(
      true,
    );
    expect(byRule[0]?.from).toBe(DARK_LONDON);
  });
});

describe('no-target', () => {
  const home: AssertionOf<'no-target'> = {
    kind: 'no-target',
    targets: ['https://www.mi.com/global/'],
    until: 'end of 2026-12-31',
  };
  const rules = {
    ...POCO_RULES,
    gb: [
      { from: '/uk/', to: 'https://www.mi.com/global' },
      { from: '/uk/old', to: 'https://www.mi.com/global/?from=old' },
      { from: '/uk/shop/*', to: 'https://www.mi.com/global/:splat' },
      { from: '/uk/other', to: 'https://www.mi.com/global/other' },
      { from: '/uk/off', to: 'https://www.mi.com/global/', enabled: false },
      { from: '/uk/past', to: 'https://www.mi.com/global/', window: { until: '2024-06-01T00:00Z' } },
    ],
  };

  it('finds the rules that lead there, filled templates too, and only while they answer', () => {
    expect(check(home, { rules }).failures.map(({ rules: [rule] }) => rule?.from)).toEqual([
      '/uk/',
      '/uk/',
      '/uk/old',
      '/uk/old',
      '/uk/shop/*',
      '/uk/shop/*',
    ]);
  });

  it('lets those that are named', () => {
    expect(check({ ...home, except: ['/uk/', '/uk/s*'] }, { rules }).failures.map(({ url }) => url)).toEqual([
      'https://po.co/uk/old',
      'https://www.po.co/uk/old',
    ]);
  });

  it('takes patterns, and fallbacks where they are asked for', () => {
    const rulesets = { 'poco-gb': ruleset('poco-gb', 'gb', { fallback: { to: 'https://www.mi.com/global/' } }) };
    const sections = { ...POCO, rulesets };
    const wide = { ...home, targets: ['https://www.mi.com/global/*'], except: ['/uk/shop/*', '/uk/', '/uk/old'] };
    expect(check(wide, { sections, rules }).failures.map(({ rules: [rule] }) => rule?.from)).toEqual([
      '/uk/other',
      '/uk/other',
    ]);
    const strict = { ...home, except: ['/uk/*'], fallbacks: true };
    expect(check(strict, { sections, rules }).failures.map(({ decidedBy }) => decidedBy.kind)).toEqual([
      'fallback',
      'fallback',
    ]);
  });
});

describe('answers', () => {
  it('compares what is said, and nothing else', () => {
    const expectations = {
      [F6]: { status: 301, location: 'https://WWW.mi.com:443/global/phones/f6' },
      'https://po.co/uk/gone': { outcome: 'gone' },
      'https://po.co/uk/support/x': { outcome: 'redirect', status: 301 },
    } as const;
    expect(failuresOf(check({ kind: 'answers', expect: expectations, ...ONCE_DARK }))).toEqual([
      'https://po.co/uk/support/x 2025-01-01T00:00..2027-01-01T00:00 is redirected to https://www.mi.com/global/support/x (308), not redirect 301 (rule poco-gb#2)',
    ]);
  });

  it('reads its window on the clock of the URL’s market', () => {
    const assertion = {
      kind: 'answers',
      expect: { 'https://po.co/fr/x': { outcome: 'serve' }, [F6]: { outcome: 'serve' } },
      until: 'end of 2024-12-31',
    } as const;
    expect(check(assertion).failed).toBe(0);
    const late = { ...assertion, until: new Date(DARK_LONDON).toISOString() };
    expect(check(late).failures.map(({ url, from }) => [url, from])).toEqual([['https://po.co/fr/x', DARK_PARIS]]);
  });
});

/** Whatever the schedule: what is found is so at its instants, and what is not found is so at none. */
describe('against asking at every instant', () => {
  const DAY = 24 * 60 * 60 * 1000;
  const START = instant('2025-01-01T00:00:00Z');
  const at = (day: number): string => new Date(START + day * DAY).toISOString();
  const path = fc.constantFrom('a', 'b', 'c');
  const site = fc.constantFrom('one', 'two');
  const rule = fc.record({
    in: site,
    from: path,
    to: fc.tuple(fc.constantFrom('one', 'two', 'out'), path),
    window: fc.option(fc.tuple(fc.nat(8), fc.integer({ min: 9, max: 18 })), { nil: undefined }),
  });
  const schedule = fc.record({ dark: fc.integer({ min: 1, max: 6 }), lasts: fc.integer({ min: 1, max: 12 }) });
  const worldOf = fc.record({
    rules: fc.uniqueArray(rule, { maxLength: 6, selector: ({ in: own, from }) => `${own}/${from}` }),
    one: schedule,
    two: schedule,
    exception: fc.option(fc.tuple(fc.nat(6), fc.integer({ min: 7, max: 14 })), { nil: undefined }),
    within: fc.nat(2),
  });

  it('agrees', () => {
    fc.assert(
      fc.property(worldOf, ({ rules, one, two, exception, within }) => {
        const shutdown = (own: string, { dark, lasts }: typeof one) => ({
          title: own,
          sites: [own],
          into: 'hub',
          freeze: at(dark),
          dark: at(dark),
          redirectsUntil: at(dark + lasts),
        });
        const legacy = (own: string) => ({
          brand: 'b',
          market: 'global',
          role: 'legacy' as const,
          urls: [`https://${own}.example/`],
        });
        const urls = ['one', 'two'].flatMap((own) => ['a', 'b', 'c'].map((page) => `https://${own}.example/${page}`));
        const sections: Sections = {
          markets: { global: MARKETS.global },
          sites: { one: legacy('one'), two: legacy('two'), hub: { ...legacy('hub'), role: 'unified' } },
          shutdowns: { one: shutdown('one', one), two: shutdown('two', two) },
          rulesets: { one: ruleset('one', 'one'), two: ruleset('two', 'two') },
          ...(exception === undefined
            ? {}
            : {
                exceptions: {
                  e: {
                    urls: ['https://one.example/a'],
                    from: ['redirect'],
                    reason: 'r',
                    owner: 'o',
                    startsAt: at(exception[0]),
                    endsAt: at(exception[1]),
                    reviewBy: at(20),
                  },
                },
              }),
          assertions: { it: { kind: 'every-url-ends', urls, on: ['out.example', 'hub.example'], within } },
        };
        const rulesOf = (own: string): RedirectRule[] =>
          rules
            .filter((one) => one.in === own)
            .map(({ from, to: [host, page], window }) => ({
              from: `/${from}`,
              to: `https://${host}.example/${page}`,
              ...(window === undefined ? {} : { window: { from: at(window[0]), until: at(window[1]) } }),
            }));
        const world = answeringFrom(documentsFrom(sections), { one: rulesOf('one'), two: rulesOf('two') });
        const [result] = checkAssertions(world);
        const instants = Array.from({ length: 22 * 2 }, (_, half) => START + (half * DAY) / 2 - DAY / 4);
        const failsAt = (url: string, when: number): boolean => {
          const { hops, outcome, url: own } = explainUrl(world, url, when, { reasoning: false });
          const last = hops.at(-1);
          const end = last?.outcome ?? outcome;
          const host = new URL(last?.url ?? own).host;
          const arrives = end === 'serve' || end === 'outside';
          return !(arrives && hops.length <= within && (host === 'out.example' || host === 'hub.example'));
        };
        const failing = new Map(result?.failures.map((failure) => [failure.url, failure]));
        for (const url of urls) {
          const failure = failing.get(url);
          const wrong = instants.filter((when) => failsAt(url, when));
          expect(failure !== undefined, url).toBe(wrong.length > 0);
          if (failure === undefined) continue;
          expect(wrong[0]).toBeGreaterThanOrEqual(failure.from);
          expect(wrong[0]).toBeLessThan(failure.until);
          const inside = instants.filter((when) => failure.from <= when && when < failure.until);
          expect(inside.every((when) => failsAt(url, when))).toBe(true);
        }
      }),
      { numRuns: 60 },
    );
  });
});
