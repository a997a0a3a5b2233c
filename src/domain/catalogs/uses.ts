import { type Documents, type Target, targetOf } from '../document/resources.ts';
import type { Products } from './product.ts';

/** What keeps a product from being removed. */
export interface ProductUse {
  /** `launches/…`, `catalogs/…`, `certifications/…`, or `products/SKU` where it is a component of another. */
  readonly by: Target;
  readonly text: string;
}

/**
 * Everything that names a product, but for listings: those are looked for catalog by catalog, where they lie. A launch
 * stays on record when it is over, and names its products then too.
 */
export function usesOf(sku: string, documents: Documents, products: Products): readonly ProductUse[] {
  const uses: ProductUse[] = [];
  for (const product of products.all()) {
    if (product.components !== undefined && Object.hasOwn(product.components, sku))
      uses.push({ by: `products/${product.sku}`, text: `\`${product.sku}\` is made of it` });
  }
  for (const launch of documents.launches.values()) {
    if (Object.hasOwn(launch.spec.items, sku))
      uses.push({ by: targetOf(launch), text: `launch \`${launch.id}\` sells it` });
  }
  for (const certification of documents.certifications.values()) {
    if (certification.spec.skus.includes(sku))
      uses.push({ by: targetOf(certification), text: `certification \`${certification.id}\` covers it` });
  }
  return uses;
}
