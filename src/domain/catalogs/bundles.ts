import { MOST_DEPTH } from './policy.ts';
import type { Product, Products } from './product.ts';

/** A bundle that cannot be packed: it contains itself, or it is nested deeper than {@link MOST_DEPTH}. */
export interface BundleFault {
  readonly sku: string;
  readonly kind: 'cycle' | 'too-deep';
  /** For a cycle, the way from the bundle back to itself; else the bundle alone. */
  readonly path: readonly string[];
}

/** A bundle whose components are being looked at. */
interface Open {
  readonly sku: string;
  readonly components: readonly string[];
  next: number;
  height: number;
  /** Whether it is part of a circle that was told. */
  circular: boolean;
}

/**
 * The bundles that cannot be packed, in the order of the products. Of a cycle the bundle at which it was entered is
 * told, and of what is nested too deeply the lowest that is. Every product is looked at once, without recursion.
 */
export function* bundleFaults(products: Products): Generator<BundleFault> {
  const heights = new Map<string, number>();
  for (const product of products.all()) {
    if (product.components === undefined || heights.has(product.sku)) continue;
    yield* faultsUnder(product, products, heights);
  }
}

function* faultsUnder(top: Product, products: Products, heights: Map<string, number>): Generator<BundleFault> {
  const way: Open[] = [opened(top)];
  const onWay = new Map<string, number>([[top.sku, 0]]);
  for (let open = way.at(-1); open !== undefined; open = way.at(-1)) {
    const sku = open.components[open.next];
    if (sku === undefined) {
      way.pop();
      onWay.delete(open.sku);
      if (open.height > MOST_DEPTH && !open.circular) yield { sku: open.sku, kind: 'too-deep', path: [open.sku] };
      // What is above a bundle that is told is not told once more.
      settle(open, heights, way.at(-1));
      continue;
    }
    open.next += 1;
    const entered = onWay.get(sku);
    const known = heights.get(sku);
    if (entered !== undefined) {
      const circle = way.slice(entered);
      for (const one of circle) one.circular = true;
      yield { sku, kind: 'cycle', path: [...circle.map((one) => one.sku), sku] };
    } else if (known !== undefined) {
      open.height = Math.max(open.height, known + 1);
    } else {
      const component = products.get(sku);
      if (component?.components === undefined) {
        heights.set(sku, 1);
        open.height = Math.max(open.height, 2);
      } else {
        onWay.set(sku, way.length);
        way.push(opened(component));
      }
    }
  }
}

function settle({ sku, height, circular }: Open, heights: Map<string, number>, above: Open | undefined): void {
  const told = circular || height > MOST_DEPTH ? 0 : height;
  heights.set(sku, told);
  if (above !== undefined) above.height = Math.max(above.height, told + 1);
}

function opened({ sku, components = {} }: Product): Open {
  return { sku, components: Object.keys(components), next: 0, height: 1, circular: false };
}
