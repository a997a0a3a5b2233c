import type { Client } from '../../client/index.ts';
import { listResources } from '../entries/places.ts';
import { findResource, type ReadResource, requireResource } from '../entries/read.ts';

/**
 * A catalog by its id, or by its market: a market has one at most, and people think of it as the market's.
 *
 * @throws Failure `not-found` with the nearest id
 */
export async function findCatalog(client: Client, named: string): Promise<ReadResource<'catalogs'>> {
  const byId = await findResource(client, 'catalogs', named);
  if (byId !== null) return byId;
  const ofMarket = (await listResources(client, 'catalogs')).find(({ spec }) => spec.market === named);
  return requireResource(client, 'catalogs', ofMarket?.id ?? named);
}
