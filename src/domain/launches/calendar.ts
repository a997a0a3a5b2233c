import type { Resource } from '../document/resources.ts';
import type { DocumentIndex } from '../state/document-index.ts';
import { overlaps } from '../time/interval.ts';
import { type LaunchConflict, launchConflicts } from './conflicts.ts';
import { type LaunchState, launchStateAt } from './launch-state.ts';
import { launchInterval, launchRun } from './launch-times.ts';

/** A launch in one market, as a calendar has it. Instants are epoch milliseconds. */
export interface CalendarEntry {
  readonly launch: string;
  readonly title: string | null;
  readonly kind: Resource<'launches'>['spec']['kind'];
  readonly market: string;
  readonly zone: string | null;
  readonly startsAt: number;
  /** Null where it goes on until it is cancelled. */
  readonly endsAt: number | null;
  readonly state: LaunchState;
  readonly skus: readonly string[];
  readonly conflicts: readonly LaunchConflict[];
}

export interface CalendarRange {
  /** Launches that run in `[from, until)`. */
  readonly from: number;
  readonly until: number;
}

/** Every launch in every market in order of its start there, with what it is at an instant and what stands in its way. */
export function launchCalendar(index: DocumentIndex, range: CalendarRange, at: number): readonly CalendarEntry[] {
  const { launches, signoffs, markets } = index.documents;
  const entries = [...launches.values()].flatMap((launch) => {
    const within = launch.spec.markets.filter((market) => overlaps(launchInterval(launch, market), range));
    if (within.length === 0) return [];
    const conflicts = Map.groupBy(launchConflicts(index, launch), ({ market }) => market);
    return within.map((market): CalendarEntry => {
      const run = launchRun(launch, market, signoffs.get(launch.id)?.spec);
      return {
        launch: launch.id,
        title: launch.spec.title ?? null,
        kind: launch.spec.kind,
        market,
        zone: markets.get(market)?.spec.timeZone ?? null,
        startsAt: run.startsAt,
        endsAt: run.endsAt,
        state: launchStateAt(run, at),
        skus: Object.keys(launch.spec.items),
        conflicts: conflicts.get(market) ?? [],
      };
    });
  });
  return entries.toSorted(
    (a, b) => a.startsAt - b.startsAt || (a.launch < b.launch ? -1 : a.launch > b.launch ? 1 : 0),
  );
}
