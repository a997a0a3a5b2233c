import { type Kysely, sql } from 'kysely';
import type { ReservationState } from '../../../domain/launches/hold.ts';
import type { LaunchPlace, ReservationRow, UnitsRow } from '../rows.ts';
import type { ReservationWrites } from '../store.ts';
import { batches } from './batches.ts';
import type { Schema } from './schema.ts';

type Row = Schema['reservations'];

/** Rows, or values of a list, that one statement takes: well below what any database allows. */
const AT_ONCE = 512;

export function reservationTable(db: Kysely<Schema>): ReservationWrites {
  const all = () => db.selectFrom('reservations').selectAll();
  const among = async (query: ReturnType<typeof all>, column: 'id' | 'key', values: readonly string[]) => {
    const rows: Row[] = [];
    for (const batch of batches(values, AT_ONCE)) {
      rows.push(...(await query.where(column, 'in', filled(batch)).execute()));
    }
    return rows.map(reservationOf);
  };
  return {
    async get(id) {
      const row = await all().where('id', '=', id).executeTakeFirst();
      return row === undefined ? null : reservationOf(row);
    },
    byIds: (ids) => among(all(), 'id', ids),
    byKeys: (actor, keys) => among(all().where('actor', '=', actor), 'key', keys),
    async list(launch, buyer, after, limit) {
      let query = all().where('launch', '=', launch);
      if (buyer !== null) query = query.where('buyer', '=', buyer);
      if (after !== null) query = query.where('id', '>', after);
      return (await query.orderBy('id').limit(limit).execute()).map(reservationOf);
    },
    async unitsOfBuyers(launch, sku, buyers, at) {
      const units = new Map<string, number>();
      for (const batch of batches(buyers, AT_ONCE)) {
        const rows = await db
          .selectFrom('reservations')
          .select(({ fn }) => ['buyer', fn.sum<number>('quantity').as('units')])
          .where('launch', '=', launch)
          .where('sku', '=', sku)
          .where('buyer', 'in', filled(batch))
          .where('state', 'in', ['held', 'confirmed'])
          .where(({ eb, or }) => or([eb('state', '=', 'confirmed'), eb('expires_at', '>', at)]))
          .groupBy('buyer')
          .execute();
        for (const row of rows) units.set(row.buyer, Number(row.units));
      }
      return units;
    },
    units: (launch, at) => unitsAt(db, launch, at),
    async insert(rows) {
      for (const batch of batches(rows, AT_ONCE)) {
        await db.insertInto('reservations').values(batch.map(rowOf)).execute();
      }
    },
    async settle(ids, state, at) {
      for (const batch of batches(ids, AT_ONCE)) {
        await db
          .updateTable('reservations')
          .set({ state, settled_at: at })
          .where('id', 'in', filled(batch))
          .where('state', '=', 'held')
          .execute();
      }
    },
    async lapse(place, at) {
      const noted = await unitsOf(db, place);
      const lapsed = await lapsedUnits(db, at)
        .where('launch', '=', place.launch)
        .where('market', '=', place.market)
        .where('sku', '=', place.sku)
        .executeTakeFirst();
      if (lapsed === undefined) return noted;
      await db
        .updateTable('reservations')
        .set({ state: 'expired', settled_at: at })
        .where('launch', '=', place.launch)
        .where('market', '=', place.market)
        .where('sku', '=', place.sku)
        .where('state', '=', 'held')
        .where('expires_at', '<=', at)
        .execute();
      const units = { ...noted, held: noted.held - Number(lapsed.units) };
      await putUnits(db, [units]);
      return units;
    },
    putUnits: (rows) => putUnits(db, rows),
  };
}

/** Holds that have run out and that no write has noted yet, as units of each item. */
function lapsedUnits(db: Kysely<Schema>, at: number) {
  return db
    .selectFrom('reservations')
    .select(({ fn }) => ['launch', 'market', 'sku', fn.sum<number>('quantity').as('units')])
    .where('state', '=', 'held')
    .where('expires_at', '<=', at)
    .groupBy(['launch', 'market', 'sku']);
}

async function unitsAt(db: Kysely<Schema>, launch: string | null, at: number): Promise<readonly UnitsRow[]> {
  const noted = db.selectFrom('reserved_units').selectAll();
  const lapsed = lapsedUnits(db, at);
  const rows = await (launch === null ? noted : noted.where('launch', '=', launch)).execute();
  const gone = await (launch === null ? lapsed : lapsed.where('launch', '=', launch)).execute();
  const units = new Map(gone.map((row) => [placeKey(row), Number(row.units)]));
  return rows.map((row) => ({ ...row, held: row.held - (units.get(placeKey(row)) ?? 0) }));
}

function placeKey({ launch, market, sku }: LaunchPlace): string {
  return `${launch}/${market}/${sku}`;
}

async function unitsOf(db: Kysely<Schema>, { launch, market, sku }: LaunchPlace): Promise<UnitsRow> {
  const row = await db
    .selectFrom('reserved_units')
    .selectAll()
    .where('launch', '=', launch)
    .where('market', '=', market)
    .where('sku', '=', sku)
    .executeTakeFirst();
  return row ?? { launch, market, sku, held: 0, confirmed: 0 };
}

async function putUnits(db: Kysely<Schema>, rows: readonly UnitsRow[]): Promise<void> {
  for (const batch of batches(rows, AT_ONCE)) {
    await db
      .insertInto('reserved_units')
      .values(batch.map(({ launch, market, sku, held, confirmed }) => ({ launch, market, sku, held, confirmed })))
      .onConflict((conflict) =>
        conflict
          .columns(['launch', 'market', 'sku'])
          .doUpdateSet({ held: sql`excluded.held`, confirmed: sql`excluded.confirmed` }),
      )
      .execute();
  }
}

/** The list with its last value again and again, to the next power of two: few lengths are few statements to prepare. */
function filled(values: readonly string[]): readonly string[] {
  const last = values.at(-1);
  if (last === undefined) return values;
  const length = 2 ** Math.ceil(Math.log2(values.length));
  return [...values, ...new Array<string>(length - values.length).fill(last)];
}

function reservationOf(row: Row): ReservationRow {
  const { state, created_at: createdAt, expires_at: expiresAt, settled_at: settledAt, ...rest } = row;
  return { ...rest, state: state as ReservationState, createdAt, expiresAt, settledAt };
}

function rowOf({ createdAt, expiresAt, settledAt, ...rest }: ReservationRow): Row {
  return { ...rest, created_at: createdAt, expires_at: expiresAt, settled_at: settledAt };
}
