import { expect, it } from 'vitest';
import { installation } from '../cli/support/platform.ts';
import { CLONE, stepsOf, walk } from './walk.ts';

it('the walk through the opening of mi.com goes as its README says', { timeout: 60_000 }, async () => {
  const program = installation({ cwd: CLONE, now: Date.UTC(2026, 0, 1), env: { CI: '1', NO_COLOR: '1' } });
  const steps = stepsOf('examples/mi-store-2015/README.md');
  expect(steps.length).toBeGreaterThan(20);
  const otherwise: unknown[] = [];
  for (const step of steps) {
    const difference = await walk(program, step);
    if (difference !== null) otherwise.push(difference);
  }
  expect(otherwise).toEqual([]);
});
