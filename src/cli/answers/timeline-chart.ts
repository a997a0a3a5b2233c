import { escapeControls } from '../../domain/escape.ts';
import type { LaneStretch } from '../../domain/state/lanes.ts';
import type { SiteState } from '../../domain/state/site-segments.ts';
import { humanDuration } from '../../domain/time/duration.ts';
import { formatInstant } from '../../domain/time/format-time.ts';
import { flow } from '../output/flow.ts';
import type { View } from '../output/view.ts';
import { STATE_MARKS } from './state-marks.ts';
import { cellOf, scaleFor, type TimeScale, ticksOf } from './time-scale.ts';
import { type ChartLane, chartLanes, laneLabel, runsOf } from './timeline-lanes.ts';
import type { Timeline } from './timeline-result.ts';

/** Narrower terminals get the list of events alone. */
export const NARROWEST_CHART = 60;
/** More lines than this say no more than their number. */
const MOST_LANES = 40;
/** Wider lanes are no easier to read. */
const MOST_CELLS = 160;
const GAP = 2;
/** How wide labels are taken to be before it is known which there are. */
const USUAL_LABEL = 24;

/** The lanes of all sites over time, with an axis in UTC and a mark for now. */
export function timelineChart(timeline: Timeline, width: number, { palette }: View): string {
  const scaleOf = (cells: number) => scaleFor({ ...timeline, instants: timeline.events.map(({ at }) => at), cells });
  const lanes = chartLanes(timeline.lanes, scaleOf(Math.min(width - USUAL_LABEL, MOST_CELLS)));
  const shown = lanes.slice(0, MOST_LANES);
  const labels = shown.map((lane) => escapeControls(laneLabel(lane)));
  const labelWidth = Math.max(...labels.map((label) => label.length), 3);
  const cells = Math.min(Math.max(width - labelWidth - GAP, 20), MOST_CELLS);
  const scale = scaleOf(cells);
  const indent = ' '.repeat(labelWidth + GAP);
  const lines = [
    ...axisLines(scale).map((line) => palette.faint(`${indent}${line}`)),
    ...shown.map((lane, i) => {
      const label = palette.id((labels[i] ?? '').padEnd(labelWidth + GAP));
      return `${label}${laneText(lane, scale, palette)}`;
    }),
  ];
  if (lanes.length > shown.length) {
    lines.push(`${indent}and ${lanes.length - shown.length} more schedules; --market and --site narrow the view`);
  }
  lines.push(`${indent}${nowLine(timeline.now, scale)}`, `${indent}${legend(shown, scale, indent, palette)}`);
  return lines.map((line) => line.trimEnd()).join('\n');
}

function axisLines(scale: TimeScale): readonly [string, string] {
  const ticks = ticksOf(scale);
  let labels = '';
  let rule = '';
  for (const { cell, label } of ticks) {
    rule = `${rule.padEnd(cell, '─')}┬`;
    // The last label may have no room to its right; then it ends at its tick's place or earlier.
    const at = Math.min(cell, scale.cells - label.length);
    if (at >= labels.length) labels = `${labels.padEnd(at)}${label}`;
  }
  return [labels, rule.padEnd(scale.cells, '─')];
}

function laneText({ stretches }: ChartLane, scale: TimeScale, palette: View['palette']): string {
  return runsOf(stretches, scale)
    .map(({ stretch, cells }) => STATE_MARKS[stretch.state].colour(palette)(markOf(stretch).repeat(cells)))
    .join('');
}

function markOf({ state, exception }: Pick<LaneStretch, 'state' | 'exception'>): string {
  const mark = STATE_MARKS[state];
  return exception === null ? mark.cell : mark.exempt;
}

function nowLine(now: number, scale: TimeScale): string {
  const text = `now ${formatInstant(now - (now % 1000))}`;
  if (now < scale.from) return `◀ ${text}, ${humanDuration(scale.from - now)} before this chart`;
  if (now >= scale.to) {
    const line = `${text}, ${humanDuration(now - scale.to)} after this chart ▶`;
    return line.padStart(scale.cells);
  }
  const cell = cellOf(scale, now);
  const fits = cell + 2 + text.length <= scale.cells;
  return fits ? `${' '.repeat(cell)}▲ ${text}` : `${`${text} ▲`.padStart(cell + 1)}`;
}

const ORDER: readonly SiteState[] = ['prelaunch', 'active', 'frozen', 'dark', 'retired'];

/** What the marks on this chart mean; those that are not on it are left out. */
function legend(lanes: readonly ChartLane[], scale: TimeScale, indent: string, palette: View['palette']): string {
  const shown = lanes.flatMap(({ stretches }) => runsOf(stretches, scale).map(({ stretch }) => stretch));
  const marks = new Set(shown.map(markOf));
  const states = ORDER.filter((state) => marks.has(STATE_MARKS[state].cell)).map((state) => {
    const { cell, colour } = STATE_MARKS[state];
    return `${colour(palette)(cell.repeat(2))} ${state}`;
  });
  const exempt = marks.has(STATE_MARKS.active.exempt)
    ? [`${palette.good(STATE_MARKS.active.exempt.repeat(2))} exempt`]
    : [];
  return flow([...states, ...exempt], { width: indent.length + scale.cells, used: indent.length, indent });
}
