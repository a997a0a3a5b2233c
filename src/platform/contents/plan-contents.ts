import type { SkuContents } from '../../domain/catalogs/contents.ts';
import { type Products, productsOf } from '../../domain/catalogs/product.ts';
import type { ListingLine } from '../../domain/document/catalog-schema.ts';
import { listingOfLine, productOfLine } from '../../domain/document/content-lines.ts';
import { ruleOfLine } from '../../domain/document/rule-lines.ts';
import type { ContentsForPlan } from '../../domain/plan/draft-plan.ts';
import type { RedirectRule } from '../../redirects/rule.ts';
import type { PlatformParts } from '../parts.ts';
import type { BroughtContents } from './by-content.ts';

/** The contents that a plan looks at, loaded; and those that the platform does not have. */
export interface LoadedContents extends SkuContents {
  rulesOf(content: string): readonly RedirectRule[];
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
    parse: (texts: readonly string[]) => T,
    stored: (content: string) => Promise<T | null>,
  ): Promise<(content: string) => T> => {
    const loaded = new Map<string, T>();
    for (const content of contents) {
      const texts = brought.get(content)?.texts;
      const lines = texts === undefined ? await stored(content) : parse(texts);
      if (lines === null) missing.add(content);
      else loaded.set(content, lines);
    }
    return (content) => {
      const lines = loaded.get(content);
      if (lines === undefined) throw new Error(`content ${content} was not announced by contentsForPlan`);
      return lines;
    };
  };
  const rulesOf = await load<readonly RedirectRule[]>(
    wanted.rules,
    (texts) => texts.map((text) => ruleOfLine(text) as RedirectRule),
    (content) => platform.rules.load(content),
  );
  const productsIn = await load<Products>(
    wanted.products,
    (texts) => productsOf(texts.map(productOfLine)),
    (content) => platform.skus.products(content),
  );
  const listingsOf = await load<readonly ListingLine[]>(
    wanted.listings,
    (texts) => texts.map(listingOfLine),
    (content) => platform.skus.listings(content),
  );
  return { rulesOf, productsOf: productsIn, listingsOf, missing };
}
