import { catalogOf, listingsIn, productsIn, type SkuContents } from '../../domain/catalogs/contents.ts';
import { availabilityAt } from '../../domain/state/availability.ts';
import type { DocumentIndex } from '../../domain/state/document-index.ts';
import { countOnSale, marketStanding } from '../../domain/state/market-status.ts';
import { siteStateAt } from '../../domain/state/state-at.ts';
import { parseAt } from '../../domain/time/resolve-time.ts';
import { unknownId } from '../../domain/unknown-id.ts';
import type { AvailabilityAnswer, MarketStatusAnswer } from './answer-source.ts';
import { type AskedTime, TZDB } from './asked-time.ts';

/** What markets sell by a document alone: nobody has reserved anything there, and nobody has let a launch go. */

/** @throws Failure `not-found` where the document has no such market or product */
export function localAvailability(
  index: DocumentIndex,
  contents: SkuContents,
  { market, sku, asked }: { readonly market: string; readonly sku: string; readonly asked: AskedTime },
  now: number,
): AvailabilityAnswer {
  const zone = zoneOf(index, market);
  const found = availabilityAt(index, contents, market, sku, parseAt(asked.text, now, zone, TZDB));
  if (found.title === null) throw unknownId('product', sku, skusOf(index, contents));
  return { ...found, why: [...found.why], left: null, zone };
}

function* skusOf({ documents }: DocumentIndex, contents: SkuContents): Generator<string> {
  for (const { sku } of productsIn(documents, contents).all()) yield sku;
}

/** @throws Failure `not-found` where the document has no such market */
export function localMarketStatus(
  index: DocumentIndex,
  contents: SkuContents,
  market: string,
  asked: AskedTime,
  now: number,
): MarketStatusAnswer {
  const zone = zoneOf(index, market);
  const at = parseAt(asked.text, now, zone, TZDB);
  const { documents } = index;
  const { catalog, launches, waits } = marketStanding(documents, market, at);
  const stated = catalogOf(documents, market);
  const onSale = stated === undefined ? 0 : countOnSale(stated, listingsIn(stated, contents), at);
  const sites = [...documents.sites.values()].filter(({ spec }) => spec.market === market);
  return {
    market,
    at,
    zone,
    sites: sites.map(({ id }) => siteStateAt(index, id, at)),
    catalog: catalog === null ? null : { ...catalog, onSale },
    launches: [...launches],
    waits: [...waits],
  };
}

function zoneOf({ documents: { markets } }: DocumentIndex, market: string): string {
  const zone = markets.get(market)?.spec.timeZone;
  if (zone === undefined) throw unknownId('market', market, markets.keys());
  return zone;
}
