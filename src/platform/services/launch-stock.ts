import type { api } from '../../contract/operations/index.ts';
import { launchStock } from '../../domain/launches/stock.ts';
import type { Handler } from '../handler.ts';
import { notFound } from './not-found.ts';
import { readWorld } from './world.ts';

export const getStock: Handler<(typeof api)['launchStock']['get']> = async ({ platform }, { params: { id } }) => {
  const at = platform.now();
  const { world, units } = await platform.store.read(async (tables) => ({
    world: await readWorld(platform, tables),
    units: await tables.reservations.units(id, at),
  }));
  const launch = world.documents.launches.get(id);
  if (launch === undefined) throw notFound('launch', id);
  return { value: launchStock(world.documents, launch, units, at) };
};
