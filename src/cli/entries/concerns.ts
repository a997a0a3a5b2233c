import type { Client } from '../../client/index.ts';
import type { Entry } from './entry.ts';
import { among } from './filters.ts';
import { readPlaces } from './places.ts';

export interface Concerned {
  readonly site?: readonly string[] | undefined;
  readonly market?: readonly string[] | undefined;
}

/** The exceptions that touch these sites or markets, whichever of the two they name: a market's are its sites' too. */
export async function exceptionsConcerning(
  client: Client,
  exceptions: readonly Entry<'exceptions'>[],
  { site, market }: Concerned,
): Promise<readonly Entry<'exceptions'>[]> {
  if (site === undefined && market === undefined) return exceptions;
  const { sites } = await readPlaces(client);
  const marketOf = (id: string) => sites.get(id)?.spec.market ?? '';
  return exceptions.filter(({ spec }) => {
    const named = spec.sites ?? [];
    const whole = spec.markets ?? [];
    const ofSite = site === undefined || among(site, named) || among(site.map(marketOf), whole);
    return ofSite && among(market, [...whole, ...named.map(marketOf)]);
  });
}
