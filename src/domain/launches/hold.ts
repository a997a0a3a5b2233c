import { EXIT, Failure } from '../failure.ts';
import { humanDuration } from '../time/duration.ts';
import { formatInstant } from '../time/format-time.ts';

/** How long units are held for a buyer who has not paid yet, where the launch says nothing: long enough to pay in peace. */
export const HOLD_MINUTES = 15;

/**
 * What a reservation is. All but `held` are final, so asking twice for the same is harmless; a hold that was not
 * confirmed in time is `expired` by its instant alone, and nothing has to run for that.
 */
export type ReservationState = 'held' | 'confirmed' | 'released' | 'expired';

export interface Hold {
  readonly id: string;
  readonly state: ReservationState;
  /** Epoch milliseconds. */
  readonly expiresAt: number;
}

export function reservationStateAt({ state, expiresAt }: Hold, at: number): ReservationState {
  return state === 'held' && expiresAt <= at ? 'expired' : state;
}

/**
 * Whether a hold may still become a sale.
 *
 * @param cancelled why the launch does not take place; undefined where it does
 * @returns false where it is one already
 * @throws Failure `reservation-expired`, `reservation-released` or `launch-cancelled`
 */
export function requireConfirmable(hold: Hold, cancelled: string | undefined, at: number): boolean {
  const state = reservationStateAt(hold, at);
  switch (state) {
    case 'confirmed':
      return false;
    case 'held':
      if (cancelled !== undefined) {
        throw settled('launch-cancelled', hold, `its launch is cancelled: ${cancelled}`, 'release it');
      }
      return true;
    case 'expired':
      throw settled(
        'reservation-expired',
        { ...hold, state },
        `it was held until ${formatInstant(hold.expiresAt)}, ${humanDuration(at - hold.expiresAt)} ago`,
        'reserve again; its units may be somebody else’s by now',
      );
    case 'released':
      throw settled('reservation-released', hold, 'its units were given back', 'reserve again');
  }
}

/**
 * Whether there is something to give back.
 *
 * @returns false where it was given back already, or has run out
 * @throws Failure `reservation-confirmed`
 */
export function requireReleasable(hold: Hold, at: number): boolean {
  const state = reservationStateAt(hold, at);
  if (state !== 'confirmed') return state === 'held';
  throw settled('reservation-confirmed', hold, 'it is sold', 'what is returned later is an order’s affair');
}

function settled(code: string, { id, state, expiresAt }: Hold, why: string, remedy: string): Failure {
  return new Failure({
    code,
    exit: EXIT.blocked,
    message: `Reservation ${id}: ${why}.`,
    remedy: `${remedy[0]?.toUpperCase()}${remedy.slice(1)}.`,
    details: { reservation: id, state, expiresAt: formatInstant(expiresAt) },
  });
}
