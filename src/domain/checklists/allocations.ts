import type { Product, Products } from '../catalogs/product.ts';
import type { Documents, Resource } from '../document/resources.ts';
import { valueIn } from '../launches/launch-items.ts';
import { launchInterval } from '../launches/launch-times.ts';
import type { CheckResult } from './item-state.ts';

/**
 * Allocations against stock. Stock is what a market has at hand, as the organisation states it. What other launches
 * allocate of the same product there is promised too, for as long as they have not ended; what they have sold by then is
 * off the stock. Reservations are not looked at: they are units of an allocation, and that is counted whole.
 *
 * A bundle without a stock of its own is put together from its components, and counts as what it is made of.
 *
 * @param now epoch milliseconds
 */
export function checkAllocations(
  launch: Resource<'launches'>,
  documents: Documents,
  products: Products,
  now: number,
): CheckResult {
  const looks = launch.spec.markets.flatMap((market) => {
    const own = demandOf(launch, market, products);
    const others = launchesBeside(documents, launch, market, now).map((other) => ({
      id: other.id,
      demand: demandOf(other, market, products).units,
    }));
    const unbounded = own.unbounded.map((sku) => ({ missing: `${market}: \`${sku}\` has no allocation` }));
    return [...unbounded, ...[...own.units].map(([sku, units]) => look(market, sku, units, others, products))];
  });
  const why = looks.flatMap((one) => ('missing' in one ? [one.missing] : []));
  if (why.length > 0) return { holds: false, why };
  return { holds: true, why: looks.flatMap((one) => ('found' in one ? [one.found] : [])) };
}

/** Launches that promise units of a market's stock besides this one, and have not ended there. */
export function launchesBeside(
  { launches }: Documents,
  launch: Resource<'launches'>,
  market: string,
  now: number,
): readonly Resource<'launches'>[] {
  return [...launches.values()].filter(
    (other) =>
      other.id !== launch.id &&
      other.spec.cancelled === undefined &&
      other.spec.markets.includes(market) &&
      launchInterval(other, market).until > now,
  );
}

interface Demand {
  /** Units by the SKU whose stock they come from. */
  readonly units: ReadonlyMap<string, number>;
  /** Items that no allocation bounds. */
  readonly unbounded: readonly string[];
}

/** Bundles are nested no deeper than this; the policy refuses what is. */
const MOST_DEPTH = 16;

function demandOf(launch: Resource<'launches'>, market: string, products: Products): Demand {
  const units = new Map<string, number>();
  const unbounded: string[] = [];
  const add = (sku: string, count: number, depth: number): void => {
    const product = products.get(sku);
    if (product === undefined || depth > MOST_DEPTH || !isPutTogether(product, market)) {
      units.set(sku, (units.get(sku) ?? 0) + count);
      return;
    }
    for (const [component, each] of Object.entries(product.components ?? {})) add(component, count * each, depth + 1);
  };
  for (const [sku, item] of Object.entries(launch.spec.items)) {
    const allocation = valueIn<number>(item.allocation, market);
    if (allocation === undefined) unbounded.push(sku);
    else add(sku, allocation, 1);
  }
  return { units, unbounded };
}

function isPutTogether({ components, stock }: Product, market: string): boolean {
  return components !== undefined && Object.keys(components).length > 0 && stockIn(stock, market) === undefined;
}

function stockIn(stock: Product['stock'], market: string): number | undefined {
  return stock !== undefined && Object.hasOwn(stock, market) ? stock[market] : undefined;
}

function look(
  market: string,
  sku: string,
  units: number,
  others: readonly { readonly id: string; readonly demand: ReadonlyMap<string, number> }[],
  products: Products,
): { readonly missing: string } | { readonly found: string } {
  const stock = stockIn(products.get(sku)?.stock, market);
  if (stock === undefined) return { missing: `${market}: the stock of \`${sku}\` is not known` };
  const beside = others.flatMap(({ id, demand }) => {
    const count = demand.get(sku) ?? 0;
    return count === 0 ? [] : [{ id, count }];
  });
  const promised = beside.reduce((sum, { count }) => sum + count, 0);
  const also = beside.length === 0 ? '' : ` besides ${beside.map(({ id, count }) => `${count} in ${id}`).join(', ')}`;
  return units + promised <= stock
    ? { found: `${market}: ${units} of ${stock} \`${sku}\`${also}` }
    : { missing: `${market}: ${units} of \`${sku}\` are allocated${also}, and ${stock} are in stock` };
}
