import { setImmediate } from 'node:timers/promises';
import type { Steps } from '../redirects/steps.ts';

/**
 * Lets what waits be done: a visitor's answer, a signal, a frame of progress. Work on a million rules gives way between
 * its steps, or else everything waits for seconds.
 */
export const giveWay = (): Promise<void> => setImmediate();

/** The same within a loop: some 20 ms of work of the usual kind lie between two turns. */
export const TURN = 10_000;

/** Carries out long work step by step, and gives way between them. */
export async function inTurns<T>(steps: Steps<T>): Promise<T> {
  for (;;) {
    const step = steps.next();
    if (step.done === true) return step.value;
    await giveWay();
  }
}
