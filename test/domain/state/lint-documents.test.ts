import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import type { LintSpec } from '../../../src/domain/document/lint-schema.ts';
import { explainUrl } from '../../../src/domain/state/explain.ts';
import { lintDocuments } from '../../../src/domain/state/lint-documents.ts';
import { lintSettingsOf } from '../../../src/domain/state/lint-settings.ts';
import { segmentAt } from '../../../src/domain/state/site-segments.ts';
import { createTimeResolver } from '../../../src/domain/time/time-resolver.ts';
import type { RedirectRule } from '../../../src/redirects/rule.ts';
import { parseRequestUrl } from '../../../src/redirects/url.ts';
import {
  answeringFrom,
  DARK_LONDON,
  documentsFrom,
  instant,
  MARKETS,
  POCO,
  POCO_RULES,
  type RulesByName,
  ruleset,
  type Sections,
  TZDB,
  withRevisions,
} from './world.ts';

const DAY = 24 * 60 * 60 * 1000;

function lintedWorld(sections: Sections, rules: RulesByName, since?: number, at = 0) {
  const documents = documentsFrom(sections);
  const world = answeringFrom(documents, rules);
  const compiled = new Map(
    [...documents.rulesets].flatMap(([id, { spec }]) => {
      const made = world.compiled(id, { revision: 1, from: null, spec });
      return made === null ? [] : [[id, { ruleset: made, spec }] as const];
    }),
  );
  const settings = { at, resolver: createTimeResolver(TZDB) };
  const findings = lintDocuments(world.index, compiled, { settings, ...(since === undefined ? {} : { since }) });
  return { world, findings };
}

function lint(sections: Sections, rules: RulesByName, since?: number, at?: number): string[] {
  const text = (when: number | undefined): string => (when === undefined ? '' : ` @${new Date(when).toISOString()}`);
  return lintedWorld(sections, rules, since, at).findings.map(
    ({ code, severity, rules: own, at: when }) =>
      `${severity} ${code} ${own.map(({ from }) => from).join(' ')}${text(when)}`,
  );
}

/** From the British site over the French one. */
const CHAIN: RulesByName = {
  gb: [{ from: '/uk/a', to: 'https://po.co/fr/a' }],
  fr: [{ from: '/fr/a', to: 'https://www.mi.com/a' }],
};

describe('ways over several sites', () => {
  it('are there for as long as both are dark', () => {
    // Paris is dark an hour before London, so whenever /uk/a answers, /fr/a does; it ends an hour before, too.
    expect(lint(POCO, CHAIN)).toEqual([`warning chain-at-instant /uk/a /fr/a @${new Date(DARK_LONDON).toISOString()}`]);
  });

  const later = (site: string, dark: string): Sections => ({
    ...POCO,
    shutdowns: {
      first: { ...POCO.shutdowns['poco-2024'], sites: ['poco-gb', 'poco-fr'].filter((one) => one !== site) },
      second: { ...POCO.shutdowns['poco-2024'], sites: [site], dark },
    },
  });

  it('begin when the last of them is dark', () => {
    expect(lint(later('poco-fr', '2025-06-01T00:00Z'), CHAIN)).toEqual([
      'warning chain-at-instant /uk/a /fr/a @2025-06-01T00:00:00.000Z',
    ]);
  });

  it('are a plain chain where one is dark for the whole time of the other', () => {
    const sections = later('poco-gb', '2025-06-01T00:00Z');
    const ends = { ...sections.shutdowns?.['second'], redirectsUntil: '2026-06-01T00:00Z' };
    const shutdowns = { ...sections.shutdowns, second: ends } as Sections['shutdowns'];
    expect(lint({ ...sections, shutdowns }, CHAIN)).toEqual(['warning chain /uk/a /fr/a']);
  });

  it('are none where they are never dark together', () => {
    const sections = later('poco-fr', '2027-03-01T00:00Z');
    const shutdowns = {
      ...sections.shutdowns,
      second: { ...sections.shutdowns?.['second'], redirectsUntil: '2028-01-01T00:00Z' },
    } as Sections['shutdowns'];
    expect(lint({ ...sections, shutdowns }, CHAIN)).toEqual([]);
  });

  it('are looked at as if they answered always where no shutdown has a date', () => {
    const { shutdowns: _, ...undated } = POCO;
    expect(lint(undated, CHAIN)).toEqual(['warning chain /uk/a /fr/a']);
  });

  it('are none while an exception holds, and begin when it ends', () => {
    const exception = { ...POCO.exceptions['poco-india'], sites: ['poco-fr'] };
    expect(lint({ ...POCO, exceptions: { french: exception } }, CHAIN).filter((one) => one.includes('chain'))).toEqual(
      [],
    );
    const ending = { french: { ...exception, endsAt: '2025-04-01T00:00Z' } };
    expect(lint({ ...POCO, exceptions: ending }, CHAIN).filter((one) => one.includes('chain'))).toEqual([
      'warning chain-at-instant /uk/a /fr/a @2025-04-01T00:00:00.000Z',
    ]);
  });

  it('begin with the rules, where those begin later', () => {
    const rulesets = { ...POCO.rulesets, 'poco-fr': ruleset('poco-fr', 'fr', { inForceFrom: '2025-05-01T00:00Z' }) };
    expect(lint({ ...POCO, rulesets }, CHAIN)).toEqual([
      'warning chain-at-instant /uk/a /fr/a @2025-05-01T00:00:00.000Z',
    ]);
  });

  it('are left aside once they are over', () => {
    expect(lint(POCO, CHAIN, instant('2027-02-01T00:00Z'))).toEqual([]);
  });

  it('go on into the unified site from a dark one that has no rule for them', () => {
    const gb = [{ from: '/uk/a', to: 'https://po.co/elsewhere' }];
    expect(lint(POCO, { ...POCO_RULES, gb })).toEqual(['warning chain /uk/a']);
    expect(lint(POCO, { ...POCO_RULES, gb: [{ from: '/uk/a', to: 'https://www.mi.com/elsewhere' }] })).toEqual([]);
  });
});

describe('exceptions', () => {
  const gb = [{ from: '/uk/a', to: 'https://www.mi.com/a' }];

  it('of a site leave alone what is another site’s, though it lies under its URLs', () => {
    const global = { ...POCO.exceptions['poco-india'], sites: ['poco-global'] };
    expect(lint({ ...POCO, exceptions: { global } }, { ...POCO_RULES, gb })).toEqual([]);
  });

  test.each([
    ['2024-12-01T00:00Z', []],
    [undefined, ['error captures-exception /uk/a']],
  ])('that end at %s capture %j', (endsAt, expected) => {
    const careers = {
      ...POCO.exceptions['poco-india'],
      sites: [],
      urls: ['https://po.co/uk/a'],
      reviewBy: '2025-06-30T00:00Z',
      ...(endsAt === undefined ? {} : { endsAt }),
    };
    expect(lint({ ...POCO, exceptions: { careers } }, { ...POCO_RULES, gb })).toEqual(expected);
  });
});

describe('settings of a ruleset', () => {
  const withSettings = (settings: LintSpec): Sections => ({
    ...POCO,
    rulesets: { ...POCO.rulesets, 'poco-gb': { ...POCO.rulesets['poco-gb'], lint: settings } },
  });
  const gb = [
    { from: '/uk/a', to: 'http://www.mi.com/a' },
    { from: '/uk/b', to: 'http://www.mi.com/b' },
  ];
  const rules = { ...POCO_RULES, gb };

  test.each<[string, LintSpec, string[]]>([
    ['none', {}, ['warning insecure-target /uk/a', 'warning insecure-target /uk/b']],
    [
      'another severity',
      { severity: { 'insecure-target': 'error' } },
      ['error insecure-target /uk/a', 'error insecure-target /uk/b'],
    ],
    ['off', { severity: { 'insecure-target': 'off' } }, []],
    [
      'one that is meant',
      { allow: [{ code: 'insecure-target', from: '/uk/a', reason: 'old' }] },
      ['warning insecure-target /uk/b'],
    ],
    [
      'one that was meant until now',
      { allow: [{ code: 'insecure-target', from: '/uk/*', reason: 'old', until: 'end of 2024-06-30' }] },
      ['warning insecure-target /uk/a', 'warning insecure-target /uk/b'],
    ],
    [
      'one that is meant until tomorrow',
      { allow: [{ code: 'insecure-target', from: '/uk/*', reason: 'old', until: 'end of 2024-07-01' }] },
      [],
    ],
    [
      'one that names nothing any more',
      {
        severity: { 'insecure-target': 'off' },
        allow: [
          { code: 'insecure-target', from: '/uk/a', reason: 'old' },
          { code: 'insecure-target', from: '/uk/c', reason: 'gone' },
        ],
      },
      ['info unused-allow '],
    ],
    [
      'one that names nothing, which does not matter',
      { severity: { 'unused-allow': 'off', 'insecure-target': 'off' }, allow: [{ code: 'chain', reason: 'x' }] },
      [],
    ],
  ])('%s', (_name, settings, expected) => {
    expect(lint(withSettings(settings), rules, undefined, instant('2024-06-30T23:00Z'))).toEqual(expected);
  });

  it('point at the entry that allows nothing; from an instant on, it may be for what has been', () => {
    const settings: LintSpec = {
      severity: { 'insecure-target': 'off' },
      allow: [
        { code: 'insecure-target', from: '/uk/a', reason: 'old' },
        { code: 'chain', witness: 'https://po.co/*', reason: 'old' },
      ],
    };
    const { findings } = lintedWorld(withSettings(settings), rules);
    expect(findings).toMatchObject([{ code: 'unused-allow', pointer: '/rulesets/poco-gb/lint/allow/1' }]);
    expect(lint(withSettings(settings), rules, DARK_LONDON)).toEqual([]);
  });

  it('never let a conflict or a loop pass', () => {
    const settings: LintSpec = {
      severity: { conflict: 'off', chain: 'off', loop: 'error' },
      allow: [
        { code: 'loop', reason: 'who knows' },
        { code: 'chain', reason: 'known' },
      ],
    };
    expect(() => documentsFrom(withSettings(settings))).toThrow(
      /lint\/severity\/conflict: `conflict` is an error.*\n.*lint\/allow\/0\/code: `loop` is an error/,
    );
    // What a platform kept all the same has no effect.
    const when = { at: 0, resolver: createTimeResolver(TZDB), zone: null };
    expect(lintSettingsOf(settings, when)).toEqual({
      severities: { chain: 'off' },
      allow: [{ code: 'chain', reason: 'known', place: 1 }],
    });
  });
});

/** Resolving a witness at its instant shows the finding, and what never happens is not reported. */
describe('whatever the schedule', () => {
  const START = instant('2025-01-01T00:00:00Z');
  const at = (day: number): string => new Date(START + day * DAY).toISOString();
  const SITES = ['one', 'two', 'three'] as const;
  const site = fc.constantFrom(...SITES);
  const page = fc.constantFrom('a', 'b');
  const window = fc.option(fc.tuple(fc.nat(8), fc.integer({ min: 9, max: 18 })), { nil: undefined });
  const rule = fc.record({ in: site, from: page, to: fc.tuple(fc.constantFrom(...SITES, 'out'), page), window });
  const schedule = fc.record({ dark: fc.integer({ min: 1, max: 8 }), lasts: fc.integer({ min: 1, max: 12 }) });
  const worlds = fc.record({
    rules: fc.uniqueArray(rule, { maxLength: 8, selector: ({ in: own, from }) => `${own}/${from}` }),
    schedules: fc.tuple(schedule, schedule, schedule),
    ruled: fc.tuple(fc.boolean(), fc.boolean(), fc.boolean()),
    exception: fc.option(fc.record({ of: site, from: fc.nat(6), lasts: fc.integer({ min: 1, max: 9 }) }), {
      nil: undefined,
    }),
  });
  const INSTANTS = Array.from({ length: 44 }, (_, half) => START + (half * DAY) / 2 - DAY / 4);

  it('loops and chains are real, dated rightly, and complete', () => {
    fc.assert(
      fc.property(worlds, ({ rules, schedules, ruled, exception }) => {
        const withRules = SITES.filter((_, i) => ruled[i]);
        const sections: Sections = {
          markets: { global: MARKETS.global },
          sites: Object.fromEntries([
            ...SITES.map((id) => [
              id,
              { brand: 'b', market: 'global', role: 'legacy', urls: [`https://${id}.example/`] },
            ]),
            ['hub', { brand: 'b', market: 'global', role: 'unified', urls: ['https://hub.example/'] }],
          ]),
          shutdowns: Object.fromEntries(
            SITES.map((id, i) => {
              const { dark = 1, lasts = 1 } = schedules[i] ?? {};
              const dates = { freeze: at(dark), dark: at(dark), redirectsUntil: at(dark + lasts) };
              return [id, { title: id, sites: [id], into: 'hub', ...dates }];
            }),
          ),
          rulesets: Object.fromEntries(withRules.map((id) => [id, ruleset(id, id)])),
          ...(exception === undefined
            ? {}
            : {
                exceptions: {
                  e: {
                    sites: [exception.of],
                    from: ['redirect'],
                    reason: 'r',
                    owner: 'o',
                    startsAt: at(exception.from),
                    endsAt: at(exception.from + exception.lasts),
                    reviewBy: at(30),
                  },
                },
              }),
        };
        const rulesOf = (own: string): RedirectRule[] =>
          rules
            .filter((one) => one.in === own)
            .map(({ from, to: [host, path], window: open }) => ({
              from: `/${from}`,
              to: `https://${host}.example/${path}`,
              ...(open === undefined ? {} : { window: { from: at(open[0]), until: at(open[1]) } }),
            }));
        const { world, findings } = lintedWorld(sections, Object.fromEntries(withRules.map((id) => [id, rulesOf(id)])));
        const ask = (url: string, when: number) => explainUrl(world, url, when, { reasoning: false });
        const isLoop = (url: string, when: number): boolean => ask(url, when).hops.at(-1)?.outcome === 'loop';
        const isChain = (url: string, when: number): boolean => ask(url, when).hops.length > 1 && !isLoop(url, when);
        const darkAt = (url: string, when: number): boolean => {
          const own = world.index.siteOf(parseRequestUrl(url))?.id ?? '';
          const { state, exemptFromRedirect } = segmentAt(world.index.segmentsOf(own), when);
          return state === 'dark' && exemptFromRedirect === null;
        };
        for (const { code, witness = '', at: when } of findings) {
          const shows = code.startsWith('loop') ? isLoop : isChain;
          if (!/^(?:loop|chain)/.test(code)) continue;
          if (when !== undefined) expect(shows(witness, when), `${code} ${witness} at ${at(0)}`).toBe(true);
          else {
            // A plain finding is there whenever the rule that it begins with may answer.
            const dark = INSTANTS.filter((one) => darkAt(witness, one));
            expect(dark.length).toBeGreaterThan(0);
            expect(
              dark.every((one) => shows(witness, one)),
              `${code} ${witness}`,
            ).toBe(true);
          }
        }
        const happens = (test: (url: string, when: number) => boolean): boolean =>
          rules.some(({ in: own, from }) => INSTANTS.some((when) => test(`https://${own}.example/${from}`, when)));
        expect(findings.some(({ code }) => code.startsWith('loop'))).toBe(happens(isLoop));
        if (!happens(isLoop)) expect(findings.some(({ code }) => code.startsWith('chain'))).toBe(happens(isChain));
      }),
      { numRuns: 150 },
    );
  });
});

describe('a revision that begins after its site is dark', () => {
  const LATER = DARK_LONDON + 30 * DAY;
  const revised = (first: readonly RedirectRule[], second: readonly RedirectRule[], from = LATER, zone?: string) => {
    const markets = { ...MARKETS, fr: { ...MARKETS.fr, timeZone: zone ?? MARKETS.fr.timeZone } };
    const documents = withRevisions(documentsFrom({ ...POCO, markets }), 'poco-gb', [
      { from: null, content: 'first' },
      { from, content: 'second' },
    ]);
    const world = answeringFrom(documents, { first, second, fr: [{ from: '/fr/a', to: 'https://po.co/uk/a' }] });
    const compiled = new Map(
      [...documents.rulesets.values()].flatMap(({ id, spec, revisions }) => {
        const latest = revisions?.at(-1) ?? { revision: 1, from: null, spec };
        const made = world.compiled(id, latest);
        return made === null ? [] : [[id, { ruleset: made, spec: latest.spec }] as const];
      }),
    );
    return lintDocuments(world.index, compiled, { settings: 'none', earlier: world.compiled }).map(
      ({ code, message, rules, fix }) => ({
        code,
        rules: rules.map((rule) => `${rule.ruleset} ${rule.from}`),
        old: /^in revision \d+, in force until \S+Z(?: \(.*?\))?/.exec(message)?.[0],
        message,
        fix,
      }),
    );
  };
  const LOOP: readonly RedirectRule[] = [{ from: '/uk/a', to: 'https://po.co/fr/a' }];
  const FINE: readonly RedirectRule[] = [{ from: '/uk/a', to: 'https://www.mi.com/a' }];
  const OLD = 'in revision 1, in force until 2025-01-31T00:00:00Z';

  it('leaves visitors to the one before until then, which is looked at too', () => {
    expect(revised(LOOP, FINE)).toContainEqual({
      code: expect.stringMatching(/^loop/),
      rules: expect.arrayContaining(['poco-gb /uk/a', 'poco-fr /fr/a']),
      old: OLD,
      message: expect.any(String),
      fix: undefined,
    });
  });

  /** As if Paris had London's time: both sites are dark at once. */
  const chainIn = (first: readonly RedirectRule[], second: readonly RedirectRule[], zone = 'Europe/London') =>
    revised(first, second, LATER, zone).filter(({ code }) => code.startsWith('chain'));
  const MENDED = { kind: 'retarget', rule: { ruleset: 'poco-fr', from: '/fr/a' }, to: 'https://www.mi.com/a' };
  const BY_HAND = 'Z: a chain of 2 redirects, to be mended by hand (it leads elsewhere at other times): https';

  it('keeps the fix of a chain through both of them, where it is for a rule that can be changed', () => {
    const more: readonly RedirectRule[] = [...FINE, { from: '/uk/b', to: 'https://www.mi.com/b' }];
    expect(chainIn(FINE, more)).toMatchObject([{ old: OLD, fix: MENDED }]);
  });

  it('has no fix for a chain that leads elsewhere later or earlier, and says why', () => {
    const chains = [
      ...chainIn(FINE, [{ from: '/uk/a', to: 'https://www.mi.com/another' }]),
      // From the dark instant in Paris on, an hour before London's.
      ...chainIn(FINE, FINE, 'Europe/Paris'),
    ];
    expect(chains).toMatchObject([
      { fix: undefined, message: expect.stringContaining(BY_HAND) },
      { fix: undefined, message: expect.stringContaining(BY_HAND) },
    ]);
  });

  it('says that a chain of the one before, by itself, is not mended any more', () => {
    const first: readonly RedirectRule[] = [...FINE, { from: 'po.co/uk/x', to: 'https://po.co/uk/a' }];
    expect(chainIn(first, FINE)).toContainEqual(
      expect.objectContaining({
        rules: ['poco-gb po.co/uk/x', 'poco-gb /uk/a'],
        fix: undefined,
        old: `${OLD} (which is not changed any more: a new one can begin before then)`,
      }),
    );
  });

  it('has its own word for what both say', () => {
    const loops = revised(LOOP, LOOP).filter(({ code }) => code.startsWith('loop'));
    expect(loops).toMatchObject([{ old: undefined }]);
  });

  it('is alone where it begins in time', () => {
    expect(revised(LOOP, FINE, DARK_LONDON).filter(({ old }) => old !== undefined)).toEqual([]);
  });
});
