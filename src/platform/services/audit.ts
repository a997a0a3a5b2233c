import type { api } from '../../contract/operations/index.ts';
import { catalogAuditor, findingText, type PolicyFinding } from '../../domain/catalogs/audit.ts';
import { NO_PRODUCTS, type Products } from '../../domain/catalogs/product.ts';
import type { ListingLine } from '../../domain/document/catalog-schema.ts';
import { listingOfLine } from '../../domain/document/content-lines.ts';
import type { Documents } from '../../domain/document/resources.ts';
import { ALL_PRODUCTS } from '../../domain/document/sections.ts';
import type { Handler } from '../handler.ts';
import type { PlatformParts } from '../parts.ts';
import { StoreDamage } from '../store/store-damage.ts';
import { notFound } from './not-found.ts';
import { presentWorld } from './world.ts';

type Audit = (typeof api)['catalogPolicies']['audit'];

/** Every product that documents state, loaded. */
export async function loadProducts({ skus }: PlatformParts, { products }: Documents): Promise<Products> {
  const items = products.get(ALL_PRODUCTS)?.spec.items;
  if (items === undefined) return NO_PRODUCTS;
  const loaded = await skus.products(items.content);
  if (loaded === null) throw new StoreDamage(`has lost the products ${items.content}`);
  return loaded;
}

/** Holds the state as it is now against the markets' policies: chunk by chunk, so that no catalog is in memory whole. */
export const auditCatalogs: Handler<Audit> = async ({ platform }, { query }) => {
  const { documents } = await presentWorld(platform);
  const markets = query.market?.split(',');
  for (const market of markets ?? []) if (!documents.markets.has(market)) throw notFound('market', market);
  return { value: audited(platform, documents, markets === undefined ? null : new Set(markets)) };
};

async function* audited(platform: PlatformParts, documents: Documents, markets: ReadonlySet<string> | null) {
  const auditor = catalogAuditor(documents, await loadProducts(platform, documents), platform.now());
  const counts = { catalogs: 0, listings: 0, launchItems: 0, findings: 0 };
  for (const catalog of documents.catalogs.values()) {
    if (markets !== null && !markets.has(catalog.spec.market)) continue;
    counts.catalogs += 1;
    const { listings } = catalog.spec;
    if (listings === undefined) continue;
    for await (const block of platform.skus.blocks(listings.content)) {
      counts.listings += block.length;
      for (const finding of auditor.listings(catalog, parsed(block))) {
        counts.findings += 1;
        yield lineOf(finding);
      }
    }
  }
  const items = auditor.launchItems(markets);
  let step = items.next();
  for (; step.done !== true; step = items.next()) {
    counts.findings += 1;
    yield lineOf(step.value);
  }
  yield { kind: 'audited', ...counts, launchItems: step.value } as const;
}

function* parsed(block: readonly string[]): Generator<ListingLine> {
  for (const line of block) yield listingOfLine(line);
}

function lineOf(finding: PolicyFinding) {
  return { kind: 'finding', finding: { ...finding, message: findingText(finding) } } as const;
}
