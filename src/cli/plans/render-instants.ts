import type { AffectedMarket } from '../../domain/document/resolve-resource.ts';
import { COMMON } from '../../domain/document/resources.ts';
import type { InstantChange } from '../../domain/plan/plan.ts';
import { formatInstant, formatLocal } from '../../domain/time/format-time.ts';
import type { View } from '../output/view.ts';

/** Markets that read the same instants on the same clock. */
export interface Clock {
  readonly markets: readonly string[];
  readonly zone: string | null;
  readonly before: number | null;
  readonly after: number | null;
}

/** Markets that are named before the rest is counted. */
const NAMED = 4;
/** Narrower than this, local time and UTC stand under each other. */
const SIDE_BY_SIDE = 76;

/** Every instant of a field: in UTC, and on the clocks of the markets it holds for. Lines without their indent. */
export function renderInstants(
  clocks: readonly Clock[],
  nameWidth: number,
  { width, palette }: View,
): readonly string[] {
  return clocks.flatMap((clock) => {
    const name = namesOf(clock).padEnd(nameWidth);
    const { zone } = clock;
    if (zone === null) return [between(clock, formatInstant)];
    const local = between(clock, (at) => formatLocal(at, zone));
    const utc = between(clock, formatInstant);
    const moves = clock.before !== null && clock.after !== null;
    if (!moves && (width === null || width >= SIDE_BY_SIDE)) {
      return [`${name}  ${local}  ${palette.faint(`= ${utc}`)}`];
    }
    return [`${name}  ${local}`, `${' '.repeat(nameWidth)}  ${palette.faint(utc)}`];
  });
}

/** The width of the markets' names, so that the fields of an entry stand under each other. */
export function nameWidthOf(clocks: readonly Clock[]): number {
  return Math.max(0, ...clocks.map((clock) => namesOf(clock).length));
}

function between({ before, after }: Clock, format: (at: number) => string): string {
  const [from, to] = [before, after].map((at) => (at === null ? null : format(at)));
  if (from === null || from === undefined) return to ?? '';
  return to === null || to === undefined ? `${from} → none` : `${from} → ${to}`;
}

function namesOf({ markets }: Clock): string {
  const shown = markets.slice(0, NAMED).join(', ');
  return markets.length > NAMED ? `${shown} and ${markets.length - NAMED} more` : shown;
}

/** Markets grouped by what their clocks show; a common instant is on the clock of every affected one. */
export function clocksOf(instants: readonly InstantChange[], affected: readonly AffectedMarket[]): readonly Clock[] {
  const single = instants.flatMap((instant): (InstantChange & { readonly name: string | null })[] => {
    if (instant.market !== COMMON) return [{ ...instant, name: instant.market }];
    if (affected.length === 0) return [{ ...instant, zone: null, name: null }];
    return affected.map(({ id, zone }) => ({ ...instant, zone, name: id }));
  });
  const groups = Map.groupBy(single, (instant) => {
    const { before, after, zone } = instant;
    const local = [before, after].map((at) => (at === null || zone === null ? '' : formatLocal(at, zone)));
    return [before, after, ...local].join('|');
  });
  return [...groups.values()]
    .map((group) => ({
      markets: group.flatMap(({ name }) => (name === null ? [] : [name])),
      zone: group[0]?.zone ?? null,
      before: group[0]?.before ?? null,
      after: group[0]?.after ?? null,
    }))
    .toSorted((a, b) => (a.after ?? a.before ?? 0) - (b.after ?? b.before ?? 0));
}
