import { catalogOf, listingWindow } from '../catalogs/contents.ts';
import type { CatalogMode } from '../catalogs/policy.ts';
import type { ListingLine } from '../document/catalog-schema.ts';
import { type Documents, instantIn, type Resource } from '../document/resources.ts';
import {
  type LaunchRun,
  type LaunchState,
  launchStateAt,
  needsGo,
  nextLaunchChange,
} from '../launches/launch-state.ts';
import { launchRun } from '../launches/launch-times.ts';
import { formatInstant } from '../time/format-time.ts';
import { contains } from '../time/interval.ts';

/** One launch in one market at an instant. Instants are epoch milliseconds. */
export interface LaunchStanding {
  readonly launch: string;
  readonly kind: 'standard' | 'flash-sale';
  readonly title: string | null;
  readonly state: LaunchState;
  readonly startsAt: number;
  /** Null where it goes on until it is cancelled. */
  readonly endsAt: number | null;
  /** Whether somebody has to let it go, and nobody has. */
  readonly needsGo: boolean;
}

/** Items that one line names. */
const NAMED = 3;

/** What waits for somebody in a market. */
export interface Waiting {
  readonly kind: 'no-site' | 'launch-held' | 'launch-needs-go' | 'launch-open-after-go' | 'certification-expired';
  readonly id: string;
  /** Since when it waits, or until when there is time; epoch milliseconds. */
  readonly at: number;
  readonly text: string;
}

/** What a market sells, is going to sell, and waits for. */
export interface MarketStanding {
  readonly catalog: { readonly id: string; readonly mode: CatalogMode; readonly listings: number } | null;
  /** What is cancelled or over is left out. */
  readonly launches: readonly LaunchStanding[];
  readonly waits: readonly Waiting[];
}

/** @param at epoch milliseconds */
export function marketStanding(documents: Documents, market: string, at: number): MarketStanding {
  const catalog = catalogOf(documents, market);
  const launches = [...documents.launches.values()]
    .filter(({ spec }) => spec.markets.includes(market))
    .map((launch) => launchStanding(launch, runOf(documents, launch, market), at))
    .filter(({ state }) => state !== 'cancelled' && state !== 'ended')
    .toSorted((a, b) => a.startsAt - b.startsAt);
  return {
    catalog:
      catalog === undefined
        ? null
        : { id: catalog.id, mode: catalog.spec.mode, listings: catalog.spec.listings?.count ?? 0 },
    launches,
    waits: [
      ...missingSite(documents, market, at),
      ...launches.flatMap(waitOfLaunch),
      ...expiredCertifications(documents, market, at),
    ],
  };
}

/** How many of a catalog's listings are on sale at an instant, by their windows. */
export function countOnSale(catalog: Resource<'catalogs'>, lines: Iterable<ListingLine>, at: number): number {
  let count = 0;
  for (const line of lines) {
    if (line.window === undefined || contains(listingWindow(catalog, line), at)) count += 1;
  }
  return count;
}

function runOf(documents: Documents, launch: Resource<'launches'>, market: string): LaunchRun {
  return launchRun(launch, market, documents.signoffs.get(launch.id)?.spec);
}

function launchStanding({ id, spec }: Resource<'launches'>, run: LaunchRun, at: number): LaunchStanding {
  return {
    launch: id,
    kind: spec.kind,
    title: spec.title ?? null,
    state: launchStateAt(run, at),
    startsAt: run.startsAt,
    endsAt: run.endsAt,
    needsGo: needsGo(spec) && run.go === null,
  };
}

function waitOfLaunch({ launch: id, state, startsAt, needsGo: waits }: LaunchStanding): readonly Waiting[] {
  if (state === 'held') {
    const text = `it is held since ${formatInstant(startsAt)}: nobody let it go`;
    return [{ kind: 'launch-held', id, at: startsAt, text }];
  }
  if (state !== 'scheduled' || !waits) return [];
  const text = `it needs a go before it starts at ${formatInstant(startsAt)}`;
  return [{ kind: 'launch-needs-go', id, at: startsAt, text }];
}

/** Whatever is planned for a market without a site, nobody can see it. */
function missingSite({ sites }: Documents, market: string, at: number): readonly Waiting[] {
  if (sites.values().some(({ spec }) => spec.market === market)) return [];
  return [{ kind: 'no-site', id: market, at, text: 'it has no site, so nobody sees or buys anything there' }];
}

/** A launch that was let go and whose checklist does not hold any more: it goes on, and somebody should look. */
export function openAfterGo(id: string, open: readonly string[], at: number): Waiting {
  const { length } = open;
  const named = `${open.slice(0, NAMED).join(', ')}${length > NAMED ? ` and ${length - NAMED} more` : ''}`;
  const text = `it was let go, and ${length} required ${length === 1 ? 'item is' : 'items are'} open: ${named}`;
  return { kind: 'launch-open-after-go', id, at, text };
}

/** What a market asks for and what has run out; no product that it covers may be launched there. */
function expiredCertifications(documents: Documents, market: string, at: number): readonly Waiting[] {
  return [...documents.certifications.values()].flatMap(({ id, spec, times }): Waiting[] => {
    const until = instantIn(times, 'until', market);
    if (until === undefined || until > at || !spec.markets.includes(market)) return [];
    const { length } = spec.skus;
    const text = `${spec.title} expired at ${formatInstant(until)}: ${length} ${length === 1 ? 'product' : 'products'}`;
    return [{ kind: 'certification-expired', id, at: until, text }];
  });
}

/** One launch over all of its markets, for as long as it is not over in all of them. */
export interface LaunchInBrief {
  readonly launch: string;
  readonly kind: 'standard' | 'flash-sale';
  /** In how many markets it is so. */
  readonly live: number;
  readonly held: number;
  readonly scheduled: number;
  /** When it is next otherwise in one of them; epoch milliseconds, null where that is never. */
  readonly nextChangeAt: number | null;
}

/** The launches that run, wait or are to come, in the order in which they change. */
export function launchesInBrief(documents: Documents, at: number): readonly LaunchInBrief[] {
  const briefs = [...documents.launches.values()].flatMap((launch): LaunchInBrief[] => {
    const runs = launch.spec.markets.map((market) => runOf(documents, launch, market));
    const count = (state: LaunchState): number => runs.filter((run) => launchStateAt(run, at) === state).length;
    const [live, held, scheduled] = [count('live'), count('held'), count('scheduled')];
    if (live + held + scheduled === 0) return [];
    const changes = runs.flatMap((run) => nextLaunchChange(run, at) ?? []);
    const nextChangeAt = changes.length === 0 ? null : Math.min(...changes);
    return [{ launch: launch.id, kind: launch.spec.kind, live, held, scheduled, nextChangeAt }];
  });
  const order = (brief: LaunchInBrief): number => brief.nextChangeAt ?? Number.POSITIVE_INFINITY;
  return briefs.toSorted((a, b) => order(a) - order(b) || 0);
}
