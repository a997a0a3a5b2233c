import type { LaunchState } from '../../domain/launches/launch-state.ts';
import { formatInstant, formatLocal } from '../../domain/time/format-time.ts';
import { weekdayOf } from '../../domain/time/weekday.ts';
import { flow } from '../output/flow.ts';
import type { View } from '../output/view.ts';
import { stateText } from './state-text.ts';

/** A launch in one market, as its clocks show it. */
export interface MarketClock {
  readonly market: string;
  readonly zone: string | null;
  readonly state: LaunchState;
  /** Epoch milliseconds. */
  readonly startsAt: number;
  readonly endsAt: number | null;
}

/** Markets whose wall clocks show the same share their lines. */
export function clockLines(clocks: readonly MarketClock[], view: View, margin = ''): readonly string[] {
  const groups = Map.groupBy(clocks, ({ zone, state, startsAt, endsAt }) => {
    const local = (at: number | null) => (at === null || zone === null ? '' : formatLocal(at, zone));
    return `${startsAt} ${endsAt} ${state} ${local(startsAt)} ${local(endsAt)}`;
  });
  return [...groups.values()].flatMap((group) => {
    const [first] = group;
    if (first === undefined) return [];
    const { zone, state, startsAt, endsAt } = first;
    const names = group.map(({ market }) => market).join(', ');
    const indent = `${margin}  `;
    const line = (parts: readonly string[], before: string) =>
      `${before}${flow(parts, { width: view.width, used: before.length, indent })}`;
    return [
      line([view.palette.strong(names), stateText(state, view.palette)], margin),
      line(momentParts('from', startsAt, zone, view), indent),
      ...(endsAt === null ? [] : [line(momentParts('until', endsAt, zone, view), indent)]),
    ];
  });
}

function momentParts(word: string, at: number, zone: string | null, { palette }: View): readonly string[] {
  const local = zone === null ? [] : [`${word.padEnd(5)} ${weekdayOf(at, zone)} ${formatLocal(at, zone)}`];
  const instant = formatInstant(at);
  return local.length === 0 ? [`${word.padEnd(5)} ${instant}`] : [...local, palette.faint(`= ${instant}`)];
}
