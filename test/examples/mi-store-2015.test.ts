import { expect, it } from 'vitest';
import { installation } from '../cli/support/platform.ts';
import { CLONE, stepsOf, walk } from './walk.ts';

it('the walk through the opening of mi.com goes as its README says', { timeout: 60_000 }, async () => {
  const program = installation({ cwd: CLONE, now: Date.UTC(2026, 0, 1), env: { CI: '1', NO_COLOR: '1' } });
  const steps = stepsOf('examples/mi-store-2015/README.md');
  expect(steps.length).toBeGreaterThan(20);
  const otherwise: unknown[] = [];
  const inOtherTerminals: Promise<unknown>[] = [];
  for (const step of steps) {
    const ended = walk(program, step);
    // It goes on until the launch is over, which a later step sees to.
    if (step.line.startsWith('storectl launches watch')) inOtherTerminals.push(ended);
    else otherwise.push(await ended);
  }
  otherwise.push(...(await Promise.all(inOtherTerminals)));
  expect(otherwise.filter((difference) => difference !== null)).toEqual([]);
});
