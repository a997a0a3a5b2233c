import { affectedMarkets } from '../../domain/document/affected-markets.ts';
import type { AffectedMarket } from '../../domain/document/resolve-resource.ts';
import { COMMON, type ResolvedField, type Resource } from '../../domain/document/resources.ts';
import type { EntrySection } from '../../domain/document/sections.ts';
import { emptySpecs, type Specs } from '../../domain/document/specs.ts';
import type { ResolvedTime } from '../../domain/time/resolve-time.ts';
import { instantValue } from '../plans/plan-value.ts';
import type { Entry, InstantView, RevisionView, TimeView } from './entry.ts';
import type { Places } from './places.ts';

/** A resource with its instants as texts, in every market that it touches. */
export function entryOf<S extends EntrySection>(resource: Resource<S>, places: Places): Entry<S> {
  const { kind, id, version, spec, times, revisions } = resource;
  const markets = marketsOf(kind, id, spec, places);
  const viewed = Object.entries(times).map(([field, resolved]) => [field, timeView(resolved, markets)] as const);
  return {
    kind,
    id,
    version,
    spec,
    times: Object.fromEntries(viewed),
    ...(revisions === undefined
      ? {}
      : { revisions: revisions.map((one) => ({ ...one, from: revisionStart(one.from, markets) })) }),
  };
}

/**
 * The markets in which an entry's times are shown. A freeze window is one interval for the whole organisation, so
 * everyone's local time is of interest.
 */
export function marketsOf(section: EntrySection, id: string, spec: unknown, places: Places): readonly AffectedMarket[] {
  if (section === 'freezeWindows') {
    return [...places.markets].map(([market, resource]) => ({ id: market, zone: resource.spec.timeZone }));
  }
  const known = { ...emptySpecs(), markets: specsOf(places.markets), sites: specsOf(places.sites) };
  return affectedMarkets({ ...known, [section]: new Map([[id, spec]]) } as Specs, section, id);
}

function specsOf<T>(resources: ReadonlyMap<string, { readonly spec: T }>): Map<string, T> {
  return new Map([...resources].map(([id, { spec }]) => [id, spec]));
}

/** Every instant that a resolved field means; a common one is shown on each market's clock. */
export function timeView(resolved: ResolvedField, markets: readonly AffectedMarket[]): TimeView {
  const common = resolved[COMMON];
  if (common === undefined) {
    return Object.fromEntries(Object.entries(resolved).map(([market, time]) => [market, instantView(time, time.zone)]));
  }
  if (markets.length === 0) return { [COMMON]: instantView(common, null) };
  return Object.fromEntries(markets.map(({ id, zone }) => [id, instantView(common, zone)]));
}

function instantView({ text, at, tzdb }: ResolvedTime, zone: string | null): InstantView {
  return { text, ...instantValue(at, zone), zone, tzdb };
}

function revisionStart(from: number | null, markets: readonly AffectedMarket[]): RevisionView['from'] {
  return from === null ? null : instantValue(from, markets[0]?.zone ?? null);
}
