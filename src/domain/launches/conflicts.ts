import { exemptionsByMarket, type MarketExemption } from '../catalogs/exemptions.ts';
import type { Resource } from '../document/resources.ts';
import type { DocumentIndex } from '../state/document-index.ts';
import { type SiteState, segmentAt } from '../state/site-segments.ts';
import { formatInstant } from '../time/format-time.ts';
import { contains, overlaps } from '../time/interval.ts';
import { launchInterval } from './launch-times.ts';

/** What stands in the way of a launch in one market. */
export interface LaunchConflict {
  readonly kind: 'site' | 'no-site' | 'freeze-window' | 'launch' | 'exception';
  readonly market: string;
  /** The site, window, launch or exception that stands in the way. */
  readonly with: string;
  /** Whether it must not be; else it is worth a look. */
  readonly blocks: boolean;
  readonly message: string;
}

/** Everything that stands in the way of a launch, market by market. A launch that is cancelled has no conflicts. */
export function launchConflicts(index: DocumentIndex, launch: Resource<'launches'>): readonly LaunchConflict[] {
  if (launch.spec.cancelled !== undefined) return [];
  const exemptions = exemptionsByMarket(index.documents, 'launch');
  return launch.spec.markets.flatMap((market) => [
    ...siteConflicts(index, launch, market),
    ...windowConflicts(index, launch, market),
    ...launchesAtOnce(index, launch, market),
    ...exemptionConflicts(launch, market, exemptions.get(market) ?? []),
  ]);
}

/** A market sells at an instant where one of its sites is active then. */
function siteConflicts(index: DocumentIndex, launch: Resource<'launches'>, market: string): readonly LaunchConflict[] {
  const sites = [...index.documents.sites.values()].filter(({ spec }) => spec.market === market);
  const { from, until } = launchInterval(launch, market);
  if (sites.length === 0) {
    const message = `${market} has no site, so nobody could buy it there; add one with: storectl sites add`;
    return [{ kind: 'no-site', market, with: market, blocks: true, message }];
  }
  const statesAt = (at: number): readonly { readonly id: string; readonly state: SiteState }[] =>
    sites.map(({ id }) => ({ id, state: segmentAt(index.segmentsOf(id), at).state }));
  const atStart = statesAt(from);
  if (atStart.some(({ state }) => state === 'active')) {
    const closing = sites
      .flatMap(({ id }) => index.segmentsOf(id))
      .find((segment) => {
        const during = segment.from > from && segment.from < until;
        return during && !statesAt(segment.from).some(({ state }) => state === 'active');
      });
    if (closing === undefined || !Number.isFinite(until)) return [];
    const message = `in ${market} no site sells any more from ${formatInstant(closing.from)}, before it ends at ${formatInstant(until)}`;
    return [{ kind: 'site', market, with: sites[0]?.id ?? market, blocks: false, message }];
  }
  const named = atStart.map(({ id, state }) => `${id} is ${state}`).join(', ');
  const message = `it starts in ${market} at ${formatInstant(from)}, when ${named}`;
  return [{ kind: 'site', market, with: atStart[0]?.id ?? market, blocks: true, message }];
}

function windowConflicts(
  { documents }: DocumentIndex,
  launch: Resource<'launches'>,
  market: string,
): readonly LaunchConflict[] {
  const { from } = launchInterval(launch, market);
  return [...documents.freezeWindows.values()].flatMap((window): LaunchConflict[] => {
    const [start, end] = [Object.values(window.times['from'] ?? {}), Object.values(window.times['until'] ?? {})];
    const interval = {
      from: Math.min(...start.map(({ at }) => at)),
      until: Math.max(...end.map(({ at }) => at)),
    };
    if (!contains(interval, from)) return [];
    const message = `it starts in ${market} at ${formatInstant(from)}, inside the freeze window ${window.id}: ${window.spec.reason}`;
    return [{ kind: 'freeze-window', market, with: window.id, blocks: false, message }];
  });
}

/** One product is in one launch at a time in a market: two prices and two allocations of it would be two truths. */
function launchesAtOnce(
  { documents }: DocumentIndex,
  launch: Resource<'launches'>,
  market: string,
): readonly LaunchConflict[] {
  const interval = launchInterval(launch, market);
  return [...documents.launches.values()].flatMap((other): LaunchConflict[] => {
    if (other.id === launch.id || other.spec.cancelled !== undefined || !other.spec.markets.includes(market)) return [];
    if (!overlaps(interval, launchInterval(other, market))) return [];
    const message = sharedText(launch, other, [market]);
    if (message === null) return [];
    return [{ kind: 'launch', market, with: other.id, blocks: true, message }];
  });
}

/** So many products that two launches share are named. */
const NAMED = 5;

/** What one launch sells that another sells at the same time in these markets; null where that is nothing. */
export function sharedText(
  launch: Resource<'launches'>,
  other: Resource<'launches'>,
  markets: readonly string[],
): string | null {
  const shared = Object.keys(launch.spec.items).filter((sku) => Object.hasOwn(other.spec.items, sku));
  if (shared.length === 0) return null;
  const more = shared.length > NAMED ? ` and ${shared.length - NAMED} more` : '';
  const named = `${shared.slice(0, NAMED).join(', ')}${more} ${shared.length === 1 ? 'is' : 'are'}`;
  return `${named} in launch ${other.id} at the same time in ${markets.join(', ')}`;
}

function exemptionConflicts(
  launch: Resource<'launches'>,
  market: string,
  exemptions: readonly MarketExemption[],
): readonly LaunchConflict[] {
  const { from } = launchInterval(launch, market);
  return exemptions.flatMap((exemption): LaunchConflict[] => {
    const skus = Object.keys(launch.spec.items).filter((sku) => exemption.skus?.has(sku) ?? true);
    if (skus.length === 0 || !contains(exemption, from)) return [];
    const message = `exception ${exemption.exception} keeps launches away from ${market} at ${formatInstant(from)}`;
    return [{ kind: 'exception', market, with: exemption.exception, blocks: true, message }];
  });
}
