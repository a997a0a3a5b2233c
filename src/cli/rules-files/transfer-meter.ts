import { grouped } from '../output/counted.ts';

/** Where a transfer stands. */
export interface Transfer {
  readonly rules: number;
  /** Bytes of the input that are done, and of all of it; null where nobody knows, as of a pipe. */
  readonly bytes: number;
  readonly total: number | null;
}

/** Milliseconds over which the rate is taken: long enough to be steady, short enough to tell of a slow line. */
const WINDOW = 10_000;
/** Milliseconds before a rate says anything. */
const SETTLED = 500;

/** Says how far a transfer is, how fast it goes and how long it will take. */
export class TransferMeter {
  readonly #samples: { readonly at: number; readonly rules: number; readonly bytes: number }[] = [];

  /**
   * @param at epoch milliseconds
   * @param width columns that there are; null for a plain line
   */
  text(verb: string, transfer: Transfer, at: number, width: number | null): string {
    this.#samples.push({ at, rules: transfer.rules, bytes: transfer.bytes });
    while (this.#samples.length > 2 && at - (this.#samples[1]?.at ?? at) >= WINDOW) this.#samples.shift();
    const first = this.#samples[0];
    const took = first === undefined ? 0 : at - first.at;
    const share = transfer.total === null || transfer.total === 0 ? null : Math.min(1, transfer.bytes / transfer.total);
    const rate = first === undefined || took < SETTLED ? null : ((transfer.rules - first.rules) / took) * 1000;
    const pace = first === undefined || took < SETTLED ? 0 : (transfer.bytes - first.bytes) / took;
    const left = transfer.total === null || pace <= 0 ? null : (transfer.total - transfer.bytes) / pace / 1000;
    return fitted(verb, { rules: transfer.rules, share, rate, left }, width);
  }
}

interface Figures {
  readonly rules: number;
  readonly share: number | null;
  readonly rate: number | null;
  /** Seconds. */
  readonly left: number | null;
}

/** Columns of the bar. */
const BAR = 20;

/** As much as there is room for: the share and the time that is left go last. */
function fitted(verb: string, { rules, share, rate, left }: Figures, width: number | null): string {
  const percent = share === null ? [] : [`${Math.floor(share * 100)} %`];
  const count = `${grouped(rules)} rules`;
  const speed = rate === null ? [] : [`${grouped(Math.round(rate))}/s`];
  const rest = left === null ? [] : [`${durationText(left)} left`];
  const full = [`${verb}:`, ...percent, count, ...speed, ...rest].join('  ');
  if (width === null) return [`${verb}:`, [...percent, count, ...speed, ...rest].join(', ')].join(' ');
  const candidates = [
    ...(share === null ? [] : [[`${verb}`, barOf(share), ...percent, count, ...speed, ...rest].join('  ')]),
    full,
    [...percent, count, ...speed, ...rest].join('  '),
    [...percent, count, ...rest].join('  '),
    [...percent, ...rest].join('  '),
  ];
  return candidates.find((text) => text.length <= width) ?? percent.join('');
}

function barOf(share: number): string {
  const filled = Math.round(share * BAR);
  return `${'━'.repeat(filled)}${'╌'.repeat(BAR - filled)}`;
}

/** `8 s`, `3 min 20 s`, `2 h 05 min`. */
export function durationText(seconds: number): string {
  const whole = Math.max(1, Math.round(seconds));
  if (whole < 60) return `${whole} s`;
  if (whole < 3_600) return `${Math.floor(whole / 60)} min ${String(whole % 60).padStart(2, '0')} s`;
  return `${Math.floor(whole / 3_600)} h ${String(Math.floor((whole % 3_600) / 60)).padStart(2, '0')} min`;
}
