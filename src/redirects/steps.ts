/**
 * Long work in steps, with its result at the end: who has other work meanwhile does that between two of them.
 */
export type Steps<T> = Generator<undefined, T>;

/** Rules or lines of one step: some ten milliseconds. */
export const STEP = 10_000;

/** Carries out all of it without a pause. */
export function atOnce<T>(steps: Steps<T>): T {
  for (;;) {
    const step = steps.next();
    if (step.done === true) return step.value;
  }
}
