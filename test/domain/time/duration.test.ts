import { describe, expect, it } from 'vitest';
import { humanDistance, humanDuration } from '../../../src/domain/time/duration.ts';

const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

describe('humanDuration', () => {
  it.each([
    [0, '0 ms'],
    [350, '350 ms'],
    [SECOND, '1 s'],
    [MINUTE - 1, '59 s'],
    [MINUTE, '1 min'],
    [5 * MINUTE + 20 * SECOND, '5 min 20 s'],
    [2 * HOUR, '2 h'],
    [2 * HOUR + 5 * MINUTE + 59 * SECOND, '2 h 5 min'],
    [DAY - 1, '23 h 59 min'],
    [DAY, '1 day'],
    [3 * DAY + 4 * HOUR, '3 days 4 h'],
    [14 * DAY + 23 * HOUR, '14 days'],
    [40 * DAY, '40 days'],
    [-2 * HOUR, '2 h'],
  ])('%d ms is %s', (milliseconds, expected) => {
    expect(humanDuration(milliseconds)).toBe(expected);
  });
});

describe('humanDistance', () => {
  it.each([
    [40 * DAY, 0, 'in 40 days'],
    [0, 2 * HOUR + 5 * MINUTE, '2 h 5 min ago'],
    [7, 7, 'now'],
  ])('%d seen from %d is %s', (at, now, expected) => {
    expect(humanDistance(at, now)).toBe(expected);
  });
});
