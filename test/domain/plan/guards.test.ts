import { describe, expect, test } from 'vitest';
import type { RedirectRule } from '../../../src/redirects/rule.ts';
import { DARK_LONDON, instant, MARKETS, POCO, ruleset, type Sections } from '../state/world.ts';
import { blocking, document, entry, guardsOf, kept, plan } from './planning.ts';

const current = kept(POCO);

test('every guard says what it looked at, also where it passes', () => {
  expect(plan(current, document({})).guards.map(({ guard, outcome }) => `${guard} ${outcome}`)).toEqual([
    'dates pass',
    'deletes pass',
    'updates pass',
    'rules pass',
    'assertions pass',
    'exceptions pass',
    'freeze-window pass',
    'tz-database pass',
  ]);
});

describe('mass changes', () => {
  const markets = (count: number, name = 'n', first = 0): Sections['markets'] =>
    Object.fromEntries(Array.from({ length: count }, (_, i) => [`m-${first + i}`, { ...MARKETS.gb, name: `${name}` }]));

  test.each<[string, number, number, boolean]>([
    ['a third of few', 3, 2, true],
    ['three tenths', 10, 7, false],
    ['more than three tenths', 10, 6, true],
    ['as many as the count allows', 500, 475, false],
    ['one more than the count allows', 500, 474, true],
  ])('deleting %s (%d to %d)', (_name, before, after, blocked) => {
    const draft = plan(kept({ markets: markets(before) }), document({ markets: markets(after) }));
    expect(blocking(draft)).toEqual(blocked ? ['deletes'] : []);
  });

  test.each<[string, number, number, boolean]>([
    ['the only one', 1, 1, false],
    ['one of many', 10, 1, false],
    ['both', 2, 2, true],
    ['half', 10, 5, false],
    ['more than half', 10, 6, true],
    ['as many as the count allows', 1000, 250, false],
    ['one more than the count allows', 1000, 251, true],
  ])('updating %s (of %d, %d)', (_name, before, changed, blocked) => {
    const wanted = { ...markets(before), ...markets(changed, 'other') };
    const draft = plan(kept({ markets: markets(before) }), document({ markets: wanted }));
    expect(draft.operations).toHaveLength(changed);
    expect(blocking(draft)).toEqual(blocked ? ['updates'] : []);
  });

  test('is said with its numbers and the narrowest override', () => {
    const draft = plan(kept({ markets: markets(4) }), document({ markets: markets(2) }));
    expect(guardsOf(draft, 'deletes')).toEqual([
      {
        guard: 'deletes',
        outcome: 'block',
        message: '2 of 4 markets would be deleted (50 %), more than 30 %',
        targets: ['markets/m-2', 'markets/m-3'],
        override: '--override deletes',
        details: { of: 'markets', touched: 2, existing: 4, limit: { share: 0.3, count: 25 } },
      },
    ]);
  });

  test.each([
    ['a ruleset', kept({ ...POCO, rulesets: { r: ruleset('poco-gb', 'gb') } }), entry('rulesets', 'r', null)],
    ['an exception', current, entry('exceptions', 'poco-india', null)],
  ])('%s that is named alone may go, be it the only one', (_name, documents, desired) => {
    const draft = plan(documents, desired);
    expect(draft.operations).toHaveLength(1);
    expect(blocking(draft)).toEqual([]);
    expect(guardsOf(draft, 'deletes')[0]).toMatchObject({ outcome: 'pass', override: null });
  });

  const list = (count: number, status = 301, first = 0): RedirectRule[] =>
    Array.from({ length: count }, (_, i) => ({
      from: `/uk/${first + i}`,
      to: `https://www.mi.com/${first + i}`,
      status,
    }));
  test.each<[string, readonly RedirectRule[], string[]]>([
    ['loses seven of twenty', list(13), ['deletes']],
    ['loses six of twenty', list(14), []],
    ['changes eleven of twenty', [...list(11, 302), ...list(9, 301, 11)], ['updates']],
    ['changes ten of twenty', [...list(10, 302), ...list(10, 301, 10)], []],
    ['is put in another order', list(20).reverse(), []],
    ['grows a hundredfold', list(2000), []],
  ])('rules are counted in each ruleset, a named one too: it %s', (_name, next, expected) => {
    const spec = { ...POCO.rulesets['poco-gb'], rules: ruleset('poco-gb', 'next').rules };
    const rules = { gb: list(20), next, fr: [] };
    expect(blocking(plan(current, entry('rulesets', 'poco-gb', spec), { rules }))).toEqual(expected);
  });

  test.each<[string, number, number, string[]]>([
    ['one of two that is named may go', 2, 1, []],
    ['the only one leaves nothing', 1, 0, ['deletes']],
    ['all of many leave nothing', 13, 0, ['deletes']],
    ['one comes where there were none', 0, 1, []],
  ])('rules of a named ruleset: %s', (_name, before, after, expected) => {
    const spec = { ...POCO.rulesets['poco-gb'], rules: ruleset('poco-gb', 'next').rules };
    const rules = { gb: list(before), next: list(after), fr: [] };
    const desired = entry('rulesets', 'poco-gb', spec);
    expect(blocking(plan(current, desired, { rules }))).toEqual(expected);
  });
});

describe('freeze windows', () => {
  const [from, until] = [instant('2024-11-25T00:00:00Z'), instant('2024-12-02T00:00:00Z')];
  const frozen = kept({
    ...POCO,
    freezeWindows: { peak: { from: '2024-11-25T00:00Z', until: '2024-12-02T00:00Z', reason: 'Black Friday' } },
  });
  const change = entry('markets', 'gb', { ...MARKETS.gb, name: 'UK' });

  test.each<[number, boolean]>([
    [from - 1, false],
    [from, true],
    [until - 1, true],
    [until, false],
  ])('at %d', (now, blocked) => {
    expect(blocking(plan(frozen, change, { now }))).toEqual(blocked ? ['freeze-window'] : []);
  });

  test('stop nothing where nothing changes', () => {
    expect(blocking(plan(frozen, document({}), { now: from }))).toEqual([]);
  });

  test('are not left by taking them out', () => {
    const draft = plan(frozen, entry('freezeWindows', 'peak', null), { now: from });
    expect(guardsOf(draft, 'freeze-window')[0]).toMatchObject({
      outcome: 'block',
      message: 'freeze window peak is open until 2024-12-02T00:00:00Z: Black Friday',
      override: '--override freeze-window',
    });
  });

  test('that the plan itself brings do not stop it', () => {
    const { peak } = { peak: { from: '2024-11-25T00:00Z', until: '2024-12-02T00:00Z', reason: 'r' } };
    expect(blocking(plan(current, entry('freezeWindows', 'peak', peak), { now: from }))).toEqual([]);
  });
});

describe('exceptions', () => {
  const exempt = (spec: object, sections: Partial<Sections> = {}) =>
    kept({
      ...POCO,
      ...sections,
      exceptions: { e: { ...POCO.exceptions['poco-india'], sites: ['poco-gb'], ...spec } },
    });
  const changedSite = entry('sites', 'poco-gb', { ...POCO.sites['poco-gb'], brand: 'POCO' });
  const changedRules = entry('rulesets', 'poco-gb', { ...POCO.rulesets['poco-gb'], query: 'drop' });

  test.each([
    ['its site', {}, changedSite, ['exceptions']],
    ['the rules of its site', {}, changedRules, ['exceptions']],
    ['the site of its market', { sites: undefined, markets: ['gb'] }, changedSite, ['exceptions']],
    ['another site', { sites: ['poco-fr'] }, changedSite, []],
    ['its site before it starts', { startsAt: '2024-10-01T00:00:00.001Z' }, changedSite, []],
    ['its site as it starts', { startsAt: '2024-10-01T00:00Z' }, changedSite, ['exceptions']],
    ['its site as it ends', { endsAt: '2024-10-01T00:00Z' }, changedSite, []],
    ['its site, which is exempt from something else', { from: ['catalog'] }, changedSite, []],
  ])('protect %s', (_name, spec, desired, expected) => {
    const rulesets = { 'poco-fr': POCO.rulesets['poco-fr'], 'poco-gb': POCO.rulesets['poco-gb'] };
    // Without rules: those that reach into the exempt site are another guard's matter.
    expect(blocking(plan(exempt(spec, { rulesets }), desired, { rules: {} }))).toEqual(expected);
  });
});

describe('rules', () => {
  const withRules = (gb: readonly RedirectRule[], sections: Sections = POCO) => {
    const spec = { ...POCO.rulesets['poco-gb'], rules: ruleset('poco-gb', 'next').rules };
    return plan(kept(sections), entry('rulesets', 'poco-gb', spec), { rules: { gb: [], next: gb, fr: [] } });
  };

  test.each<[string, readonly RedirectRule[], string[]]>([
    ['fine', [{ from: '/uk/a', to: 'https://www.mi.com/a' }], []],
    [
      'a loop',
      [
        { from: '/uk/a', to: '/uk/b' },
        { from: '/uk/b', to: '/uk/a' },
      ],
      ['loop'],
    ],
    ['growth', [{ from: '/uk/*', to: 'https://po.co/uk/x/:splat' }], ['infinite-growth']],
    [
      'a conflict',
      [
        { from: '/uk/a', to: 'https://www.mi.com/a' },
        { from: '/uk/a', to: 'https://www.mi.com/b' },
      ],
      ['conflict'],
    ],
  ])('%s', (_name, gb, codes) => {
    const found = guardsOf(withRules(gb), 'rules').filter(({ outcome }) => outcome === 'block');
    expect(found.map(({ details }) => (details as { code: string }).code)).toEqual(codes);
    for (const result of found)
      expect(result).toMatchObject({ targets: ['rulesets/poco-gb'], override: '--override rules' });
  });

  const careers = {
    ...POCO.exceptions['poco-india'],
    sites: undefined,
    urls: ['https://po.co/uk/careers'],
    reviewBy: '2025-06-30T00:00Z',
  };

  test.each<[string, RedirectRule, string]>([
    ['inside an exempt area block', { from: '/uk/careers/jobs', to: 'https://www.mi.com/jobs' }, 'block'],
    ['that cover an exempt area from above warn', { from: '/uk/*', to: 'https://www.mi.com/:splat' }, 'warn'],
    ['beside an exempt area pass', { from: '/uk/career', to: 'https://www.mi.com/career' }, 'pass'],
  ])('%s', (_name, rule, outcome) => {
    const found = guardsOf(withRules([rule], { ...POCO, exceptions: { careers } } as Sections), 'rules');
    expect(found.map((result) => result.outcome)).toEqual([outcome]);
    expect(found[0]?.override ?? null).toBe(outcome === 'block' ? '--override rules' : null);
  });

  test('inside an area whose exemption is over before the rules answer pass', () => {
    const rule = { from: '/uk/careers/jobs', to: 'https://www.mi.com/jobs' };
    const ended = { careers: { ...careers, endsAt: '2025-01-01T00:00Z' } };
    const ending = { careers: { ...careers, endsAt: '2025-01-01T00:00:00.001Z' } };
    expect(blocking(withRules([rule], { ...POCO, exceptions: ended } as Sections))).toEqual([]);
    expect(blocking(withRules([rule], { ...POCO, exceptions: ending } as Sections))).toEqual(['rules']);
  });

  test('are looked at again when an exception comes, though no rule changes', () => {
    const inside = { ...careers, urls: ['https://po.co/uk/support'] };
    expect(blocking(plan(current, entry('exceptions', 'careers', inside)))).toEqual(['rules']);
    expect(blocking(plan(current, entry('exceptions', 'careers', careers)))).toEqual([]);
  });

  test('are looked at again when the zone of their windows changes', () => {
    const windowed = [{ from: '/uk/a', to: 'https://www.mi.com/a', window: { from: '2025-03-30T02:30' } }];
    const desired = document({ markets: { ...MARKETS, gb: { ...MARKETS.gb, timeZone: 'Europe/Paris' } } });
    expect(() => plan(current, desired, { rules: { gb: windowed, fr: [] } })).toThrow(
      expect.objectContaining({
        code: 'invalid-document',
        message: expect.stringContaining('/rulesets/poco-gb/rules/0'),
      }),
    );
  });
});

describe('dates', () => {
  const warned = (sections: Sections, now = DARK_LONDON): string[] =>
    guardsOf(plan(kept({}), document(sections), { now }), 'dates')
      .filter(({ outcome }) => outcome === 'warn')
      .map(({ message }) => message);

  test('in the past are allowed and pointed out', () => {
    expect(warned({ ...POCO, exceptions: {} })).toEqual([
      'freeze of poco-2024 is in the past (2024-10-21 00:00 +00:00)',
      'voucherCutoff of poco-2024 is in the past (2024-12-13 00:00 +00:00)',
      'dark of poco-2024 is in the past (2025-01-01 00:00 +00:00)',
    ]);
    expect(warned(POCO, DARK_LONDON - 1)).toHaveLength(3);
    expect(warned(POCO, 0)).toEqual([]);
  });

  test('that leave redirects less than a year are pointed out', () => {
    const shutdowns = {
      s: { ...POCO.shutdowns['poco-2024'], redirectsUntil: 'end of 2025-12-30', sites: ['poco-gb', 'poco-fr'] },
    };
    expect(warned({ ...POCO, shutdowns }, 0)).toEqual([
      'redirects of poco-gb, poco-fr end within a year of going dark',
    ]);
  });

  test('of an exception that is over, or past its review, are pointed out', () => {
    const exceptions = { e: { ...POCO.exceptions['poco-india'], endsAt: '2025-07-01T00:00Z' } };
    expect(warned({ ...POCO, shutdowns: {}, exceptions }, instant('2025-07-01T00:00:00Z'))).toEqual([
      'exception e is past its review date (end of 2025-06-30)',
      'exception e has ended already (2025-07-01T00:00Z)',
    ]);
  });
});
