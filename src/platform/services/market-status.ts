import type { api } from '../../contract/operations/index.ts';
import { catalogOf } from '../../domain/catalogs/contents.ts';
import { listingOfLine } from '../../domain/document/content-lines.ts';
import type { Documents } from '../../domain/document/resources.ts';
import {
  countOnSale,
  type LaunchStanding,
  marketStanding,
  openAfterGo,
  type Waiting,
} from '../../domain/state/market-status.ts';
import { siteStateAt } from '../../domain/state/state-at.ts';
import { parseAt } from '../../domain/time/resolve-time.ts';
import { unknownId } from '../../domain/unknown-id.ts';
import type { Handler } from '../handler.ts';
import type { PlatformParts } from '../parts.ts';
import { checklistAt } from './launch-checklists.ts';
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
  const { catalog, launches, waits } = marketStanding(documents, market, at);
  return {
    value: {
      market,
      at,
      zone,
      sites: sites.map(({ id }) => siteStateAt(index, id, at)),
      catalog: catalog === null ? null : { ...catalog, onSale: await onSaleIn(platform, documents, market, at) },
      launches,
      waits: [...waits, ...(await openAfterGoes(platform, documents, launches, at))],
    },
  };
};

/** The launches that were let go and whose checklists no longer hold. */
async function openAfterGoes(
  platform: PlatformParts,
  documents: Documents,
  launches: readonly LaunchStanding[],
  at: number,
): Promise<readonly Waiting[]> {
  const found: Waiting[] = [];
  for (const { launch: id, needsGo } of launches) {
    const launch = documents.launches.get(id);
    if (launch?.spec.checklist === undefined || needsGo) continue;
    const { open } = await checklistAt(platform, documents, launch, at)(documents.signoffs.get(id)?.spec ?? {});
    if (open.length > 0) found.push(openAfterGo(id, open, at));
  }
  return found;
}

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
