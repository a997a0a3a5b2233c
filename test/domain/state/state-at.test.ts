import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { indexDocuments } from '../../../src/domain/state/document-index.ts';
import { type SiteState, segmentAt } from '../../../src/domain/state/site-segments.ts';
import { siteStateAt, stateAt } from '../../../src/domain/state/state-at.ts';
import { formatInstant } from '../../../src/domain/time/format-time.ts';
import { DARK_LONDON, DARK_PARIS, documentsFrom, instant, POCO, type Sections, withRevisions } from './world.ts';

const ORDER: readonly SiteState[] = ['prelaunch', 'active', 'frozen', 'dark', 'retired'];

function stateOf(sections: Sections, site: string, at: number): SiteState {
  return siteStateAt(indexDocuments(documentsFrom(sections)), site, at).state;
}

describe('a site of a shutdown', () => {
  const FREEZE_LONDON = instant('2024-10-20T23:00:00Z');
  const RETIRED_LONDON = instant('2027-01-01T00:00:00Z');

  test.each<[string, number, SiteState]>([
    ['poco-gb', FREEZE_LONDON - 1, 'active'],
    ['poco-gb', FREEZE_LONDON, 'frozen'],
    ['poco-gb', DARK_LONDON - 1, 'frozen'],
    ['poco-gb', DARK_LONDON, 'dark'],
    ['poco-gb', RETIRED_LONDON - 1, 'dark'],
    ['poco-gb', RETIRED_LONDON, 'retired'],
    ['poco-fr', DARK_PARIS - 1, 'frozen'],
    ['poco-fr', DARK_PARIS, 'dark'],
    ['poco-in', DARK_LONDON, 'active'],
    ['mi-global', RETIRED_LONDON, 'active'],
  ])('%s at %d is %s', (site, at, state) => {
    expect(stateOf(POCO, site, at)).toBe(state);
  });

  test('goes dark an hour earlier in Paris than in London, since the date was written without a zone', () => {
    expect(DARK_LONDON - DARK_PARIS).toBe(3_600_000);
    expect(stateOf(POCO, 'poco-fr', DARK_PARIS)).toBe('dark');
    expect(stateOf(POCO, 'poco-gb', DARK_PARIS)).toBe('frozen');
  });

  test('goes dark everywhere at once where a zone was written', () => {
    const shutdown = { ...POCO.shutdowns['poco-2024'], dark: '2024-12-31T23:30[Europe/Paris]' };
    const index = indexDocuments(documentsFrom({ ...POCO, shutdowns: { 'poco-2024': shutdown } }));
    const at = instant('2024-12-31T22:30:00Z');
    for (const site of ['poco-global', 'poco-gb', 'poco-fr']) {
      expect(siteStateAt(index, site, at - 1).state).toBe('frozen');
      expect(siteStateAt(index, site, at).state).toBe('dark');
    }
  });

  test('says since when, until when, and what comes next', () => {
    const index = indexDocuments(documentsFrom(POCO));
    expect(siteStateAt(index, 'poco-gb', DARK_LONDON + 5)).toEqual({
      site: 'poco-gb',
      market: 'gb',
      role: 'legacy',
      state: 'dark',
      since: DARK_LONDON,
      nextChangeAt: RETIRED_LONDON,
      nextState: 'retired',
      shutdown: 'poco-2024',
      exception: null,
      ruleset: 'poco-gb',
      revision: 1,
    });
    expect(siteStateAt(index, 'poco-gb', 0)).toMatchObject({ since: null, nextChangeAt: FREEZE_LONDON });
    expect(siteStateAt(index, 'poco-gb', RETIRED_LONDON)).toMatchObject({ nextChangeAt: null, nextState: null });
  });

  test('is prelaunch until it opens', () => {
    const sites = { ...POCO.sites, 'mi-global': { ...POCO.sites['mi-global'], opensAt: 'start of 2024-06-01' } };
    const opens = instant('2024-06-01T00:00:00Z');
    expect(stateOf({ ...POCO, sites }, 'mi-global', opens - 1)).toBe('prelaunch');
    expect(stateOf({ ...POCO, sites }, 'mi-global', opens)).toBe('active');
  });
});

describe('an exception', () => {
  const exempt = (spec: object): Sections => ({
    ...POCO,
    exceptions: { e: { ...POCO.exceptions['poco-india'], ...spec } },
  });

  test('holds from its start until its end, in the market’s own time', () => {
    const sections = exempt({ sites: ['poco-fr'], startsAt: 'start of 2025-02-01', endsAt: 'end of 2025-02-28' });
    const [from, until] = [instant('2025-01-31T23:00:00Z'), instant('2025-02-28T23:00:00Z')];
    expect([from - 1, from, until - 1, until].map((at) => stateOf(sections, 'poco-fr', at))).toEqual([
      'dark',
      'active',
      'active',
      'dark',
    ]);
  });

  test('of a market covers every site of the market, and no other', () => {
    const sections = exempt({ sites: undefined, markets: ['gb'] });
    expect(stateOf(sections, 'poco-gb', DARK_LONDON)).toBe('active');
    expect(stateOf(sections, 'poco-fr', DARK_LONDON)).toBe('dark');
    expect(stateOf(sections, 'poco-in', DARK_LONDON)).toBe('dark');
  });

  test.each([
    [['shutdown'], 'active', 'e'],
    [['redirect'], 'dark', 'e'],
    [['catalog', 'launch'], 'dark', null],
  ])('from %j leaves the site %s', (from, state, exception) => {
    const index = indexDocuments(documentsFrom(exempt({ sites: ['poco-gb'], from })));
    expect(siteStateAt(index, 'poco-gb', DARK_LONDON)).toMatchObject({ state, exception });
  });
});

test('the revision in force is the last one that began', () => {
  const documents = withRevisions(documentsFrom(POCO), 'poco-gb', [
    { from: null, content: 'a' },
    { from: 1000, content: 'b' },
    { from: 2000, content: 'c' },
  ]);
  const index = indexDocuments(documents);
  const revisions = [-1, 999, 1000, 1999, 2000].map((at) => stateAt(index, at).revisions.get('poco-gb')?.revision);
  expect(revisions).toEqual([1, 1, 2, 2, 3]);
});

describe('over any schedule', () => {
  const DAY = 86_400_000;
  const START = instant('2024-01-01T00:00:00Z');
  const zoneOf = fc.constantFrom('global', 'gb', 'fr', 'in');
  const civil = (at: number): string => formatInstant(at).slice(0, 16);
  /** Steps of whole minutes, in order, each a day or more after the last: days, so that no zone turns them round. */
  const schedule = fc
    .tuple(
      zoneOf,
      fc.array(fc.integer({ min: DAY / 60_000, max: 200 * 1440 }), { minLength: 4, maxLength: 4 }),
      fc.boolean(),
    )
    .map(([market, gaps, common]) => {
      let at = START;
      const [opensAt, freeze, dark, redirectsUntil] = gaps.map((gap) => {
        at += gap * 60_000;
        return common ? `${civil(at)}Z` : civil(at);
      });
      return { market, opensAt, freeze, dark, redirectsUntil };
    });
  const exemptions = fc.array(
    fc.record({
      from: fc.integer({ min: 0, max: 900 * 1440 }),
      length: fc.integer({ min: 1, max: 400 * 1440 }),
      shutdown: fc.boolean(),
    }),
    { maxLength: 3 },
  );
  const world = fc.tuple(schedule, exemptions).map(([{ market, opensAt, ...dates }, list]) =>
    attempt(() =>
      indexDocuments(
        documentsFrom({
          markets: POCO.markets,
          sites: {
            old: { brand: 'b', market, role: 'legacy', urls: ['https://old.example/'], ...(opensAt && { opensAt }) },
            new: { brand: 'b', market: 'global', role: 'unified', urls: ['https://new.example/'] },
          },
          shutdowns: { s: { title: 't', sites: ['old'], into: 'new', ...(dates as Dates) } },
          exceptions: Object.fromEntries(
            list.map(({ from, length, shutdown }, i) => [
              `e-${i}`,
              {
                sites: ['old'],
                from: [shutdown ? 'shutdown' : 'redirect'] as ('shutdown' | 'redirect')[],
                reason: 'r',
                owner: 'o',
                startsAt: formatInstant(START + from * 60_000),
                endsAt: formatInstant(START + (from + length) * 60_000),
                reviewBy: '2030-01-01T00:00Z',
              },
            ]),
          ),
        }),
      ),
    ),
  );
  type Dates = { freeze: string; dark: string; redirectsUntil: string };

  test('segments cover all of time, without a gap or an overlap', () => {
    fc.assert(
      fc.property(world, (index) => {
        fc.pre(index !== null);
        const segments = index?.segmentsOf('old') ?? [];
        expect(segments[0]?.from).toBe(Number.NEGATIVE_INFINITY);
        expect(segments.at(-1)?.until).toBe(Number.POSITIVE_INFINITY);
        segments.slice(1).forEach((segment, i) => {
          expect(segment.from).toBe(segments[i]?.until);
          expect(segment.from).toBeLessThan(segment.until);
        });
      }),
    );
  });

  test('states only move forward, but where an exception comes or goes', () => {
    fc.assert(
      fc.property(world, (index) => {
        fc.pre(index !== null);
        const free = (index?.segmentsOf('old') ?? []).filter((segment) => segment.exemptFromShutdown === null);
        const ranks = free.map((segment) => ORDER.indexOf(segment.state));
        expect(ranks).toEqual(ranks.toSorted((a, b) => a - b));
      }),
    );
  });

  test('nextChangeAt is the first instant with another state, and since the last one', () => {
    fc.assert(
      fc.property(world, fc.integer({ min: -10, max: 1500 }), (index, day) => {
        fc.pre(index !== null);
        if (index === null) return;
        const at = START + day * DAY;
        const { state, since, nextChangeAt, nextState } = siteStateAt(index, 'old', at);
        const segments = index.segmentsOf('old');
        const edges = segments.flatMap(({ from }) => (Number.isFinite(from) ? [from - 1, from, from + 1] : []));
        const stateOn = (instant: number): SiteState => segmentAt(segments, instant).state;
        const later = edges.filter((edge) => edge > at && stateOn(edge) !== state).toSorted((a, b) => a - b)[0] ?? null;
        expect(nextChangeAt).toBe(later);
        expect(nextState).toBe(later === null ? null : stateOn(later));
        const earlier = edges.filter((edge) => edge <= at && stateOn(edge) !== state).toSorted((a, b) => b - a)[0];
        expect(since).toBe(earlier === undefined ? null : earlier + 1);
      }),
    );
  });
});

/** null for the rare schedule that a clock change makes impossible. */
function attempt<T>(build: () => T): T | null {
  try {
    return build();
  } catch {
    return null;
  }
}
