import type { LaneStretch, SiteLane } from '../../domain/state/lanes.ts';
import { cellOf, type TimeScale } from './time-scale.ts';

/** One line of the chart: a site, or several that look the same. */
export interface ChartLane {
  readonly sites: readonly string[];
  readonly markets: readonly string[];
  readonly stretches: readonly LaneStretch[];
}

/** Up to this many sites each has its own line. */
const EACH_ALONE = 12;

/**
 * The lines of the chart: what changes first stands first, what never changes stands last. Of many sites, those whose
 * lanes look the same on `scale` share a line; hours that no cell can show are in the list of events.
 */
export function chartLanes(lanes: readonly SiteLane[], scale: TimeScale): readonly ChartLane[] {
  const own = lanes.map(({ site, market, stretches }) => ({ sites: [site], markets: [market], stretches }));
  const shown = lanes.length <= EACH_ALONE ? own : byLook(own, scale);
  return shown.toSorted((a, b) => firstChange(a) - firstChange(b) || b.sites.length - a.sites.length);
}

function byLook(lanes: readonly ChartLane[], scale: TimeScale): ChartLane[] {
  const groups = new Map<string, { sites: string[]; markets: Set<string>; stretches: readonly LaneStretch[] }>();
  for (const { sites, markets, stretches } of lanes) {
    // Which exception it is makes no difference to how a lane looks.
    const look = runsOf(stretches, scale).map(
      ({ stretch, cells }) => `${cells} ${stretch.state}${stretch.exception === null ? '' : '!'}`,
    );
    const key = look.join(' ');
    const group = groups.get(key) ?? { sites: [], markets: new Set(), stretches };
    groups.set(key, group);
    for (const site of sites) group.sites.push(site);
    for (const market of markets) group.markets.add(market);
  }
  return [...groups.values()].map((group) => ({ ...group, markets: [...group.markets] }));
}

function firstChange({ stretches }: ChartLane): number {
  return stretches.find(({ from }) => from !== null)?.from ?? Number.POSITIVE_INFINITY;
}

/** More markets than this in one line are counted. */
const MOST_NAMES = 3;

/** `poco-gb`, `fr, gb: 8 sites`, `25 markets: 200 sites`. */
export function laneLabel({ sites, markets }: ChartLane): string {
  const [site] = sites;
  if (sites.length === 1 && site !== undefined) return site;
  const where = markets.length <= MOST_NAMES ? markets.join(', ') : `${markets.length} markets`;
  return `${where}: ${sites.length} sites`;
}

/** A run of cells that look the same. */
export interface LaneRun {
  readonly stretch: LaneStretch;
  readonly cells: number;
}

/**
 * A lane's stretches in cells. Each that has any time on the scale gets a cell of its own, however short it is, as
 * long as there are enough of them: a freeze of one day must not vanish from a chart of three years.
 */
export function runsOf(stretches: readonly LaneStretch[], scale: TimeScale): readonly LaneRun[] {
  const shown = stretches.filter(
    ({ from, until }) => (from ?? -Infinity) < scale.to && (until ?? Infinity) > scale.from,
  );
  const starts: number[] = [];
  for (const [i, { from }] of shown.entries()) {
    const own = from === null ? 0 : Math.max(cellOf(scale, from), 0);
    starts.push(i === 0 ? 0 : Math.max(own, (starts[i - 1] ?? 0) + 1));
  }
  // What was pushed over the end is pushed back.
  for (let i = starts.length - 1, room = scale.cells - 1; i > 0; i -= 1, room -= 1) {
    starts[i] = Math.max(Math.min(starts[i] ?? 0, room), 0);
  }
  return shown.map((stretch, i) => ({
    stretch,
    cells: Math.max((starts[i + 1] ?? scale.cells) - (starts[i] ?? 0), 0),
  }));
}
