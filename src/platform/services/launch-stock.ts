import type { api } from '../../contract/operations/index.ts';
import { launchCalendar } from '../../domain/launches/calendar.ts';
import { launchStock } from '../../domain/launches/stock.ts';
import { parseAt } from '../../domain/time/resolve-time.ts';
import type { Handler } from '../handler.ts';
import { notFound } from './not-found.ts';
import { presentWorld, readWorld } from './world.ts';
import { indexOf } from './world-index.ts';

type Operations = (typeof api)['launchStock'];

export const getStock: Handler<Operations['get']> = async ({ platform }, { params: { id }, query }) => {
  const now = platform.now();
  const at = parseAt(query.at, now, null, platform.tzdb);
  const { documents, units } = await platform.store.read(async (tables) => ({
    ...(await readWorld(platform, tables)),
    units: await tables.reservations.units(id, now),
  }));
  const launch = documents.launches.get(id);
  if (launch === undefined) throw notFound('launch', id);
  return { value: launchStock(documents, launch, units, { now, at }) };
};

export const getCalendar: Handler<Operations['calendar']> = async ({ platform }, { query }) => {
  const now = platform.now();
  const read = (text: string | undefined, open: number): number =>
    text === undefined ? open : parseAt(text, now, null, platform.tzdb);
  const range = {
    from: read(query.from, Number.NEGATIVE_INFINITY),
    until: read(query.until, Number.POSITIVE_INFINITY),
  };
  const { documents } = await presentWorld(platform);
  return { value: { now, entries: [...launchCalendar(indexOf(documents), range, now)] } };
};
