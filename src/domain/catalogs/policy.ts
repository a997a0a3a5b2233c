import type { Product, Products } from './product.ts';
import { isUnder, type Taxonomy } from './taxonomy.ts';

export const CATALOG_MODES = ['full', 'accessories-only', 'custom'] as const;
export type CatalogMode = (typeof CATALOG_MODES)[number];

/** Categories, each with all that lies under it, and single products. */
export interface Selection {
  readonly categories?: readonly string[] | undefined;
  readonly skus?: readonly string[] | undefined;
}

/** What a market may sell, whatever it does sell. */
export interface CatalogPolicy {
  readonly mode: CatalogMode;
  /** In `custom` all that may be sold; in the other modes what is readmitted of what `exclude` takes out. */
  readonly include?: Selection | undefined;
  readonly exclude?: Selection | undefined;
}

/** Why a product is not allowed. */
export type Refusal =
  | 'unknown-product'
  | 'unknown-category'
  | 'no-accessory'
  | 'excluded'
  | 'not-included'
  | 'component-cycle'
  | 'too-deep';

export interface Offence {
  readonly reason: Refusal;
  /** SKUs from the product that was asked about down to the component that offends; one alone where it is itself. */
  readonly path: readonly string[];
  /** The category of the last one in the path, where it is known. */
  readonly category: string | null;
}

/** Judges products by one market's policy. Verdicts are kept, so that a component is judged once. */
export interface PolicyJudge {
  /** Null where the product, and every component at any depth, may be sold. */
  offence(sku: string): Offence | null;
}

/** A bundle that is nested deeper than this is a fault in what was imported, not something that is packed. */
export const MOST_DEPTH = 100;

export function policyJudge(policy: CatalogPolicy, products: Products, taxonomy: Taxonomy): PolicyJudge {
  const byCategory = new Map<string, Refusal | null>();
  const included = selectionOf(policy.include);
  const excluded = selectionOf(policy.exclude);
  const known = new Map<string, Verdict>();

  function categoryRefusal(category: string): Refusal | null {
    let refusal = byCategory.get(category);
    if (refusal === undefined) {
      refusal = refusalOfCategory(policy.mode, category, included, excluded, taxonomy);
      byCategory.set(category, refusal);
    }
    return refusal;
  }

  function ownRefusal({ sku, category }: Product): Refusal | null {
    const refusal = categoryRefusal(category);
    // What a mode never sells no list readmits; that takes an exception, which has an owner and a review date.
    if (refusal === 'unknown-category' || refusal === 'no-accessory') return refusal;
    if (excluded.skus.has(sku)) return 'excluded';
    if (included.skus.has(sku)) return null;
    return refusal;
  }

  function verdict(sku: string, above: readonly string[]): Verdict {
    const seen = known.get(sku);
    if (seen !== undefined && above.length + seen.height <= MOST_DEPTH) return seen;
    const product = products.get(sku);
    const category = product?.category ?? null;
    if (above.includes(sku)) return broken('component-cycle', [...above, sku], category);
    if (above.length >= MOST_DEPTH) return broken('too-deep', [...above, sku], category);
    if (product === undefined)
      return keep(sku, { height: 1, offence: { reason: 'unknown-product', path: [sku], category } });
    const reason = ownRefusal(product);
    // Most products are asked about once, by themselves: only what may be asked about again is kept.
    if (reason === null && product.components === undefined && above.length === 0) return ALLOWED;
    if (reason !== null) return keep(sku, { height: 1, offence: { reason, path: [sku], category } });
    let height = 1;
    for (const component of componentsOf(product)) {
      const found = verdict(component, [...above, sku]);
      // A path through a cycle depends on where it was entered, so it is found again from wherever that is.
      if (found.height === BROKEN) return found;
      if (found.offence !== null) {
        const offence = { ...found.offence, path: [sku, ...found.offence.path] };
        return keep(sku, { height: Math.max(height, found.height + 1), offence });
      }
      height = Math.max(height, found.height + 1);
    }
    return keep(sku, { height, offence: null });
  }

  function keep(sku: string, found: Verdict): Verdict {
    known.set(sku, found);
    return found;
  }

  return { offence: (sku) => verdict(sku, []).offence };
}

/** What is known of a product by itself, wherever it is a component. */
interface Verdict {
  /** How deep it is nested: 1 for what has no components; {@link BROKEN} where it holds a cycle or has no end. */
  readonly height: number;
  /** Its path begins with the product, but for one that is broken: that begins where it was asked about. */
  readonly offence: Offence | null;
}

const ALLOWED: Verdict = { height: 1, offence: null };

/** Higher than anything, so that no verdict of it is used again. */
const BROKEN = Number.POSITIVE_INFINITY;

function broken(reason: Refusal, path: readonly string[], category: string | null): Verdict {
  return { height: BROKEN, offence: { reason, path, category } };
}

function componentsOf({ components }: Product): readonly string[] {
  return components === undefined ? [] : Object.keys(components);
}

interface Selected {
  readonly categories: readonly string[];
  readonly skus: ReadonlySet<string>;
}

function selectionOf(selection: Selection | undefined): Selected {
  return { categories: selection?.categories ?? [], skus: new Set(selection?.skus ?? []) };
}

/** The deeper category outranks the shallower; of two equals the exclusion does. */
function refusalOfCategory(
  mode: CatalogMode,
  category: string,
  included: Selected,
  excluded: Selected,
  taxonomy: Taxonomy,
): Refusal | null {
  const entry = taxonomy.get(category);
  if (entry === undefined) return 'unknown-category';
  if (mode === 'accessories-only' && !entry.accessory) return 'no-accessory';
  const out = depth(category, excluded.categories);
  const back = depth(category, included.categories);
  if (out >= back && out > 0) return 'excluded';
  return mode === 'custom' && back === 0 ? 'not-included' : null;
}

/** The length of the longest of these categories that holds a path; 0 where none does. */
function depth(path: string, categories: readonly string[]): number {
  let longest = 0;
  for (const category of categories) {
    if (category.length > longest && isUnder(path, category)) longest = category.length;
  }
  return longest;
}

/** What an offence says, in words that name the component and its category. */
export function offenceText({ reason, path, category }: Offence, mode: CatalogMode): string {
  const last = path.at(-1) ?? '';
  const where = category === null ? '' : ` (${category})`;
  switch (reason) {
    case 'unknown-product':
      return `there is no product \`${last}\``;
    case 'unknown-category':
      return `\`${last}\` is of category \`${category}\`, which the taxonomy does not have`;
    case 'no-accessory':
      return `\`${last}\`${where} is no accessory, and the catalog is ${mode}`;
    case 'excluded':
      return `\`${last}\`${where} is excluded`;
    case 'not-included':
      return `\`${last}\`${where} is not among what the catalog includes`;
    case 'component-cycle':
      return `\`${last}\` is a component of itself`;
    case 'too-deep':
      return `the bundle is nested more than ${MOST_DEPTH} deep`;
  }
}

/** `starter-set → phone-kit → mi-9`: how an offence is reached. */
export function offencePath({ path }: Offence): string {
  return path.join(' → ');
}
