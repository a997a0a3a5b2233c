import { describe, expect, test } from 'vitest';
import type { StoredRulesetSpec } from '../../../src/domain/document/schema.ts';
import type { RedirectRule } from '../../../src/redirects/rule.ts';
import { DARK_LONDON, DARK_PARIS, instant, POCO, ruleset, type Sections } from '../state/world.ts';
import { applied, document, entry, kept, NOW, plan } from './planning.ts';

type Plan = ReturnType<typeof plan>;

function confirmed(draft: Plan): string[] {
  return draft.confirmations.map(({ id, why }) => `${id}: ${why}`);
}

const current = kept(POCO);
const shutdown = POCO.shutdowns['poco-2024'];

describe('a shutdown', () => {
  const scheduled = (now: number, spec: object = {}, from: Sections = { ...POCO, shutdowns: {} }): string[] =>
    confirmed(plan(kept(from), entry('shutdowns', 'poco-2024', { ...shutdown, ...spec }), { now }));

  test('in the future needs none', () => {
    expect(scheduled(NOW)).toEqual([]);
  });

  test('that freezes at once needs none: visitors are still served', () => {
    expect(scheduled(instant('2024-11-01T00:00:00Z'))).toEqual([]);
  });

  test('that is dark at once names the sites that are, and not those that are exempt or in another time zone', () => {
    expect(scheduled(DARK_PARIS - 1)).toEqual([]);
    expect(scheduled(DARK_PARIS)).toEqual(['poco-2024: poco-fr is dark at once']);
    expect(scheduled(DARK_LONDON)).toEqual([
      'poco-2024: poco-global is dark at once, poco-gb is dark at once, poco-fr is dark at once',
    ]);
  });

  test('that is pulled forward, put off, or taken away while sites are dark', () => {
    expect(
      scheduled(
        NOW,
        { freeze: '2024-01-01T00:00Z', voucherCutoff: undefined, dark: '2024-01-02T00:00Z', sites: ['poco-gb'] },
        POCO,
      ),
    ).toEqual(['poco-2024: poco-gb is dark at once']);
    expect(
      scheduled(
        DARK_LONDON,
        { dark: 'end of 2025-01-31', sites: ['poco-gb'] },
        { ...POCO, shutdowns: { 'poco-2024': { ...shutdown, sites: ['poco-gb'] } } },
      ),
    ).toEqual(['poco-2024: poco-gb is frozen at once']);
    expect(confirmed(plan(current, entry('shutdowns', 'poco-2024', null), { now: DARK_LONDON }))).toEqual([
      'poco-2024: poco-global is active at once, poco-gb is active at once, poco-fr is active at once',
    ]);
  });

  test('that sends visitors of a dark site somewhere else', () => {
    const sites = { ...POCO.sites, other: { ...POCO.sites['mi-global'], urls: ['https://other.example/'] } };
    const from = { ...POCO, sites, shutdowns: { 'poco-2024': { ...shutdown, sites: ['poco-gb'] } } };
    expect(scheduled(DARK_LONDON, { into: 'other', sites: ['poco-gb'] }, from)).toEqual([
      'poco-2024: visitors of poco-gb go to other at once',
    ]);
    expect(scheduled(NOW, { into: 'other', sites: ['poco-gb'] }, from)).toEqual([]);
  });

  test('of many sites names five and counts the others', () => {
    const sites = Object.fromEntries(
      Array.from({ length: 8 }, (_, i) => [`s-${i}`, { ...POCO.sites['poco-gb'], urls: [`https://s${i}.example/`] }]),
    );
    const all = { ...POCO, sites: { ...POCO.sites, ...sites }, shutdowns: {} };
    const [only] = scheduled(DARK_LONDON, { sites: Object.keys(sites) }, all);
    expect(only).toMatch(/s-4 is dark at once and 3 more$/);
  });
});

describe('an exception', () => {
  const exception = { ...POCO.exceptions['poco-india'], sites: ['poco-in', 'poco-gb'] };
  const changed = (after: object | null, before: object = {}, now = NOW): string[] =>
    confirmed(
      plan(kept({ ...POCO, exceptions: { e: { ...exception, ...before } } }), entry('exceptions', 'e', after), {
        now,
        rules: {},
      }),
    );
  const with_ = (spec: object): object => ({ ...exception, ...spec });

  test.each<[string, object | null, object, string[]]>([
    ['removed', null, {}, ['e: what it exempts is no longer exempt, at once']],
    ['removed once it has ended', null, { endsAt: '2024-10-01T00:00Z' }, []],
    [
      'removed a moment before it ends',
      null,
      { endsAt: '2024-10-01T00:00:00.001Z' },
      ['e: what it exempts is no longer exempt, at once'],
    ],
    ['of fewer sites', with_({ sites: ['poco-in'] }), {}, ['e: its sites become fewer, at once']],
    ['from less', with_({ from: ['redirect'] }), {}, ['e: its from become fewer, at once']],
    ['of more', with_({ sites: ['poco-in', 'poco-gb', 'poco-fr'], from: ['shutdown', 'redirect', 'launch'] }), {}, []],
    ['with another owner', with_({ owner: 'o' }), {}, []],
    [
      'that ends now',
      with_({ endsAt: '2024-10-01T00:00Z' }),
      {},
      ['e: it no longer holds now: until 2024-10-01T00:00:00Z'],
    ],
    ['that ends a moment later', with_({ endsAt: '2024-10-01T00:00:00.001Z' }), {}, []],
    [
      'that starts later',
      with_({ startsAt: 'start of 2024-10-02' }),
      {},
      ['e: it no longer holds now: from 2024-10-01T18:30:00Z, from 2024-10-01T23:00:00Z'],
    ],
    ['that had ended, and ends otherwise', with_({ endsAt: '2024-09-01T00:00Z' }), { endsAt: '2024-08-01T00:00Z' }, []],
    [
      'that had not begun, and begins later',
      with_({ startsAt: '2025-09-01T00:00Z' }),
      { startsAt: '2025-08-01T00:00Z' },
      [],
    ],
    [
      'whose common end becomes civil and past',
      with_({ endsAt: 'end of 2024-09-30' }),
      { endsAt: '2030-01-01T00:00Z' },
      ['e: it no longer holds now: until 2024-09-30T18:30:00Z, until 2024-09-30T23:00:00Z'],
    ],
  ])('%s', (_name, after, before, expected) => {
    expect(changed(after, before)).toEqual(expected);
  });

  test('that is granted needs none', () => {
    expect(
      confirmed(plan(kept({ ...POCO, exceptions: {} }), entry('exceptions', 'e', exception), { rules: {} })),
    ).toEqual([]);
  });
});

describe('rules that come into force on a dark site', () => {
  const site = POCO.sites['poco-gb'];
  const comes = (
    next: readonly RedirectRule[],
    options: {
      before?: readonly RedirectRule[];
      spec?: Partial<StoredRulesetSpec>;
      now?: number;
      urls?: string[];
    } = {},
  ): string[] => {
    const { before = [], spec = {}, now = DARK_LONDON, urls = site.urls } = options;
    const from = { ...POCO, sites: { ...POCO.sites, 'poco-gb': { ...site, urls } } };
    const wanted = { ...ruleset('poco-gb', 'next'), ...spec };
    return confirmed(
      plan(kept(from), entry('rulesets', 'poco-gb', wanted), { now, rules: { gb: before, next, fr: [] } }),
    );
  };
  const to = 'https://www.mi.com/global/';

  test.each<[string, RedirectRule]>([
    ['a splat', { from: '/uk/*', to }],
    ['a prefix', { from: '/uk', match: 'prefix', to }],
    ['a name and the rest', { from: '/uk/:page/*', to }],
    ['a regular expression', { from: '^/uk/(.*)$', match: 'regex', to: 'https://www.mi.com/:1' }],
    ['a URL without a scheme', { from: 'po.co/uk/*', to }],
    ['a URL of one scheme', { from: 'http://po.co/uk/*', to }],
    [
      'one whose window is open',
      { from: '/uk/*', to, window: { from: 'start of 2025-01-01', until: 'start of 2025-01-02' } },
    ],
  ])('%s that takes everything', (_name, rule) => {
    expect(comes([rule])).toEqual([
      `poco-gb: site poco-gb is dark, and the catch-all ${rule.from} takes its visitors at once`,
    ]);
  });

  test.each<[string, RedirectRule]>([
    ['an exact path', { from: '/uk', to }],
    ['a folder', { from: '/uk/phones/*', to }],
    ['what is disabled', { from: '/uk/*', to, enabled: false }],
    ['what has not begun', { from: '/uk/*', to, window: { from: '2025-01-01T00:00:00.001Z' } }],
    ['what asks for a query', { from: '/uk/*?a=1', to }],
  ])('%s does not', (_name, rule) => {
    expect(comes([rule])).toEqual([]);
  });

  test('a catch-all that stays as it was, with other rules beside it', () => {
    const catchAll = { from: '/uk/*', to };
    expect(comes([{ from: '/uk/new', to }, catchAll], { before: [catchAll] })).toEqual([]);
    expect(comes([{ ...catchAll, status: 302 }], { before: [catchAll] })).toHaveLength(1);
    expect(comes([{ from: '/uk/new', to }], { before: [catchAll] })).toEqual([
      'poco-gb: site poco-gb is dark, and the catch-all /uk/* no longer takes its visitors at once',
    ]);
  });

  test('needs none before the site is dark', () => {
    expect(comes([{ from: '/uk/*', to }], { now: DARK_LONDON - 1 })).toEqual([]);
  });

  test('a fallback that changes', () => {
    const fallback = { to: 'https://www.mi.com/other' };
    expect(comes([], { spec: { fallback } })).toEqual([
      'poco-gb: site poco-gb is dark, and the fallback of poco-gb changes at once',
    ]);
    expect(comes([], { spec: { fallback }, now: DARK_LONDON - 1 })).toEqual([]);
  });

  test('a ruleset that goes', () => {
    expect(confirmed(plan(current, entry('rulesets', 'poco-gb', null), { now: DARK_LONDON }))).toEqual([
      'poco-gb: site poco-gb is dark and loses its rules at once',
    ]);
  });

  describe('that are emptied', () => {
    const rules = { gb: [{ from: '/uk/f6', to }], next: [], fr: [] };
    const spec = ruleset('poco-gb', 'next');
    const lost = ['poco-gb: site poco-gb is dark and loses its rules at once'];
    const draft = (desired: Parameters<typeof plan>[1], now: number, from = current) =>
      plan(from, desired, { now, rules });

    test.each<[string, Parameters<typeof plan>[1]]>([
      ['by an import', entry('rulesets', 'poco-gb', spec)],
      ['by a document', document({ rulesets: { ...POCO.rulesets, 'poco-gb': spec } })],
      ['with another fallback', entry('rulesets', 'poco-gb', { ...spec, fallback: { status: 410 } })],
    ])('%s', (_name, desired) => {
      expect(confirmed(draft(desired, DARK_LONDON))).toEqual(lost);
      expect(confirmed(draft(desired, DARK_LONDON - 1))).toEqual([]);
    });

    test('by a rollback', () => {
      const empty = kept({ ...POCO, rulesets: { ...POCO.rulesets, 'poco-gb': spec } });
      const filled = draft(entry('rulesets', 'poco-gb', POCO.rulesets['poco-gb']), NOW, empty);
      const rollback = { kind: 'rollback', operations: filled.operations } as const;
      expect(confirmed(draft(rollback, DARK_LONDON, applied(empty, filled)))).toEqual(lost);
    });

    test.each<[string, RedirectRule[], string[]]>([
      ['are all switched off', [{ from: '/uk/f6', to, enabled: false }], lost],
      ['have all ended', [{ from: '/uk/f6', to, window: { until: '2024-12-31T00:00Z' } }], lost],
      ['have not begun', [{ from: '/uk/f6', to, window: { from: '2025-06-01T00:00' } }], lost],
      ['have begun', [{ from: '/uk/f6', to, window: { from: '2024-12-01T00:00' } }], []],
    ])('rules that %s', (_name, next, asked) => {
      expect(
        confirmed(plan(current, entry('rulesets', 'poco-gb', spec), { now: DARK_LONDON, rules: { ...rules, next } })),
      ).toEqual(asked);
    });

    test('later needs none', () => {
      const later = { ...spec, inForceFrom: '2025-06-01T00:00Z' };
      expect(confirmed(draft(entry('rulesets', 'poco-gb', later), DARK_LONDON))).toEqual([]);
    });

    test('and had none before needs none', () => {
      const without = kept({ ...POCO, rulesets: { 'poco-gb': ruleset('poco-gb', 'fr') } });
      expect(confirmed(draft(entry('rulesets', 'poco-gb', spec), DARK_LONDON, without))).toEqual([]);
    });
  });

  describe('and need no consent', () => {
    const said = (
      next: readonly RedirectRule[],
      { now = DARK_LONDON, more = {}, from = current as ReturnType<typeof kept> } = {},
    ) =>
      plan(from, entry('rulesets', 'poco-gb', { ...ruleset('poco-gb', 'next'), ...more }), {
        now,
        rules: { gb: [{ from: '/uk/a', to }], next, fr: [] },
      }).operations.map(({ atOnce }) => atOnce);
    const AT_ONCE = 'site poco-gb is dark: this answers its visitors at once';
    const next = [{ from: '/uk/b', to }];

    test('are said to answer at once', () => {
      expect(said(next)).toEqual([AT_ONCE]);
      expect(said(next, { from: kept({ ...POCO, rulesets: {} }) })).toEqual([AT_ONCE]);
    });

    test('but not before the site is dark, nor where they begin later, nor where consent says it', () => {
      expect(said(next, { now: DARK_LONDON - 1 })).toEqual([undefined]);
      expect(said(next, { more: { inForceFrom: '2025-06-01T00:00Z' } })).toEqual([undefined]);
      const none = kept({ ...POCO, rulesets: {} });
      expect(said(next, { more: { inForceFrom: '2025-06-01T00:00Z' }, from: none })).toEqual([undefined]);
      expect(said([{ from: '/uk/*', to }])).toEqual([undefined]);
      expect(said([])).toEqual([undefined]);
    });
  });

  test('a ruleset that moves to another site', () => {
    const moved = entry('rulesets', 'poco-gb', { ...POCO.rulesets['poco-gb'], site: 'poco-global' });
    expect(confirmed(plan(current, moved, { now: DARK_LONDON, rules: {} }))).toEqual([
      'poco-gb: site poco-gb is dark and loses its rules at once',
    ]);
    expect(confirmed(plan(current, moved, { rules: {} }))).toEqual([]);
  });

  test('a wildcard host counts', () => {
    expect(comes([{ from: '/*', to }], { urls: ['https://*.uk.example/'] })).toHaveLength(1);
  });
});

describe('a site', () => {
  const lone = { ...POCO, shutdowns: {}, rulesets: {}, exceptions: {} };

  test('that is taken away while people visit it', () => {
    expect(confirmed(plan(kept(lone), entry('sites', 'poco-gb', null)))).toEqual([
      'poco-gb: it is active now, and its URLs would belong to nothing',
    ]);
  });

  test('that loses a URL', () => {
    const [kept_, lost] = POCO.sites['poco-gb'].urls;
    expect(confirmed(plan(kept(lone), entry('sites', 'poco-gb', { ...POCO.sites['poco-gb'], urls: [kept_] })))).toEqual(
      [`poco-gb: it is active now, and loses ${lost}`],
    );
  });

  test.each<[string, object, Sections, string[]]>([
    ['opens at once', { opensAt: '2024-09-01T00:00Z' }, lone, ['poco-gb: it is active at once, and was prelaunch']],
    ['opens a moment later', { opensAt: '2024-10-01T00:00:00.001Z' }, lone, []],
    [
      'leaves the market that is exempt',
      { opensAt: undefined, market: 'fr' },
      {
        ...lone,
        sites: POCO.sites,
        exceptions: { e: { ...POCO.exceptions['poco-india'], sites: undefined, markets: ['gb'] } },
      } as Sections,
      ['poco-gb: exception e no longer covers it, at once'],
    ],
  ])('that %s', (_name, spec, from, expected) => {
    const closed = { ...POCO.sites['poco-gb'], opensAt: '2030-01-01T00:00Z' };
    const sites = { ...POCO.sites, ...(from === lone ? { 'poco-gb': closed } : {}) };
    const desired = entry('sites', 'poco-gb', { ...POCO.sites['poco-gb'], ...spec });
    expect(confirmed(plan(kept({ ...from, sites }), desired))).toEqual(expected);
  });

  test('that people visit is closed until later', () => {
    const desired = entry('sites', 'poco-gb', { ...POCO.sites['poco-gb'], opensAt: '2030-01-01T00:00Z' });
    expect(confirmed(plan(kept(lone), desired))).toEqual(['poco-gb: it is prelaunch at once, and was active']);
  });

  test('that nobody visits needs none', () => {
    const sites = { ...POCO.sites, 'poco-gb': { ...POCO.sites['poco-gb'], opensAt: '2030-01-01T00:00Z' } };
    expect(confirmed(plan(kept({ ...lone, sites }), entry('sites', 'poco-gb', null)))).toEqual([]);
    const retired = kept({ ...POCO, rulesets: {}, exceptions: {} });
    const sold = { ...POCO.sites['poco-gb'], urls: ['https://archive.example/'] };
    expect(confirmed(plan(retired, entry('sites', 'poco-gb', sold), { now: instant('2028-01-01T00:00:00Z') }))).toEqual(
      [],
    );
  });
});

test('markets and freeze windows need none', () => {
  const { markets } = POCO;
  const draft = plan(
    kept({ markets }),
    document({
      markets: { gb: { ...markets.gb, name: 'UK' } },
      freezeWindows: { w: { from: '2024-01-01T00:00Z', until: '2025-01-01T00:00Z', reason: 'r' } },
    }),
  );
  expect(draft.confirmations).toEqual([]);
});
