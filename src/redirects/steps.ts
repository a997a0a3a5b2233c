/**
 * Long work in steps, with its result at the end: who has other work meanwhile does that between two of them.
 */
export type Steps<T> = Generator<undefined, T>;

/** Rules or lines of one step: a few milliseconds, however cold the memory that they are in. */
export const STEP = 1_000;

/** Carries out all of it without a pause. */
export function atOnce<T>(steps: Steps<T>): T {
  for (;;) {
    const step = steps.next();
    if (step.done === true) return step.value;
  }
}
