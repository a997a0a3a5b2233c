import { affectedSkus } from '../../domain/catalogs/affected.ts';
import type { SkuContents } from '../../domain/catalogs/contents.ts';
import { NO_PRODUCTS, type Products, productsOf } from '../../domain/catalogs/product.ts';
import type { ListingLine } from '../../domain/document/catalog-schema.ts';
import { listingOfLine, productOfLine } from '../../domain/document/content-lines.ts';
import { ruleOfLine } from '../../domain/document/rule-lines.ts';
import type { ContentsForPlan } from '../../domain/plan/draft-plan.ts';
import type { RedirectRule } from '../../redirects/rule.ts';
import type { RuleList } from '../../redirects/rule-list.ts';
import type { PlatformParts } from '../parts.ts';
import { type Brought, isBroughtRules } from './brought.ts';
import type { BroughtContents } from './by-content.ts';

/** The contents that a plan looks at, loaded; and those that the platform does not have. */
export interface LoadedContents extends SkuContents {
  rulesOf(content: string): RuleList;
  readonly missing: ReadonlySet<string>;
}

/** Loads what a plan looks at: from the request that brought it along, else from the store. */
export async function loadContents(
  platform: PlatformParts,
  wanted: ContentsForPlan,
  brought: BroughtContents,
): Promise<LoadedContents> {
  const missing = new Set<string>();
  const load = async <T>(
    contents: readonly string[],
    parse: (lines: Brought) => T,
    stored: (content: string) => Promise<T | null>,
  ): Promise<(content: string) => T> => {
    const loaded = new Map<string, T>();
    for (const content of contents) {
      const own = brought.get(content);
      const lines = own === undefined ? await stored(content) : parse(own);
      if (lines === null) missing.add(content);
      else loaded.set(content, lines);
    }
    return (content) => {
      const lines = loaded.get(content);
      if (lines === undefined) throw new Error(`content ${content} was not announced by contentsForPlan`);
      return lines;
    };
  };
  const rulesOf = await load<RuleList>(wanted.rules, rulesIn, (content) => platform.rules.load(content));
  const productsIn = await load<Products>(
    wanted.products,
    ({ texts }) => productsOf(Array.from(texts, productOfLine)),
    (content) => platform.skus.products(content),
  );
  const whole = (content: string) => platform.skus.listings(content);
  const { byProduct } = wanted;
  const affected = byProduct === null || missing.size > 0 ? null : affectedBetween(byProduct, productsIn);
  const narrowed = new Set(byProduct?.listings);
  const listingsOf = await load<readonly ListingLine[]>(
    [...wanted.listings, ...narrowed],
    ({ texts }) => Array.from(texts, listingOfLine),
    (content) => (affected !== null && narrowed.has(content) ? ofSkus(platform, content, affected) : whole(content)),
  );
  return { rulesOf, productsOf: productsIn, listingsOf, missing };
}

/** No rules at all may have come as no products: their content is the same. */
function rulesIn(brought: Brought): RuleList {
  const rules = isBroughtRules(brought) ? brought.rules : Array.from(brought.texts, ruleOfLine);
  return rules as readonly RedirectRule[];
}

/** SKUs that are worth looking for one by one; for more, all listings are read. */
const MOST_AFFECTED = 200;

function affectedBetween(
  { before, after }: NonNullable<ContentsForPlan['byProduct']>,
  productsIn: (content: string) => Products,
): ReadonlySet<string> | null {
  const products = (content: string | undefined) => (content === undefined ? NO_PRODUCTS : productsIn(content));
  return affectedSkus(products(before), products(after), MOST_AFFECTED);
}

async function ofSkus(
  { skus, store }: PlatformParts,
  content: string,
  affected: ReadonlySet<string>,
): Promise<readonly ListingLine[] | null> {
  if ((await store.read(({ rules }) => rules.count(content))) === null) return null;
  const found = await skus.linesOf(content, [...affected].sort());
  return [...found.values()].map(listingOfLine);
}
