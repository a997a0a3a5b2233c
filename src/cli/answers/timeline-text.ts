import { tabLines } from '../output/delimited.ts';
import type { View } from '../output/view.ts';
import { NARROWEST_CHART, timelineChart } from './timeline-chart.ts';
import { EVENT_COLUMNS, eventsText } from './timeline-events.ts';
import type { Timeline } from './timeline-result.ts';

/** A timeline for people: chart and list on a terminal, the list alone on a narrow one, plain rows in a pipe. */
export function timelineText(timeline: Timeline, view: View): string {
  const { width } = view;
  if (width === null) return tabLines(timeline.events, EVENT_COLUMNS).join('\n');
  const chart = width < NARROWEST_CHART || timeline.lanes.length === 0 ? [] : [timelineChart(timeline, width, view)];
  const events = timeline.events.length === 0 ? 'Nothing is scheduled in this time.' : eventsText(timeline, view);
  return [...chart, events].join('\n\n');
}
