import type { Documents, SpecOf } from '../document/resources.ts';
import type { Section } from '../document/sections.ts';
import type { MutableSpecs } from '../document/specs.ts';
import { equalValues } from './equal.ts';

/** What a plan has to look at again of what markets sell. */
export interface TouchedOffers {
  /** Whether anything that policies, listings or launches depend on changes. */
  readonly any: boolean;
  /** Whether products change, or what they name: categories, markets. */
  readonly products: boolean;
  /** The catalogs whose listings have to be held against their policy; null for every one. */
  readonly catalogs: ReadonlySet<string> | null;
  /** Catalogs of which only the listings of changed products have to be looked at again. */
  readonly byProduct: ReadonlySet<string>;
}

/** Sections that decide for every market at once. */
const EVERYWHERE = ['taxonomies', 'products', 'exceptions'] as const;

const NONE: ReadonlySet<string> = new Set();

export function touchedOffers(current: Documents, specs: MutableSpecs): TouchedOffers {
  const sold = specs.catalogs.size + specs.launches.size + specs.products.size + current.products.size > 0;
  if (!sold) return { any: false, products: false, catalogs: new Set(), byProduct: NONE };
  const touched = EVERYWHERE.filter((section) => changed(current, specs, section).size > 0);
  const markets = changed(current, specs, 'markets');
  const products = markets.size > 0 || touched.some((section) => section !== 'exceptions');
  const catalogs = new Set(changed(current, specs, 'catalogs'));
  if (touched.length > 0) {
    const others = touched.some((section) => section !== 'products') || markets.size > 0;
    const same = others ? [] : [...specs.catalogs.keys()].filter((id) => !catalogs.has(id));
    return { any: true, products, catalogs: null, byProduct: new Set(same) };
  }
  // A market's currencies and zone say what its prices and windows mean.
  for (const [id, { market }] of specs.catalogs) if (markets.has(market)) catalogs.add(id);
  const launches = ['launches', 'sites', 'shutdowns', 'freezeWindows', 'checklists'] as const;
  const any = catalogs.size > 0 || markets.size > 0 || launches.some((s) => changed(current, specs, s).size > 0);
  return { any, products, catalogs, byProduct: NONE };
}

function changed(current: Documents, specs: MutableSpecs, section: Section): ReadonlySet<string> {
  const wanted: ReadonlyMap<string, SpecOf[Section]> = specs[section];
  const present: ReadonlyMap<string, { readonly spec: SpecOf[Section] }> = current[section];
  const ids = new Set<string>();
  for (const [id, spec] of wanted) if (!equalValues(present.get(id)?.spec, spec)) ids.add(id);
  for (const id of present.keys()) if (!wanted.has(id)) ids.add(id);
  return ids;
}
