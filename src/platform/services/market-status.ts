import type { api } from '../../contract/operations/index.ts';
import { catalogOf } from '../../domain/catalogs/contents.ts';
import { listingOfLine } from '../../domain/document/content-lines.ts';
import type { Documents } from '../../domain/document/resources.ts';
import { countOnSale, marketStanding } from '../../domain/state/market-status.ts';
import { siteStateAt } from '../../domain/state/state-at.ts';
import { parseAt } from '../../domain/time/resolve-time.ts';
import { unknownId } from '../../domain/unknown-id.ts';
import type { Handler } from '../handler.ts';
import type { PlatformParts } from '../parts.ts';
import { presentWorld } from './world.ts';
import { indexOf } from './world-index.ts';

type Status = (typeof api)['availability']['market'];

export const getMarketStatus: Handler<Status> = async ({ platform }, { params: { id: market }, query }) => {
  const { documents } = await presentWorld(platform);
  const zone = documents.markets.get(market)?.spec.timeZone;
  if (zone === undefined) throw unknownId('market', market, documents.markets.keys());
  const at = parseAt(query.at, platform.now(), zone, platform.tzdb);
  const index = indexOf(documents);
  const sites = [...documents.sites.values()].filter(({ spec }) => spec.market === market);
  const { catalog, ...rest } = marketStanding(documents, market, at);
  return {
    value: {
      market,
      at,
      zone,
      sites: sites.map(({ id }) => siteStateAt(index, id, at)),
      catalog: catalog === null ? null : { ...catalog, onSale: await onSaleIn(platform, documents, market, at) },
      ...rest,
    },
  };
};

/** A chunk in memory at a time. */
async function onSaleIn(platform: PlatformParts, documents: Documents, market: string, at: number): Promise<number> {
  const catalog = catalogOf(documents, market);
  if (catalog?.spec.listings === undefined) return 0;
  let count = 0;
  for await (const block of platform.skus.blocks(catalog.spec.listings.content)) {
    count += countOnSale(catalog, block.map(listingOfLine), at);
  }
  return count;
}
