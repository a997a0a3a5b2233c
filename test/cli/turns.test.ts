import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { inTurns } from '../../src/cli/turns.ts';
import type { Steps } from '../../src/redirects/steps.ts';

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['performance'] });
});
afterEach(() => {
  vi.useRealTimers();
});

const STEPS = 6;

function* working(milliseconds: number, log: string[]): Steps<string> {
  for (let step = 0; step < STEPS; step++) {
    vi.advanceTimersByTime(milliseconds);
    log.push('work');
    yield;
  }
  return 'done';
}

/** How often somebody who waits is served before the work is done. */
async function servedWhile(milliseconds: number): Promise<number> {
  const log: string[] = [];
  let over = false;
  const serve = (): void => {
    log.push('visitor');
    if (!over) setImmediate(serve);
  };
  setImmediate(serve);
  expect(await inTurns(working(milliseconds, log))).toBe('done');
  over = true;
  return log.slice(0, log.lastIndexOf('work')).filter((who) => who === 'visitor').length;
}

test('long steps give way one by one, and short ones once in a while', async () => {
  expect(await servedWhile(50)).toBeGreaterThanOrEqual(STEPS - 1);
  const some = await servedWhile(2);
  expect(some).toBeGreaterThanOrEqual(1);
  expect(some).toBeLessThan(STEPS - 1);
  expect(await servedWhile(0)).toBe(0);
});
