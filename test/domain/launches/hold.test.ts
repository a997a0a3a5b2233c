import { describe, expect, it, test } from 'vitest';
import { Failure } from '../../../src/domain/failure.ts';
import {
  type Hold,
  type ReservationState,
  requireConfirmable,
  requireReleasable,
  reservationStateAt,
} from '../../../src/domain/launches/hold.ts';

const UNTIL = Date.parse('2015-05-19T11:15:00Z');
const hold = (state: ReservationState): Hold => ({ id: 'r1', state, expiresAt: UNTIL });

function codeOf(work: () => unknown): unknown {
  try {
    return work();
  } catch (error) {
    return error instanceof Failure ? error.code : error;
  }
}

test.each<[ReservationState, number, ReservationState]>([
  ['held', UNTIL - 1, 'held'],
  ['held', UNTIL, 'expired'],
  ['confirmed', UNTIL, 'confirmed'],
  ['released', UNTIL, 'released'],
])('what was noted as %s is at %i %s', (state, at, is) => {
  expect(reservationStateAt(hold(state), at)).toBe(is);
});

describe('what may become of a hold', () => {
  it.each<[ReservationState, number, unknown, unknown]>([
    ['held', UNTIL - 1, true, true],
    ['held', UNTIL, 'reservation-expired', false],
    ['expired', UNTIL, 'reservation-expired', false],
    ['released', UNTIL - 1, 'reservation-released', false],
    ['confirmed', UNTIL + 1, false, 'reservation-confirmed'],
  ])('%s at %i: confirmed %s, released %s', (state, at, confirmed, released) => {
    expect(codeOf(() => requireConfirmable(hold(state), undefined, at))).toBe(confirmed);
    expect(codeOf(() => requireReleasable(hold(state), at))).toBe(released);
  });

  it('one that ran out says so, whatever was noted of it', () => {
    expect(() => requireConfirmable(hold('held'), undefined, UNTIL)).toThrow(
      expect.objectContaining({ details: expect.objectContaining({ state: 'expired' }) }),
    );
  });

  it('a cancelled launch sells nothing more, and takes nothing back of what was sold', () => {
    expect(codeOf(() => requireConfirmable(hold('held'), 'wrong price', UNTIL - 1))).toBe('launch-cancelled');
    expect(codeOf(() => requireConfirmable(hold('confirmed'), 'wrong price', UNTIL - 1))).toBe(false);
    expect(codeOf(() => requireReleasable(hold('held'), UNTIL - 1))).toBe(true);
  });
});
