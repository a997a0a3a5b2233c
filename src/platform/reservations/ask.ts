import type { ReservationRequest } from '../../domain/launches/reserve.ts';

/** What a shop asks of the desk. */
export type Ask = ReserveAsk | SettleAsk;

export interface ReserveAsk {
  readonly kind: 'reserve';
  readonly request: ReservationRequest;
  /** The id that the reservation gets. */
  readonly id: string;
  readonly actor: string;
  /** SHA-256 of the idempotency key. */
  readonly key: string;
}

export interface SettleAsk {
  readonly kind: 'confirm' | 'release';
  readonly launch: string;
  /** The reservation. */
  readonly id: string;
}
