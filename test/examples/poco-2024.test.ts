import { expect, it } from 'vitest';
import { installation } from '../cli/support/platform.ts';
import { CLONE, stepsOf, walk } from './walk.ts';

/** A server does not end by itself, and `CHANGE` stands for an id of one's own. */
const NOT_AS_WRITTEN = /^storectl (edge serve|rollback CHANGE)/;

it('the walk through the POCO case goes as its README says', { timeout: 60_000 }, async () => {
  const program = installation({ cwd: CLONE, now: Date.UTC(2026, 0, 1), env: { CI: '1', NO_COLOR: '1' } });
  const steps = stepsOf('examples/poco-2024/README.md').filter(({ line }) => !NOT_AS_WRITTEN.test(line));
  expect(steps.length).toBeGreaterThan(8);
  const otherwise: unknown[] = [];
  for (const step of steps) {
    // Where nobody can be asked, what is applied without consent ends at once.
    const asks = step.line === 'storectl apply -f examples/poco-2024/storectl.yaml';
    const difference = await walk(program, asks ? { ...step, exit: 2 } : step);
    if (difference !== null) otherwise.push(difference);
  }
  expect(otherwise).toEqual([]);
});
