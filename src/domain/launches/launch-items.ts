import type { LaunchItemSpec, LaunchSpec } from '../document/launch-schema.ts';
import { type Money, parsePrice } from '../money/money.ts';

/** What one item of a launch is in one market. */
export interface LaunchOffer {
  readonly sku: string;
  readonly price: Money;
  /** Units that are sold in all in this market; null where there is no bound. */
  readonly allocation: number | null;
  /** Units that one buyer gets in all, across orders and markets of the launch; null where there is no bound. */
  readonly limitPerBuyer: number | null;
}

/** A value that is written once for all markets, or market by market; undefined where this market has none. */
export function valueIn<T extends string | number>(
  value: T | Readonly<Record<string, T>> | undefined,
  market: string,
): T | undefined {
  if (typeof value !== 'object') return value;
  return Object.hasOwn(value, market) ? value[market] : undefined;
}

/** The markets that a value is written for, or null where it is one for all. */
export function marketsOf(
  value: string | number | Readonly<Record<string, string | number>> | undefined,
): readonly string[] | null {
  return value !== undefined && typeof value === 'object' ? Object.keys(value) : null;
}

/**
 * An item as it is sold in a market; null where the launch has no such item there.
 *
 * @throws Failure `invalid-money`, which a launch that was checked never has
 */
export function offerIn(launch: LaunchSpec, sku: string, market: string): LaunchOffer | null {
  if (!launch.markets.includes(market) || !Object.hasOwn(launch.items, sku)) return null;
  return offerOf(sku, launch.items[sku] as LaunchItemSpec, market);
}

function offerOf(sku: string, item: LaunchItemSpec, market: string): LaunchOffer | null {
  const price = valueIn<string>(item.price, market);
  if (price === undefined) return null;
  return {
    sku,
    price: parsePrice(price),
    allocation: valueIn<number>(item.allocation, market) ?? null,
    limitPerBuyer: valueIn<number>(item.limitPerBuyer, market) ?? null,
  };
}

/** Every item of a launch in a market, in the order in which they are written. */
export function offersIn(launch: LaunchSpec, market: string): readonly LaunchOffer[] {
  if (!launch.markets.includes(market)) return [];
  return Object.entries(launch.items).flatMap(([sku, item]) => offerOf(sku, item, market) ?? []);
}
