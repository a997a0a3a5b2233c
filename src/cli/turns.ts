import { setImmediate } from 'node:timers/promises';
import type { Steps } from '../redirects/steps.ts';

/**
 * Lets what waits be done: a visitor's answer, a signal, a frame of progress. Work on a million rules gives way between
 * its steps, or else everything waits for seconds.
 */
export const giveWay = (): Promise<void> => setImmediate();

/**
 * Milliseconds of work between two turns: a fraction of what a visitor notices, and long enough that taking turns costs
 * nothing beside the work.
 */
const SLICE = 5;

/** When a loop of long work is to give way next. */
export class Turns {
  #began = performance.now();

  /** Whether what waits has waited long enough. */
  get due(): boolean {
    return performance.now() - this.#began >= SLICE;
  }

  async next(): Promise<void> {
    await giveWay();
    this.#began = performance.now();
  }
}

/** Carries out long work step by step, and gives way between them wherever that is due. */
export async function inTurns<T>(steps: Steps<T>): Promise<T> {
  const turns = new Turns();
  for (;;) {
    const step = steps.next();
    if (step.done === true) return step.value;
    if (turns.due) await turns.next();
  }
}
