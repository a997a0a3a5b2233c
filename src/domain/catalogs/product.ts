/** What is sold under one SKU. */
export interface Product {
  readonly sku: string;
  readonly title: string;
  /** Category path from the root of the taxonomy, such as `phones/cases`. */
  readonly category: string;
  /** What a bundle is made of: units by SKU, at least one of each. */
  readonly components?: Readonly<Record<string, number>> | undefined;
  /** BCP 47 tags of the locales in which its texts are complete. */
  readonly locales?: readonly string[] | undefined;
  /** Units at hand by market. */
  readonly stock?: Readonly<Record<string, number>> | undefined;
}

/** Every product by SKU. */
export interface Products {
  readonly size: number;
  get(sku: string): Product | undefined;
  /** In the order of contents. */
  all(): Iterable<Product>;
}

export function productsOf(products: Iterable<Product>): Products {
  const bySku = new Map<string, Product>();
  for (const product of products) bySku.set(product.sku, product);
  return { size: bySku.size, get: (sku) => bySku.get(sku), all: () => bySku.values() };
}

export const NO_PRODUCTS: Products = productsOf([]);
