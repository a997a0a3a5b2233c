import { describe, expect, test } from 'vitest';
import { checkDocuments } from '../../../src/domain/document/check-documents.ts';
import { COMMON } from '../../../src/domain/document/resources.ts';
import type { StoredRulesetSpec } from '../../../src/domain/document/schema.ts';
import { SECTIONS, type Section } from '../../../src/domain/document/sections.ts';
import { specsOfDocument } from '../../../src/domain/document/specs.ts';
import { createTimeResolver } from '../../../src/domain/time/time-resolver.ts';
import { MARKETS, POCO, ruleset, type Sections, TZDB } from '../state/world.ts';

const EVERYTHING: ReadonlySet<Section> = new Set(SECTIONS);

function check(sections: Sections, known = EVERYTHING) {
  return checkDocuments(specsOfDocument({ version: 1, ...sections }).specs, { tzdb: TZDB, known });
}

/** `code pointer`, and `warning` where it is none to stop for. */
function faults(sections: Sections, known = EVERYTHING): string[] {
  return check(sections, known).problems.map(({ code, severity, place }) =>
    [severity === 'warning' ? 'warning ' : '', code, ' ', place?.pointer].join(''),
  );
}

function messages(sections: Sections): string[] {
  return check(sections).problems.map(({ message, remedy }) => `${message} → ${remedy ?? ''}`);
}

const shutdown = (spec: object): Sections['shutdowns'] => ({ s: { ...POCO.shutdowns['poco-2024'], ...spec } });
const exception = (spec: object): Sections['exceptions'] => ({ e: { ...POCO.exceptions['poco-india'], ...spec } });
const market = (spec: object): Sections['markets'] => ({ ...MARKETS, gb: { ...MARKETS.gb, ...spec } });
const site = (id: keyof typeof POCO.sites, spec: object): Sections['sites'] => ({
  ...POCO.sites,
  [id]: { ...POCO.sites[id], ...spec },
});

test('a document without a fault has none, and every time is resolved beside what was written', () => {
  const { documents, problems } = check(POCO);
  expect(problems).toEqual([]);
  const dark = documents.shutdowns.get('poco-2024')?.times['dark'];
  expect(Object.keys(dark ?? {})).toEqual(['global', 'gb', 'fr', 'in']);
  expect(dark?.['fr']).toEqual({
    text: 'end of 2024-12-31',
    at: Date.parse('2024-12-31T23:00:00Z'),
    zone: 'Europe/Paris',
    tzdb: TZDB,
  });
});

describe('markets', () => {
  test.each<[object, string, string]>([
    [{ countries: ['UK'] }, 'invalid-country /markets/gb/countries/0', 'write GB'],
    [{ countries: ['gb'] }, 'invalid-country /markets/gb/countries/0', 'write GB'],
    [{ countries: ['GB', 'GB'] }, 'duplicate /markets/gb/countries/1', 'name it once'],
    [{ currency: 'GPB' }, 'invalid-currency /markets/gb/currency', 'did you mean GBP?'],
    [{ currencies: ['EUR', 'XAU'] }, 'invalid-currency /markets/gb/currencies/1', ''],
    [{ currencies: ['EUR', 'EUR'] }, 'duplicate /markets/gb/currencies/1', 'name it once'],
    [{ locales: ['en_GB'] }, 'invalid-locale /markets/gb/locales/0', 'write one such as en-GB'],
    [{ locales: ['en-gb'] }, 'invalid-locale /markets/gb/locales/0', 'write en-GB'],
    [
      { timeZone: 'GMT' },
      'invalid-time-zone /markets/gb/timeZone',
      'Name a place, such as Europe/London, or write UTC',
    ],
    [{ timeZone: 'Europe/Lundon' }, 'invalid-time-zone /markets/gb/timeZone', 'Did you mean Europe/London?'],
    [{ timeZone: 'europe/london' }, 'invalid-time-zone /markets/gb/timeZone', 'write Europe/London'],
  ])('%j: %s', (spec, fault, remedy) => {
    const { problems } = check({ ...POCO, markets: market(spec) });
    expect(problems.map(({ code, place }) => `${code} ${place?.pointer}`)).toEqual([fault]);
    expect(problems[0]?.remedy).toContain(remedy);
  });
});

describe('references', () => {
  test.each<[Sections, string[]]>([
    [{ ...POCO, sites: site('poco-gb', { market: 'gbx' }) }, ['unknown-reference /sites/poco-gb/market']],
    [{ ...POCO, shutdowns: shutdown({ sites: ['poco-gb', 'poco-uk'] }) }, ['unknown-reference /shutdowns/s/sites/1']],
    [{ ...POCO, shutdowns: shutdown({ into: 'mi-globl' }) }, ['unknown-reference /shutdowns/s/into']],
    [{ ...POCO, rulesets: { r: ruleset('po', 'a') } }, ['unknown-reference /rulesets/r/site']],
    [
      { ...POCO, exceptions: exception({ sites: ['a'], markets: ['b', 'gb'] }) },
      ['unknown-reference /exceptions/e/sites/0', 'unknown-reference /exceptions/e/markets/0'],
    ],
  ])('that lead nowhere (%#) are faults', (sections, expected) => {
    expect(faults(sections)).toEqual(expected);
  });

  test('into sections that are not known here are left alone', () => {
    const { shutdowns, rulesets, exceptions } = POCO;
    expect(faults({ shutdowns, rulesets, exceptions }, new Set(['shutdowns', 'rulesets', 'exceptions']))).toEqual([]);
  });

  test('suggest what is near', () => {
    expect(messages({ ...POCO, shutdowns: shutdown({ into: 'mi-globl' }) })).toEqual([
      'there is no site `mi-globl` → did you mean `mi-global`?',
    ]);
  });
});

test.each([
  ['nope', 'warning single-label-host /sites/poco-gb/urls/0'],
  ['http://intranet/uk', 'warning single-label-host /sites/poco-gb/urls/0'],
  ['https://po.co:8443/uk/', undefined],
  ['http://localhost:8080/uk', undefined],
  ['http://127.0.0.1:8080/uk', undefined],
  ['http://[::1]:8080/uk', undefined],
  ['https://*.poco.example/', undefined],
])('a host that no visitor finds is pointed out: %s', (url, fault) => {
  expect(faults({ markets: MARKETS, sites: site('poco-gb', { urls: [url] }) })).toEqual(
    fault === undefined ? [] : [fault],
  );
});

describe('sites', () => {
  test.each<[string[], string]>([
    [['ftp://po.co/'], 'invalid-url /sites/poco-fr/urls/0'],
    [['https://po.co/?a=1'], 'invalid-url /sites/poco-fr/urls/0'],
    [['https://a b/'], 'invalid-url /sites/poco-fr/urls/0'],
    [['https://po.co/fr/', 'https://po.co/fr/'], 'duplicate /sites/poco-fr/urls/1'],
    [['https://po.co/uk'], 'site-overlap /sites/poco-fr/urls/0'],
    [['http://PO.co:80/%75k/'], 'site-overlap /sites/poco-fr/urls/0'],
  ])('with the URLs %j: %s', (urls, fault) => {
    expect(faults({ ...POCO, sites: site('poco-fr', { urls }) })).toEqual([fault]);
  });

  test('may lie under one another, or on another port', () => {
    expect(
      faults({ ...POCO, sites: site('poco-fr', { urls: ['https://po.co/uk/fr/', 'https://po.co:81/uk'] }) }),
    ).toEqual([]);
  });
});

describe('shutdowns', () => {
  test.each<[string, object, string[]]>([
    ['a date twice', { voucherCutoff: 'start of 2024-10-21' }, []],
    ['no voucher cutoff', { voucherCutoff: undefined }, []],
    ['cutoff before freeze', { voucherCutoff: '2024-10-20T00:00Z' }, ['dates /shutdowns/s/voucherCutoff']],
    ['dark before cutoff', { dark: '2024-12-01T00:00Z' }, ['dates /shutdowns/s/dark']],
    [
      'dark before freeze, with no cutoff',
      { voucherCutoff: undefined, dark: '2024-10-01T00:00Z' },
      ['dates /shutdowns/s/dark'],
    ],
    [
      'redirects that end as they begin',
      { redirectsUntil: 'end of 2024-12-31' },
      ['dates /shutdowns/s/redirectsUntil'],
    ],
    ['announced after the freeze', { announced: '2024-11-01T00:00Z' }, ['dates /shutdowns/s/freeze']],
    ['a bare date', { dark: '2024-12-31' }, ['invalid-time /shutdowns/s/dark']],
    [
      'several wrong times',
      { freeze: 'soon', dark: 'later' },
      ['invalid-time /shutdowns/s/freeze', 'invalid-time /shutdowns/s/dark'],
    ],
    ['a site that is not legacy', { sites: ['mi-global'] }, ['wrong-role /shutdowns/s/sites/0']],
    ['a site twice', { sites: ['poco-gb', 'poco-gb'] }, ['duplicate /shutdowns/s/sites/1']],
    ['a target that is not unified', { into: 'poco-in' }, ['wrong-role /shutdowns/s/into']],
  ])('%s', (_name, spec, expected) => {
    const sites = 'sites' in spec ? {} : { sites: ['poco-gb'] };
    expect(faults({ ...POCO, shutdowns: shutdown({ ...sites, ...spec }) })).toEqual(expected);
  });

  test('are compared at instants, market by market: a common instant may lie between civil ones', () => {
    // 31 December 2024 ends at 18:30Z in India, 23:00Z in Paris and 00:00Z in London.
    const spec = { voucherCutoff: '2024-12-31T23:30Z', sites: ['poco-gb', 'poco-fr', 'poco-in'] };
    const found = check({ ...POCO, shutdowns: shutdown(spec) }).problems.map((problem) => problem.message);
    expect(found).toEqual([
      'dark (2025-01-01 00:00 +01:00) is before voucherCutoff (2025-01-01 00:30 +01:00) for site `poco-fr`',
      'dark (2025-01-01 00:00 +05:30) is before voucherCutoff (2025-01-01 05:00 +05:30) for site `poco-in`',
    ]);
  });

  test('close a site once', () => {
    const shutdowns = { ...shutdown({}), t: { ...POCO.shutdowns['poco-2024'], sites: ['poco-fr'] } };
    expect(faults({ ...POCO, shutdowns })).toEqual(['dates /shutdowns/t/sites/0']);
  });

  test('report a civil time that a market’s clocks skip or repeat, and each market that has it', () => {
    const skipped = check({
      ...POCO,
      shutdowns: shutdown({ dark: '2025-03-30T02:30', sites: ['poco-fr', 'poco-gb'] }),
    });
    expect(skipped.problems.map(({ code, place }) => `${code} ${place?.pointer}`)).toEqual([
      'time-skipped /shutdowns/s/dark',
    ]);
    expect(faults({ ...POCO, shutdowns: shutdown({ dark: '2025-10-26T01:30', sites: ['poco-gb'] }) })).toEqual([
      'time-ambiguous /shutdowns/s/dark',
    ]);
  });

  test('do not repeat for every date that a market’s zone is none', () => {
    expect(faults({ ...POCO, markets: market({ timeZone: 'Mars/Base' }) })).toEqual([
      'invalid-time-zone /markets/gb/timeZone',
    ]);
  });

  test('end what has begun: a site opens before its freeze', () => {
    expect(faults({ ...POCO, sites: site('poco-gb', { opensAt: '2024-11-01T00:00Z' }) })).toEqual([
      'dates /shutdowns/poco-2024/freeze',
    ]);
  });

  test('point out a unified site that opens after visitors are sent there, once for each market', () => {
    const sites = site('mi-global', { opensAt: '2024-12-31T23:30Z' });
    expect(faults({ ...POCO, sites, shutdowns: shutdown({ sites: ['poco-gb', 'poco-fr'] }) })).toEqual([
      'warning dates /shutdowns/s/into',
    ]);
  });

  test('need a unified site with a host that visitors can be sent to', () => {
    expect(faults({ ...POCO, sites: site('mi-global', { urls: ['https://*.mi.com/'] }) })).toEqual([
      'no-visitor-url /shutdowns/poco-2024/into',
    ]);
  });
});

describe('rulesets', () => {
  const rulesets = (spec: Partial<StoredRulesetSpec>): Sections => ({
    ...POCO,
    rulesets: { r: ruleset('poco-gb', 'a', spec) },
  });

  test.each<[Sections, string[]]>([
    [rulesets({ site: 'mi-global' }), ['wrong-role /rulesets/r/site']],
    [
      rulesets({ allowedHosts: ['www.mi.com', '*.mi.com', 'https://mi.com', 'a b'] }),
      ['invalid-host /rulesets/r/allowedHosts/2', 'invalid-host /rulesets/r/allowedHosts/3'],
    ],
    [{ ...POCO, rulesets: { a: ruleset('poco-gb', 'a'), b: ruleset('poco-gb', 'b') } }, ['duplicate /rulesets/b/site']],
  ])('(%#)', (sections, expected) => {
    expect(faults(sections)).toEqual(expected);
  });
});

describe('exceptions', () => {
  test.each<[string, object, string[]]>([
    ['of nothing', { sites: [] }, ['empty-exception /exceptions/e']],
    [
      'named twice',
      { sites: ['poco-in', 'poco-in'], from: ['shutdown', 'shutdown'] },
      ['duplicate /exceptions/e/sites/1', 'duplicate /exceptions/e/from/1'],
    ],
    [
      'that end before they start',
      { startsAt: '2025-02-01T00:00Z', endsAt: 'start of 2025-01-01' },
      ['dates /exceptions/e/endsAt'],
    ],
    [
      'that end as they start',
      { startsAt: 'end of 2024-12-31', endsAt: 'start of 2025-01-01' },
      ['dates /exceptions/e/endsAt'],
    ],
    [
      'of URLs alone, with a civil review',
      { sites: undefined, urls: ['https://poco.in/'] },
      ['zone-needed /exceptions/e/reviewBy'],
    ],
    ['of URLs and a site, with a civil review', { urls: ['https://poco.in/'] }, []],
    [
      'of URLs and a site, with a civil start and end',
      { urls: ['https://po.co/uk/'], startsAt: 'start of 2025-01-01', endsAt: 'end of 2025-01-01' },
      ['zone-needed /exceptions/e/startsAt', 'zone-needed /exceptions/e/endsAt'],
    ],
    ['of a wrong URL', { urls: ['gopher://x'] }, ['invalid-url /exceptions/e/urls/0']],
  ])('%s', (_name, spec, expected) => {
    expect(faults({ ...POCO, exceptions: exception(spec) })).toEqual(expected);
  });
});

describe('freeze windows', () => {
  const window = (from: string, until: string): Sections => ({
    ...POCO,
    freezeWindows: { w: { from, until, reason: 'peak' } },
  });

  test.each<[string, string, string[]]>([
    ['2024-11-25T00:00Z', 'end of 2024-12-02[Europe/Paris]', []],
    [
      'start of 2024-11-25',
      '2024-12-02T00:00',
      ['zone-needed /freezeWindows/w/from', 'zone-needed /freezeWindows/w/until'],
    ],
    ['2024-12-02T00:00Z', '2024-12-02T00:00Z', ['dates /freezeWindows/w/until']],
  ])('from %s until %s', (from, until, expected) => {
    expect(faults(window(from, until))).toEqual(expected);
  });

  test('have one instant for all', () => {
    const { documents } = check(window('2024-11-25T00:00Z', '2024-12-02T00:00Z'));
    expect(Object.keys(documents.freezeWindows.get('w')?.times['from'] ?? {})).toEqual([COMMON]);
  });
});

test('every fault is reported, and not only the first', () => {
  const sections: Sections = {
    markets: market({ currency: 'X', timeZone: 'CET' }),
    sites: site('poco-fr', { market: 'france', urls: ['https://po.co/uk/'] }),
    shutdowns: shutdown({ dark: '2024-12-31', into: 'nowhere' }),
    rulesets: { r: ruleset('mi-global', 'a') },
    exceptions: exception({ sites: ['x'], reviewBy: 'some day' }),
  };
  expect(faults(sections).toSorted()).toEqual(
    [
      'invalid-currency /markets/gb/currency',
      'invalid-time-zone /markets/gb/timeZone',
      'invalid-time /shutdowns/s/dark',
      'invalid-time /exceptions/e/reviewBy',
      'unknown-reference /sites/poco-fr/market',
      'site-overlap /sites/poco-fr/urls/0',
      'unknown-reference /shutdowns/s/into',
      'wrong-role /rulesets/r/site',
      'unknown-reference /exceptions/e/sites/0',
    ].toSorted(),
  );
});

test('a resolver that is passed in is used, so that many documents share what it remembers', () => {
  const resolver = createTimeResolver(TZDB);
  const options = { tzdb: TZDB, known: EVERYTHING, resolver };
  const { specs } = specsOfDocument({ version: 1, ...POCO });
  const [first, second] = [checkDocuments(specs, options), checkDocuments(specs, options)];
  const dark = (checked: typeof first) => checked.documents.shutdowns.get('poco-2024')?.times['dark']?.['fr'];
  expect(dark(first)).toBe(dark(second));
});
