import stringWidth from 'string-width';
import { describe, expect, it } from 'vitest';
import type { Entry } from '../../../src/cli/entries/entry.ts';
import { renderEntry } from '../../../src/cli/entries/render-entry.ts';
import { entryOf } from '../../../src/cli/entries/times.ts';
import { NO_PALETTE } from '../../../src/cli/output/colours.ts';
import type { Resource } from '../../../src/domain/document/resources.ts';
import { resolveTime } from '../../../src/domain/time/resolve-time.ts';
import { parseWrittenTime } from '../../../src/domain/time/written-time.ts';

const view = (width: number | null) => ({ width, palette: NO_PALETTE });

const ZONES = { fr: 'Europe/Paris', gb: 'Europe/London', pt: 'Europe/Lisbon' };
const markets = new Map(Object.entries(ZONES).map(([id, timeZone]) => [id, market(id, timeZone)]));
const sites = new Map(['fr', 'gb', 'pt'].map((id) => [`poco-${id}`, site(id)]));

function market(id: string, timeZone: string): Resource<'markets'> {
  const spec = { name: id, countries: [], currency: 'EUR', locales: ['en'], timeZone };
  return { kind: 'markets', id, version: 1, spec, times: {} };
}

function site(id: string): Resource<'sites'> {
  const spec = { brand: 'poco', market: id, role: 'legacy' as const, urls: [`https://po.co/${id}/`] };
  return { kind: 'sites', id: `poco-${id}`, version: 1, spec, times: {} };
}

/** A shutdown with its dates as the platform resolves them. */
function shutdown(dark: string, title = 'POCO closes'): Entry {
  const written = parseWrittenTime(dark);
  const common = !/^(start|end) of [\d-]+$/.test(dark);
  const resolved = common
    ? { '*': resolveTime(written, null, '2026a') }
    : Object.fromEntries(Object.entries(ZONES).map(([id, zone]) => [id, resolveTime(written, zone, '2026a')]));
  const spec = { title, sites: [...sites.keys()], into: 'mi-global', freeze: dark, dark, redirectsUntil: dark };
  return entryOf(
    { kind: 'shutdowns', id: 'poco-2024', version: 3, spec, times: { dark: resolved } },
    { markets, sites },
  );
}

describe('renderEntry', () => {
  it('shows each instant on the markets’ clocks and in UTC; who shares one stands together', () => {
    expect(renderEntry(shutdown('end of 2024-12-31'), view(100)).split('\n').slice(6, 9)).toEqual([
      'dark            end of 2024-12-31',
      '                fr      2025-01-01 00:00 +01:00  = 2024-12-31T23:00:00Z',
      '                gb, pt  2025-01-01 00:00 +00:00  = 2025-01-01T00:00:00Z',
    ]);
  });

  it('shows a common instant on every clock', () => {
    const text = renderEntry(shutdown('2024-06-01T12:00Z'), view(100));
    expect(text).toContain('fr      2024-06-01 14:00 +02:00  = 2024-06-01T12:00:00Z');
    expect(text).toContain('gb, pt  2024-06-01 13:00 +01:00  = 2024-06-01T12:00:00Z');
  });

  it.each([40, 60, 100])('fits %i columns', (width) => {
    const lines = renderEntry(shutdown('end of 2024-12-31', 'A title that is long enough to be broken'), view(width));
    expect(Math.max(...lines.split('\n').map((line) => stringWidth(line)))).toBeLessThanOrEqual(width);
    expect(lines).toContain('poco-gb');
  });

  it('is tab separated in a pipe, a line per market', () => {
    expect(renderEntry(shutdown('end of 2024-12-31'), view(null)).split('\n').slice(6, 9)).toEqual([
      'dark\tend of 2024-12-31',
      'dark\t2024-12-31T23:00:00Z\tfr\t2025-01-01T00:00:00+01:00[Europe/Paris]',
      'dark\t2025-01-01T00:00:00Z\tgb\t2025-01-01T00:00:00+00:00[Europe/London]',
    ]);
  });

  it.each([100, null])('does not obey what the platform says (width %s)', (width) => {
    const text = renderEntry(shutdown('end of 2024-12-31', 'a\u001b[31mb\tc\nd'), view(width));
    expect(text).toContain('a\\x1b[31mb\\tc\\nd');
  });

  it('says what holds where nothing was written', () => {
    const spec = { site: 'poco-gb', case: 'ignore' as const, rules: { content: 'c', count: 2 } };
    const revisions = [
      { revision: 1, from: null, spec },
      { revision: 2, from: Date.UTC(2024, 0, 1), spec },
    ];
    const ruleset: Resource<'rulesets'> = { kind: 'rulesets', id: 'poco-gb', version: 2, spec, times: {}, revisions };
    expect(renderEntry(entryOf(ruleset, { markets, sites }), view(100)).split('\n').slice(2)).toEqual([
      'site           poco-gb',
      'case           ignore',
      'rules          2',
      'query          preserve (default)',
      'trailingSlash  ignore (default)',
      'fallback       the unified site (302) (default)',
      'revision 1     2 rules (in force from the beginning)',
      'revision 2     2 rules (in force from 2024-01-01T00:00:00Z = 2024-01-01 00:00 +00:00)',
    ]);
  });
});
