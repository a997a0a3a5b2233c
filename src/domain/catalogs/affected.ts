import { equalValues } from '../plan/equal.ts';
import type { Product, Products } from './product.ts';

/**
 * The SKUs of which a policy, or a check, may say something else once products have changed: those that change, and the
 * bundles that they are in, at any depth. Null where they are more than `most`.
 */
export function affectedSkus(before: Products, after: Products, most: number): ReadonlySet<string> | null {
  const affected = new Set<string>();
  for (const product of after.all()) {
    if (!sameProduct(before.get(product.sku), product)) affected.add(product.sku);
    if (affected.size > most) return null;
  }
  for (const { sku } of before.all()) if (after.get(sku) === undefined) affected.add(sku);
  if (affected.size === 0) return affected;
  const bundlesOf = bundlesByComponent(after);
  // A set that grows while it is gone through is gone through to its end.
  for (const sku of affected) {
    if (affected.size > most) return null;
    for (const bundle of bundlesOf.get(sku) ?? []) affected.add(bundle);
  }
  return affected;
}

function sameProduct(before: Product | undefined, after: Product): boolean {
  return before !== undefined && equalValues(before, after);
}

function bundlesByComponent(products: Products): ReadonlyMap<string, readonly string[]> {
  const bundles = new Map<string, string[]>();
  for (const { sku, components } of products.all()) {
    for (const component of Object.keys(components ?? {})) {
      const known = bundles.get(component);
      if (known === undefined) bundles.set(component, [sku]);
      else known.push(sku);
    }
  }
  return bundles;
}
