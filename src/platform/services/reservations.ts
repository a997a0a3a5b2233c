import type { Answer } from '../../contract/operation.ts';
import type { api } from '../../contract/operations/index.ts';
import { reservationStateAt } from '../../domain/launches/hold.ts';
import type { Money } from '../../domain/money/money.ts';
import type { Call, Handler } from '../handler.ts';
import type { SettleAsk } from '../reservations/ask.ts';
import type { ReservationRow } from '../store/rows.ts';
import { storedRecord } from '../store/store-damage.ts';
import { notFound } from './not-found.ts';
import { pageOf, readCursor } from './pages.ts';

type Operations = (typeof api)['reservations'];

/** As it is answered: without who asked for it, and as it is at the instant. */
export type Reservation = Omit<ReservationRow, 'actor' | 'key' | 'price'> & { readonly price: Money };

export const reserve: Handler<Operations['create']> = async ({ platform, caller, key }, { params, body }) => {
  const row = await platform.desk.carryOut({
    kind: 'reserve',
    request: { launch: params.id, ...body },
    id: platform.newId(),
    actor: caller.actor,
    key: requireKey(key),
  });
  return { value: shown(row) };
};

export const confirm: Handler<Operations['confirm']> = (call, { params }) => settle(call, 'confirm', params);
export const release: Handler<Operations['release']> = (call, { params }) => settle(call, 'release', params);

/** What becomes of a reservation is final, so a repetition is known by that, whatever key it comes with. */
async function settle(
  { platform }: Call,
  kind: SettleAsk['kind'],
  { id: launch, reservation: id }: { readonly id: string; readonly reservation: string },
): Promise<Answer<Reservation>> {
  return { value: shownAt(await platform.desk.carryOut({ kind, launch, id }), platform.now()) };
}

export const getReservation: Handler<Operations['get']> = async ({ platform }, { params }) => {
  const row = await platform.store.read(({ reservations }) => reservations.get(params.reservation));
  if (row === null || row.launch !== params.id) {
    throw notFound('reservation', params.reservation, 'Check the id and its launch.');
  }
  return { value: shownAt(row, platform.now()) };
};

export const listReservations: Handler<Operations['list']> = async ({ platform }, { params, query }) => {
  // A cursor goes on in the list that it came from: that of this launch.
  const list = `reservations of ${params.id}`;
  const after = readCursor(list, query.cursor);
  const rows = await platform.store.read(async (tables) => {
    if ((await tables.resources.get('launches', params.id)) === null) throw notFound('launch', params.id);
    return tables.reservations.list(params.id, query.buyer ?? null, after, query.limit + 1);
  });
  const at = platform.now();
  const { items, ...rest } = pageOf(list, rows, query.limit, ({ id }) => id);
  return { value: { items: items.map((row) => shownAt(row, at)), ...rest } };
};

function requireKey(key: string | null): string {
  if (key === null) throw new Error('the operation keeps its key, so it was given one');
  return key;
}

function shownAt(row: ReservationRow, at: number): Reservation {
  const state = reservationStateAt(row, at);
  const ranOut = state === 'expired' ? { settledAt: row.expiresAt } : {};
  return { ...shown(row), state, ...ranOut };
}

function shown({ actor: _, key: __, price, ...rest }: ReservationRow): Reservation {
  return { ...rest, price: storedRecord(price, `reservation ${rest.id}`) as Money };
}
