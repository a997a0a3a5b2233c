import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { exportDocument } from '../../../src/domain/document/export-document.ts';
import type { Documents } from '../../../src/domain/document/resources.ts';
import { EXIT } from '../../../src/domain/failure.ts';
import { stampRevision } from '../../../src/domain/plan/operations.ts';
import { countVerbs } from '../../../src/domain/plan/plan.ts';
import { DARK_LONDON, documentsFrom, MARKETS, POCO, ruleset, type Sections, TZDB } from '../state/world.ts';
import { applied, blocking, document, entry, guardsOf, kept, NOW, plan, steps } from './planning.ts';

const EMPTY: Documents = kept({});
const current = kept(POCO);

describe('a document', () => {
  test('creates what others build on first', () => {
    const draft = plan(EMPTY, document(POCO));
    expect(draft.operations.map(({ kind }) => kind)).toEqual([
      ...Array(4).fill('markets'),
      ...Array(5).fill('sites'),
      'shutdowns',
      ...Array(2).fill('rulesets'),
      'exceptions',
    ]);
    expect(draft.operations.every(({ expectedVersion, before }) => expectedVersion === 0 && before === null)).toBe(
      true,
    );
    expect(countVerbs(draft.operations)).toEqual({ create: 13, update: 0, delete: 0 });
    expect(blocking(draft)).toEqual([]);
  });

  test('deletes what others build on last, and after everything is created and updated', () => {
    const { 'poco-fr': fr, ...sites } = POCO.sites;
    const { fr: _, ...markets } = MARKETS;
    const draft = plan(
      current,
      document({
        markets: { ...markets, de: { ...MARKETS.fr, timeZone: 'Europe/Berlin', countries: ['DE'] } },
        sites: { ...sites, 'poco-de': { ...fr, market: 'de', urls: ['https://po.co/de/'] } },
        shutdowns: { 'poco-2024': { ...POCO.shutdowns['poco-2024'], sites: ['poco-gb', 'poco-de'] } },
        rulesets: { 'poco-gb': POCO.rulesets['poco-gb'] },
      }),
    );
    expect(steps(draft)).toEqual([
      'create markets/de',
      'create sites/poco-de',
      'update shutdowns/poco-2024',
      'delete rulesets/poco-fr',
      'delete sites/poco-fr',
      'delete markets/fr',
    ]);
  });

  test('leaves sections alone that it does not have', () => {
    expect(steps(plan(current, document({ markets: MARKETS })))).toEqual([]);
    expect(plan(current, document({})).unchanged).toBe(13);
  });

  test('says what changes, key by key, with every instant that moves', () => {
    const shutdown = {
      ...POCO.shutdowns['poco-2024'],
      title: 'Later',
      sites: ['poco-gb', 'poco-fr'],
      dark: 'end of 2025-01-31',
    };
    const [operation] = plan(
      kept({ ...POCO, shutdowns: { s: { ...shutdown, title: 'Now', dark: 'end of 2024-12-31' } } }),
      document({ shutdowns: { s: shutdown } }),
    ).operations;
    expect(operation?.changes).toEqual([
      { pointer: '/title', before: 'Now', after: 'Later' },
      {
        pointer: '/dark',
        before: 'end of 2024-12-31',
        after: 'end of 2025-01-31',
        instants: [
          { market: 'gb', zone: 'Europe/London', before: DARK_LONDON, after: Date.UTC(2025, 1, 1) },
          { market: 'fr', zone: 'Europe/Paris', before: DARK_LONDON - 3_600_000, after: Date.UTC(2025, 0, 31, 23) },
        ],
      },
    ]);
  });

  test('that says defaults, or writes keys in another order, changes nothing', () => {
    const gb = {
      case: 'sensitive',
      trailingSlash: 'ignore',
      query: 'preserve',
      protected: false,
      allowedHosts: undefined,
    } as const;
    const rulesets = { ...POCO.rulesets, 'poco-gb': { ...gb, ...POCO.rulesets['poco-gb'] } };
    expect(steps(plan(current, document({ rulesets } as Sections)))).toEqual([]);
  });

  test.each<[string, Sections, string]>([
    [
      'a wrong reference',
      { sites: { ...POCO.sites, x: { ...POCO.sites['poco-gb'], market: 'zz' } } },
      '/sites/x/market',
    ],
    ['the loss of what is needed', { markets: { gb: MARKETS.gb } }, '/sites/'],
  ])('with %s is refused whole', (_name, sections, pointer) => {
    expect(() => plan(current, document(sections))).toThrow(
      expect.objectContaining({
        code: 'invalid-document',
        exit: EXIT.usage,
        message: expect.stringContaining(pointer),
      }),
    );
  });
});

describe('an empty section', () => {
  test('is refused where it would delete', () => {
    expect(() => plan(current, document({ exceptions: {} }))).toThrow(
      expect.objectContaining({ code: 'empty-section', remedy: expect.stringContaining('--allow-empty') }),
    );
  });

  test('deletes where that is allowed, and does nothing where nothing is', () => {
    expect(steps(plan(current, document({ exceptions: {} }), { allowEmpty: true }))).toEqual([
      'delete exceptions/poco-india',
    ]);
    expect(steps(plan(current, document({ freezeWindows: {} })))).toEqual([]);
  });
});

describe('protection', () => {
  const guarded = kept({
    ...POCO,
    exceptions: { 'poco-india': { ...POCO.exceptions['poco-india'], protected: true } },
  });
  const forgetful = POCO.exceptions['poco-india'];
  const other = { ...forgetful, sites: ['poco-gb'] };

  test('stays where a document forgets the entry, and is said to', () => {
    const draft = plan(guarded, document({ exceptions: { other } }));
    expect(steps(draft)).toEqual(['create exceptions/other']);
    expect(draft.warnings).toEqual([
      'exception poco-india is protected and stays, although the document does not have it',
    ]);
  });

  test.each([
    ['a document', document({ exceptions: { 'poco-india': { ...forgetful, owner: 'new' } } })],
    ['an entry', entry('exceptions', 'poco-india', { ...forgetful, owner: 'new' })],
  ])('stays where %s forgets to say so', (_name, desired) => {
    const [operation] = plan(guarded, desired).operations;
    expect(operation?.after?.spec).toMatchObject({ owner: 'new', protected: true });
  });

  test.each([
    ['a document', document({ exceptions: { 'poco-india': { ...forgetful, protected: false } } })],
    ['an entry', entry('exceptions', 'poco-india', { ...forgetful, protected: false })],
  ])('ends where %s says false', (_name, desired) => {
    const [operation] = plan(guarded, desired).operations;
    expect(operation?.after?.spec).toEqual(forgetful);
  });

  test('refuses a deletion by name', () => {
    expect(() => plan(guarded, entry('exceptions', 'poco-india', null))).toThrow(
      expect.objectContaining({ code: 'protected', exit: EXIT.blocked }),
    );
  });
});

describe('instants that move under an entry nobody changed', () => {
  test('because their market’s zone is another one, are operations of their own', () => {
    const sameClocks = plan(
      current,
      document({ markets: { ...MARKETS, gb: { ...MARKETS.gb, timeZone: 'Europe/Lisbon' } } }),
    );
    expect(steps(sameClocks)).toEqual(['update markets/gb']);
    const moved = plan(current, document({ markets: { ...MARKETS, gb: { ...MARKETS.gb, timeZone: 'Europe/Paris' } } }));
    expect(moved.operations.map(({ target, cause }) => [target, cause])).toEqual([
      ['markets/gb', 'document'],
      ['shutdowns/poco-2024', 'market-zone'],
    ]);
    expect(blocking(moved)).toEqual([]);
  });

  test('because a site leaves a market, are not the tz database’s doing', () => {
    const shutdowns = { s: { ...POCO.shutdowns['poco-2024'], sites: ['poco-gb', 'poco-fr'] } };
    const moved = plan(
      kept({ ...POCO, shutdowns }),
      document({ sites: { ...POCO.sites, 'poco-fr': { ...POCO.sites['poco-fr'], market: 'gb' } } }),
    );
    expect(moved.operations.map(({ target, cause }) => [target, cause])).toEqual([
      ['sites/poco-fr', 'document'],
      ['shutdowns/s', 'market-zone'],
    ]);
    expect(guardsOf(moved, 'tz-database')[0]?.outcome).toBe('pass');
  });

  const paris = current.shutdowns.get('poco-2024')?.times['dark']?.['fr'];
  const shifted = (title: string): Documents => {
    const shutdown = current.shutdowns.get('poco-2024');
    if (shutdown === undefined || paris === undefined) throw new Error('no shutdown');
    const dark = { ...shutdown.times['dark'], fr: { ...paris, at: paris.at - 3_600_000, tzdb: '2020a' } };
    const old = { ...shutdown, spec: { ...shutdown.spec, title }, times: { ...shutdown.times, dark } };
    return { ...current, shutdowns: new Map([['poco-2024', old]]) };
  };

  test.each([
    ['alone', POCO.shutdowns['poco-2024'].title, document({})],
    ['while the entry changes in something else', 'Old title', document({ shutdowns: POCO.shutdowns })],
    [
      'while something is rolled back',
      POCO.shutdowns['poco-2024'].title,
      { kind: 'rollback', operations: [] } as const,
    ],
  ])('because the tz database changed are never applied in silence: %s', (_name, title, desired) => {
    const draft = plan(shifted(title), desired);
    expect(guardsOf(draft, 'tz-database')).toEqual([
      {
        guard: 'tz-database',
        outcome: 'block',
        message: `tz database ${TZDB} moves instants of shutdowns/poco-2024: fr from 2024-12-31T22:00:00Z to 2024-12-31T23:00:00Z`,
        targets: ['shutdowns/poco-2024'],
        override: '--override tz-database',
      },
    ]);
  });
});

describe('a ruleset', () => {
  const changed = { ...POCO.rulesets['poco-gb'], rules: ruleset('poco-gb', 'next').rules };
  const rules = {
    gb: [
      { from: '/uk/a', to: 'https://www.mi.com/a' },
      { from: '/uk/b', to: 'https://www.mi.com/b' },
      { from: '/uk/c', to: 'https://www.mi.com/c' },
    ],
    next: [
      { from: '/uk/c', to: 'https://www.mi.com/c' },
      { from: '/uk/a', to: 'https://www.mi.com/a', status: 302 },
      { from: '/uk/d', to: 'https://www.mi.com/d' },
    ],
    fr: [],
  };

  test('counts what becomes of its rules, whatever their order', () => {
    const [operation] = plan(current, entry('rulesets', 'poco-gb', changed), { rules }).operations;
    expect(operation?.rules).toEqual({ before: 3, after: 3, added: 1, removed: 1, changed: 1 });
  });

  test('gets a new revision that begins when it is applied', () => {
    const [operation] = plan(current, entry('rulesets', 'poco-gb', changed), { rules }).operations;
    if (operation === undefined) throw new Error('no operation');
    expect(operation.after?.revisions?.map(({ revision, from }) => [revision, from])).toEqual([
      [1, null],
      [2, NOW],
    ]);
    expect(stampRevision(operation, NOW + 5).after?.revisions?.at(-1)?.from).toBe(NOW + 5);
    expect(stampRevision(operation, NOW + 5).after?.revisions?.[0]).toEqual(operation.before?.revisions?.[0]);
  });

  test('begins with a revision that was always in force', () => {
    const [operation] = plan(
      kept({ ...POCO, rulesets: {} }),
      entry('rulesets', 'poco-gb', POCO.rulesets['poco-gb']),
    ).operations;
    if (operation === undefined) throw new Error('no operation');
    expect(operation.after?.revisions?.map(({ revision, from }) => [revision, from])).toEqual([[1, null]]);
    expect(stampRevision(operation, NOW + 5)).toBe(operation);
  });

  test('with rules that cannot be used makes the document wrong, at every one of them', () => {
    const bad = {
      ...rules,
      next: [{ from: '/fr/a', to: 'https://a.b/' }, { from: '/uk/x' }, { from: '/uk/:a', to: 'https://a.b/:b' }],
    };
    expect(() => plan(current, entry('rulesets', 'poco-gb', changed), { rules: bad })).toThrow(
      expect.objectContaining({
        code: 'invalid-document',
        details: {
          problems: ['outside-site', 'invalid-url', 'unknown-placeholder'].map((code, i) =>
            expect.objectContaining({ code, place: { pointer: `/rulesets/poco-gb/rules/${i}` } }),
          ),
        },
      }),
    );
  });
});

describe('a rollback', () => {
  const shapes: readonly [string, Sections][] = [
    [
      'a create',
      { ...POCO, sites: { ...POCO.sites, extra: { ...POCO.sites['poco-gb'], urls: ['https://extra.example/'] } } },
    ],
    ['a delete', { ...POCO, rulesets: { 'poco-gb': POCO.rulesets['poco-gb'] } }],
    [
      'an update',
      {
        ...POCO,
        shutdowns: { 'poco-2024': { ...POCO.shutdowns['poco-2024'], title: 'other', dark: '2025-02-01T00:00' } },
      },
    ],
    ['a protection', { ...POCO, markets: { ...MARKETS, gb: { ...MARKETS.gb, protected: true } } }],
    [
      'several things at once',
      {
        ...POCO,
        exceptions: { e: { ...POCO.exceptions['poco-india'], reason: 'r' } },
        rulesets: {},
        markets: { ...MARKETS, gb: { ...MARKETS.gb, name: 'UK' } },
      },
    ],
  ];

  test.each(shapes)('of %s restores every entry exactly', (_name, sections) => {
    const forward = plan(current, document(sections), { allowEmpty: true });
    expect(forward.operations.length).toBeGreaterThan(0);
    const after = applied(current, forward);
    const back = plan(after, { kind: 'rollback', operations: forward.operations });
    expect(back.operations.map(({ cause }) => cause)).toEqual(back.operations.map(() => 'rollback'));
    expect(exportDocument(applied(after, back))).toEqual(exportDocument(current));
  });

  test('is under the guards: what it deletes and what it frees', () => {
    const forward = plan(EMPTY, document(POCO));
    const back = plan(applied(EMPTY, forward), { kind: 'rollback', operations: forward.operations });
    expect(blocking(back)).toContain('deletes');
    expect(back.confirmations.map(({ id }) => id)).toContain('poco-india');
  });

  test('of one change is no mass change, be it the only entry of its kind', () => {
    const without = kept({ ...POCO, exceptions: {} });
    const grant = plan(without, entry('exceptions', 'poco-india', POCO.exceptions['poco-india']));
    const back = plan(applied(without, grant), { kind: 'rollback', operations: grant.operations });
    expect(steps(back)).toEqual(['delete exceptions/poco-india']);
    expect(blocking(back)).toEqual([]);
    expect(back.confirmations.map(({ id }) => id)).toEqual(['poco-india']);
  });

  test('of what somebody changed since is against what stands now', () => {
    const first = plan(current, entry('markets', 'gb', { ...MARKETS.gb, name: 'First' }));
    const second = applied(
      applied(current, first),
      plan(applied(current, first), entry('markets', 'gb', { ...MARKETS.gb, name: 'Second' })),
    );
    const [operation] = plan(second, { kind: 'rollback', operations: first.operations }).operations;
    expect(operation).toMatchObject({
      expectedVersion: 3,
      before: { spec: { name: 'Second' } },
      after: { spec: { name: MARKETS.gb.name } },
    });
  });
});

describe('over any documents', () => {
  const sections = fc
    .record({
      markets: fc.subarray(['fr', 'in']),
      names: fc.dictionary(fc.constantFrom('a', 'b', 'c', 'd'), fc.constantFrom('gb', 'global', 'fr', 'in'), {
        maxKeys: 4,
      }),
      closing: fc.boolean(),
      dark: fc.constantFrom(
        'end of 2024-12-31',
        '2024-12-31T10:00',
        '2024-12-31T23:00Z',
        '2024-12-31T20:00[Asia/Tokyo]',
      ),
      fallback: fc.constantFrom(
        undefined,
        { status: 410 as const },
        { to: 'https://new.example/', status: 302 as const },
      ),
      exempt: fc.boolean(),
      owner: fc.constantFrom('x', 'y'),
      isProtected: fc.constantFrom(undefined, false),
    })
    .map(({ markets, names, closing, dark, fallback, exempt, owner, isProtected }): Sections => {
      const sites = Object.entries(names).filter(
        ([, market]) => market in MARKETS && (market === 'gb' || market === 'global' || markets.includes(market)),
      );
      const ids = sites.map(([id]) => id);
      return {
        markets: {
          gb: { ...MARKETS.gb, protected: isProtected },
          global: MARKETS.global,
          ...Object.fromEntries(markets.map((id) => [id, MARKETS[id as 'fr']])),
        },
        sites: {
          new: { brand: 'n', market: 'global', role: 'unified', urls: ['https://new.example/'] },
          ...Object.fromEntries(
            sites.map(([id, market]) => [
              id,
              { brand: 'b', market, role: 'legacy' as const, urls: [`https://${id}.example/`] },
            ]),
          ),
        },
        shutdowns:
          closing && ids.length > 0
            ? {
                s: {
                  title: 't',
                  sites: ids,
                  into: 'new',
                  freeze: 'start of 2024-11-01',
                  dark,
                  redirectsUntil: 'end of 2026-12-31',
                },
              }
            : {},
        rulesets: Object.fromEntries(
          ids.map((id) => [id, ruleset(id, 'none', { query: 'preserve', ...(fallback && { fallback }) })]),
        ),
        exceptions:
          exempt && ids[0] !== undefined
            ? { e: { sites: [ids[0]], from: ['shutdown'], reason: 'r', owner, reviewBy: 'end of 2025-06-30' } }
            : {},
      } as Sections;
    });

  test('planning an export right away has no operations', () => {
    fc.assert(
      fc.property(sections, (state) => {
        const platform = applied(EMPTY, plan(EMPTY, document(state)));
        const draft = plan(platform, { kind: 'document', document: exportDocument(platform) });
        expect(draft.operations).toEqual([]);
        expect(draft.confirmations).toEqual([]);
        expect(blocking(draft)).toEqual([]);
      }),
    );
  });

  test('applying a plan leads to what was wanted, and rolling it back to what was', () => {
    fc.assert(
      fc.property(sections, sections, (from, to) => {
        const before = applied(EMPTY, plan(EMPTY, document(from)));
        const forward = plan(before, document(to), { allowEmpty: true });
        const after = applied(before, forward);
        const wanted = exportDocument(applied(EMPTY, plan(EMPTY, document(to))));
        expect(exportDocument(after)).toEqual(wanted);
        const back = plan(after, { kind: 'rollback', operations: forward.operations });
        expect(exportDocument(applied(after, back))).toEqual(exportDocument(before));
      }),
    );
  });

  test('a plan touches nothing that is the same on both sides', () => {
    fc.assert(
      fc.property(sections, sections, (from, to) => {
        const before = applied(EMPTY, plan(EMPTY, document(from)));
        for (const { verb, before: old, after, changes } of plan(before, document(to), { allowEmpty: true })
          .operations) {
          if (verb === 'update') expect(changes.length).toBeGreaterThan(0);
          expect(
            old === null ||
              after === null ||
              JSON.stringify(old.spec) !== JSON.stringify(after.spec) ||
              JSON.stringify(old.times) !== JSON.stringify(after.times),
          ).toBe(true);
        }
      }),
    );
  });
});

test('what documents say is resolved once for the plan and for reading', () => {
  expect(kept(POCO).shutdowns.get('poco-2024')?.times).toEqual(documentsFrom(POCO).shutdowns.get('poco-2024')?.times);
});
