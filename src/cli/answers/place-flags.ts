import { Flags } from '@oclif/core';
import { unknownId } from '../../domain/unknown-id.ts';

/** The flags that narrow an answer to markets and sites. */
export const placeFlags = {
  market: Flags.string({
    summary: 'Only sites of this market; repeatable.',
    helpValue: 'MARKET',
    multiple: true,
    multipleNonGreedy: true,
  }),
  site: Flags.string({
    summary: 'Only this site; repeatable.',
    helpValue: 'SITE',
    multiple: true,
    multipleNonGreedy: true,
  }),
};

export interface Places {
  readonly market?: readonly string[] | undefined;
  readonly site?: readonly string[] | undefined;
}

/** Something that is, or is about, one site. */
export interface Placed {
  readonly site: string;
  readonly market: string;
}

/**
 * What lies in the markets and is one of the sites that were named; all of it where none were.
 *
 * @throws Failure `not-found` where one that was named does not exist
 */
export function inPlaces<T extends Placed>(
  all: readonly T[],
  places: Places,
  markets: readonly string[],
): readonly T[] {
  const sites = all.map(({ site }) => site);
  for (const market of places.market ?? []) requireKnown('market', market, markets);
  for (const site of places.site ?? []) requireKnown('site', site, sites);
  return all.filter(
    ({ site, market }) => (places.market?.includes(market) ?? true) && (places.site?.includes(site) ?? true),
  );
}

function requireKnown(kind: 'market' | 'site', id: string, known: readonly string[]): void {
  if (!known.includes(id)) throw unknownId(kind, id, known);
}
