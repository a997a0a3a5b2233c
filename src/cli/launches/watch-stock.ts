import { setTimeout as pause } from 'node:timers/promises';
import type { Client } from '../../client/index.ts';
import type { LaunchStock } from '../../domain/launches/stock.ts';
import { readStock } from './stock.ts';

export interface WatchOptions {
  /** Milliseconds between two looks. */
  readonly every: number;
  readonly untilSoldOut: boolean;
  /** Ends it. */
  readonly signal: AbortSignal;
}

/** The stock of a launch again and again, until it has ended in every market; the last look too. */
export async function* watchStock(client: Client, launch: string, options: WatchOptions): AsyncGenerator<LaunchStock> {
  for (;;) {
    const stock = await readStock(client, launch);
    yield stock;
    if (isOver(stock) || (options.untilSoldOut && isSoldOut(stock))) return;
    await pause(options.every, undefined, { signal: options.signal }).catch(() => undefined);
    // What is drawn after the interruption was told would land a line too low.
    if (options.signal.aborted) return;
  }
}

/** Nothing will be reserved any more, and nothing that is held can become anything else. */
function isOver({ markets }: LaunchStock): boolean {
  return markets.every(({ state }) => state === 'ended' || state === 'cancelled');
}

/** Held units may come back; so may those without a bound. */
function isSoldOut({ markets }: LaunchStock): boolean {
  return markets.every(({ items }) => items.every(({ left, held }) => left === 0 && held === 0));
}
