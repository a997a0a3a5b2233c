import type { Answer } from '../../contract/operation.ts';
import type { api } from '../../contract/operations/index.ts';
import { catalogAuditor } from '../../domain/catalogs/audit.ts';
import { offencePath, offenceText } from '../../domain/catalogs/policy.ts';
import { listingOfLine } from '../../domain/document/content-lines.ts';
import type { Documents, Resource } from '../../domain/document/resources.ts';
import { editedLines } from '../contents/edited-lines.ts';
import type { Handler } from '../handler.ts';
import type { PlatformParts } from '../parts.ts';
import { loadProducts } from './audit.ts';
import { catalogEntry, catalogIn } from './catalog-listings.ts';
import { writeDerivedEntry } from './write-entry.ts';

type SetMode = (typeof api)['catalogPolicies']['setMode'];

/** What a change of mode takes off a catalog. */
interface Delisted {
  readonly skus: ReadonlySet<string>;
  readonly first: readonly { readonly sku: string; readonly path: readonly string[]; readonly message: string }[];
}

/** So many of them are answered one by one, and so many said in the plan. */
const MOST_ANSWERED = 1_000;
const MOST_SAID = 20;

/**
 * Changes the mode and, in the same change set, delists what it no longer allows. What a launch sells is not taken off
 * it: there the guard of policies blocks the change.
 */
export const setCatalogMode: Handler<SetMode> = async (call, { params: { id }, body }) => {
  let delisted: Delisted = { skus: new Set(), first: [] };
  const { platform } = call;
  const { value, ...rest } = await writeDerivedEntry(call, body.consent, async ({ documents }) => {
    const catalog = catalogIn(documents, id);
    const { spec } = catalog;
    delisted = await offending(platform, documents, { ...catalog, spec: { ...spec, mode: body.mode } });
    const more = { mode: body.mode };
    if (delisted.skus.size === 0) return catalogEntry(catalog, null, spec.listings, more);
    const brought = await editedLines(platform, spec.listings, { take: delisted.skus });
    return { ...catalogEntry(catalog, brought, brought?.reference, more), warnings: warningsOf(delisted) };
  });
  const answer: Answer<Awaited<ReturnType<Handler<SetMode>>>['value']> = {
    value: { ...value, delisted: { count: delisted.skus.size, first: delisted.first } },
    ...rest,
  };
  return answer;
};

/** The listings that a catalog would not allow if it were as it is given. */
async function offending(
  platform: PlatformParts,
  documents: Documents,
  catalog: Resource<'catalogs'>,
): Promise<Delisted> {
  const { listings, mode } = catalog.spec;
  const skus = new Set<string>();
  const first: Delisted['first'][number][] = [];
  if (listings === undefined) return { skus, first };
  const catalogs = new Map(documents.catalogs).set(catalog.id, catalog);
  const auditor = catalogAuditor({ ...documents, catalogs }, await loadProducts(platform, documents), platform.now());
  for await (const block of platform.skus.blocks(listings.content)) {
    for (const finding of auditor.listings(catalog, block.map(listingOfLine))) {
      skus.add(finding.sku);
      if (first.length >= MOST_ANSWERED) continue;
      const { sku, offence } = finding;
      if (offence === null) continue;
      first.push({ sku, path: offence.path, message: `${offencePath(offence)}: ${offenceText(offence, mode)}` });
    }
  }
  return { skus, first };
}

function warningsOf({ skus, first }: Delisted): readonly string[] {
  const said = first.slice(0, MOST_SAID).map(({ message }) => `delists ${message}`);
  const more = skus.size - said.length;
  return more > 0 ? [...said, `delists ${more} more`] : said;
}
