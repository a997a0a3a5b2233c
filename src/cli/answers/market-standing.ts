import type { AnswerSource, MarketStatusAnswer } from './answer-source.ts';
import type { AskedTime } from './asked-time.ts';
import { utc, zoned } from './moments.ts';
import { rowsOf, type StatusRow } from './status-rows.ts';

type Launch = MarketStatusAnswer['launches'][number];
type Waiting = MarketStatusAnswer['waits'][number];

/** A market at an instant, as `status --market --json` gives it: instants in RFC 3339 UTC, `local` in RFC 9557. */
export interface MarketResult {
  readonly market: string;
  readonly at: string;
  readonly local: { readonly at: string; readonly zone: string };
  readonly sites: readonly StatusRow[];
  readonly catalog: MarketStatusAnswer['catalog'];
  readonly launches: readonly MarketLaunch[];
  readonly waits: readonly (Omit<Waiting, 'at'> & { readonly at: string })[];
}

export interface MarketLaunch extends Omit<Launch, 'startsAt' | 'endsAt'> {
  readonly startsAt: string;
  readonly endsAt: string | null;
  readonly local: { readonly startsAt: string; readonly endsAt: string | null; readonly zone: string };
}

/** In the order in which they were named. */
export async function marketStandings(
  source: AnswerSource,
  markets: readonly string[],
  asked: AskedTime,
): Promise<readonly MarketResult[]> {
  const results: MarketResult[] = [];
  for (const market of markets) results.push(resultOf(await source.marketStatus(market, asked)));
  return results;
}

function resultOf({ market, at, zone, sites, catalog, launches, waits }: MarketStatusAnswer): MarketResult {
  return {
    market,
    at: utc(at) ?? '',
    local: { at: zoned(at, zone) ?? '', zone },
    sites: rowsOf({ at, sites, zones: { [market]: zone } }),
    catalog,
    launches: launches.map(({ startsAt, endsAt, ...launch }) => ({
      ...launch,
      startsAt: utc(startsAt) ?? '',
      endsAt: utc(endsAt),
      local: { startsAt: zoned(startsAt, zone) ?? '', endsAt: zoned(endsAt, zone), zone },
    })),
    waits: waits.map((waiting) => ({ ...waiting, at: utc(waiting.at) ?? '' })),
  };
}
