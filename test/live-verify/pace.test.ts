import { expect, test } from 'vitest';
import { Pace } from '../../src/live-verify/pace.ts';

test('turns are spread evenly, and what was not used is not made up for', () => {
  let now = 1000;
  const pace = new Pace(10, () => now);
  expect([pace.takeTurn(), pace.takeTurn(), pace.takeTurn()]).toEqual([0, 100, 200]);
  now = 1250;
  expect(pace.takeTurn()).toBe(50);
  now = 9000;
  expect([pace.takeTurn(), pace.takeTurn()]).toEqual([0, 100]);
});

test('without a rate nobody waits', () => {
  const pace = new Pace(undefined, () => 5);
  expect([pace.takeTurn(), pace.takeTurn()]).toEqual([0, 0]);
});
