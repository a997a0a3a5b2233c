import type { api } from '../../contract/operations/index.ts';
import { catalogOf, type SkuContents } from '../../domain/catalogs/contents.ts';
import { listingOfLine } from '../../domain/document/content-lines.ts';
import type { Documents } from '../../domain/document/resources.ts';
import { type Availability, availabilityAt } from '../../domain/state/availability.ts';
import { withLeft } from '../../domain/state/availability-left.ts';
import { parseAt } from '../../domain/time/resolve-time.ts';
import { unknownId } from '../../domain/unknown-id.ts';
import { productsAround, skusLike } from '../contents/products-around.ts';
import type { Handler } from '../handler.ts';
import type { PlatformParts } from '../parts.ts';
import { presentWorld } from './world.ts';
import { indexOf } from './world-index.ts';

type Get = (typeof api)['availability']['get'];

/** Reads the product, what it is made of and its listing, and nothing else of what there is to sell. */
export const getAvailability: Handler<Get> = async ({ platform }, { query: { market, sku, at: asked } }) => {
  const { documents } = await presentWorld(platform);
  const zone = documents.markets.get(market)?.spec.timeZone;
  if (zone === undefined) throw unknownId('market', market, documents.markets.keys());
  const now = platform.now();
  const at = parseAt(asked, now, zone, platform.tzdb);
  const contents = await contentsFor(platform, documents, market, sku);
  const found = availabilityAt(indexOf(documents), contents, market, sku, at);
  if (found.title === null) throw unknownId('product', sku, await skusLike(platform, documents, sku));
  return { value: { ...withLeft(found, at === now ? await leftOf(platform, found) : null), zone } };
};

async function contentsFor(
  platform: PlatformParts,
  documents: Documents,
  market: string,
  sku: string,
): Promise<SkuContents> {
  const listings = catalogOf(documents, market)?.spec.listings;
  const listing = listings === undefined ? undefined : (await platform.skus.linesOf(listings.content, [sku])).get(sku);
  const listed = listing === undefined ? [] : [listingOfLine(listing)];
  const products = await productsAround(platform, documents, [sku]);
  return { productsOf: () => products, listingsOf: () => listed };
}

/** What is left of the allocation of the launch that sells it; null where no launch does, or none bounds it. */
async function leftOf({ store }: PlatformParts, found: Availability): Promise<number | null> {
  const { market, sku, at, allocation, decidedBy } = found;
  if (allocation === null || decidedBy.kind !== 'launch' || decidedBy.id === null) return null;
  const launch = decidedBy.id;
  const units = await store.read(({ reservations }) => reservations.units(launch, at));
  const taken = units.find((row) => row.market === market && row.sku === sku);
  return taken === undefined ? allocation : Math.max(0, allocation - taken.held - taken.confirmed);
}
