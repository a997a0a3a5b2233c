const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** Time laid out on cells of equal length, from left to right. Epoch milliseconds. */
export interface TimeScale {
  readonly from: number;
  readonly to: number;
  readonly cells: number;
}

/** Where nothing is scheduled, this much on either side of now. */
const AROUND = 15 * DAY;
/** Free time on either side of what is scheduled, as a share of it. */
const MARGIN = 1 / 25;

export interface ScaleRequest {
  /** What must be on the scale, in any order. */
  readonly instants: readonly number[];
  /** As asked for; null: as the instants need it. */
  readonly from: number | null;
  readonly to: number | null;
  readonly now: number;
  readonly cells: number;
}

/** A scale that shows all instants; now is on it where that costs little room. */
export function scaleFor({ instants, from, to, now, cells }: ScaleRequest): TimeScale {
  const known = [...instants, ...[from, to].filter((at) => at !== null)];
  let first = known.reduce((least, at) => Math.min(least, at), Number.POSITIVE_INFINITY);
  let last = known.reduce((most, at) => Math.max(most, at), Number.NEGATIVE_INFINITY);
  if (known.length === 0) first = last = now;
  const span = last - first;
  if (now < first && first - now <= span / 4) first = now;
  if (now > last && now - last <= span / 4) last = now;
  const margin = first === last ? AROUND : Math.max((last - first) * MARGIN, MINUTE);
  return { from: from ?? first - margin, to: to ?? last + margin, cells };
}

/** The cell that an instant lies in; below 0 or beyond the last one where it is off the scale. */
export function cellOf({ from, to, cells }: TimeScale, at: number): number {
  return Math.floor(((at - from) / (to - from)) * cells);
}

export interface Tick {
  readonly cell: number;
  /** UTC: `2025`, `2025-04`, `2025-04-01`, `04-01 12:00`. */
  readonly label: string;
}

type Step =
  | { readonly unit: 'year'; readonly count: number }
  | { readonly unit: 'month'; readonly count: number }
  | { readonly unit: 'time'; readonly size: number };

const STEPS: readonly Step[] = [
  ...[1, 5, 15, 30].map((minutes) => ({ unit: 'time' as const, size: minutes * MINUTE })),
  ...[1, 3, 6, 12].map((hours) => ({ unit: 'time' as const, size: hours * HOUR })),
  ...[1, 2, 7].map((days) => ({ unit: 'time' as const, size: days * DAY })),
  ...[1, 2, 3, 6].map((count) => ({ unit: 'month' as const, count })),
  ...[1, 2, 5, 10, 50, 100, 500].map((count) => ({ unit: 'year' as const, count })),
];

/** Round instants in UTC, as many as have room for their labels. */
export function ticksOf(scale: TimeScale): readonly Tick[] {
  for (const step of STEPS) {
    const ticks = ticksBy(step, scale);
    if (ticks !== null && haveRoom(ticks)) return ticks;
  }
  return [];
}

function haveRoom(ticks: readonly Tick[]): boolean {
  return ticks.every(({ cell, label }, i) => {
    const next = ticks[i + 1];
    return next === undefined || next.cell - cell >= label.length + 2;
  });
}

/** null where there would be more ticks than cells. */
function ticksBy(step: Step, scale: TimeScale): readonly Tick[] | null {
  const ticks: Tick[] = [];
  for (let at = firstTick(step, scale.from); at < scale.to; at = nextTick(step, at)) {
    if (ticks.length > scale.cells / 4) return null;
    ticks.push({ cell: cellOf(scale, at), label: labelOf(step, at) });
  }
  return ticks;
}

function firstTick(step: Step, from: number): number {
  switch (step.unit) {
    case 'time':
      return Math.ceil(from / step.size) * step.size;
    case 'month':
    case 'year': {
      const date = new Date(from);
      const months = step.unit === 'year' ? step.count * 12 : step.count;
      const month = date.getUTCFullYear() * 12 + date.getUTCMonth();
      const start = utcMonth(Math.floor(month / months) * months);
      return start >= from ? start : nextTick(step, start);
    }
  }
}

function nextTick(step: Step, at: number): number {
  if (step.unit === 'time') return at + step.size;
  const date = new Date(at);
  const month = date.getUTCFullYear() * 12 + date.getUTCMonth();
  return utcMonth(month + (step.unit === 'year' ? step.count * 12 : step.count));
}

function utcMonth(month: number): number {
  const date = new Date(0);
  date.setUTCFullYear(Math.floor(month / 12), month % 12, 1);
  return date.getTime();
}

function labelOf(step: Step, at: number): string {
  const text = new Date(at).toISOString();
  if (step.unit === 'year') return text.slice(0, 4);
  if (step.unit === 'month') return text.slice(0, 7);
  return step.size >= DAY ? text.slice(5, 10) : text.slice(5, 16).replace('T', ' ');
}
