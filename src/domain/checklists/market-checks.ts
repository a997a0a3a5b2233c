import type { ServiceLevelSpec } from '../document/catalog-schema.ts';
import type { Documents, Resource } from '../document/resources.ts';
import { valueIn } from '../launches/launch-items.ts';
import { LIMIT_SCOPE } from '../launches/reserve.ts';
import { formatMoney, type Money, parsePrice } from '../money/money.ts';
import type { CheckResult } from './item-state.ts';

/** What a market owes its buyers, and what its items cost: checks that look at one market at a time. */

function serviceLevels({ serviceLevels: all }: Documents): ReadonlyMap<string, ServiceLevelSpec> {
  return new Map([...all.values()].map(({ spec }) => [spec.market, spec]));
}

/** One thing that is missing in each market, or what is there. */
function inEveryMarket(
  launch: Resource<'launches'>,
  look: (market: string) => { readonly missing: readonly string[]; readonly found: string },
): CheckResult {
  const looks = launch.spec.markets.map((market) => ({ market, ...look(market) }));
  const missing = looks.flatMap((one) => one.missing.map((what) => `${one.market}: ${what}`));
  if (missing.length > 0) return { holds: false, why: missing };
  return { holds: true, why: looks.map(({ market, found }) => `${market}: ${found}`) };
}

export function checkPaymentMethods(documents: Documents, launch: Resource<'launches'>): CheckResult {
  const levels = serviceLevels(documents);
  return inEveryMarket(launch, (market) => {
    const methods = levels.get(market)?.paymentMethods ?? [];
    return { missing: methods.length === 0 ? ['no payment method is named'] : [], found: methods.join(', ') };
  });
}

export function checkDelivery(documents: Documents, launch: Resource<'launches'>): CheckResult {
  const levels = serviceLevels(documents);
  return inEveryMarket(launch, (market) => {
    const level = levels.get(market);
    const missing = [
      ...(level?.delivery === undefined ? ['no delivery promise is made'] : []),
      ...(level?.duties === undefined ? ['nobody said who pays duties'] : []),
    ];
    return { missing, found: `within ${level?.delivery?.workingDays} working days, duties ${level?.duties}` };
  });
}

export function checkReturns(documents: Documents, launch: Resource<'launches'>): CheckResult {
  const levels = serviceLevels(documents);
  return inEveryMarket(launch, (market) => {
    const level = levels.get(market);
    const missing = [
      ...(level?.returns === undefined ? ['no returns window is stated'] : []),
      ...(level?.warrantyMonths === undefined ? ['no warranty is stated'] : []),
    ];
    const found = `${level?.returns?.days} days at the ${level?.returns?.atCostOf}’s cost, warranty ${level?.warrantyMonths} months`;
    return { missing, found };
  });
}

/** A price that is this many times another of the same item in the same currency is a slip of the point. */
const IMPLAUSIBLE = 3;

/**
 * Prices are complete and accepted, which the document's own checks see to; here they are held beside each other: zero,
 * or far from what the item costs elsewhere in the same currency, is worth stopping for.
 */
export function checkPrices(launch: Resource<'launches'>): CheckResult {
  const { markets, items } = launch.spec;
  const missing: string[] = [];
  const odd: string[] = [];
  const found: string[] = [];
  // One text is often the price in many markets.
  const read = new Map<string, Money>();
  const moneyOf = (text: string): Money => {
    const money = read.get(text) ?? parsePrice(text);
    read.set(text, money);
    return money;
  };
  for (const [sku, { price }] of Object.entries(items)) {
    const prices = markets.flatMap((market) => {
      const text = valueIn<string>(price, market);
      if (text === undefined) missing.push(`${market}: \`${sku}\` has no price`);
      return text === undefined ? [] : [{ market, price: moneyOf(text) }];
    });
    for (const own of Map.groupBy(prices, (one) => one.price.currency).values()) odd.push(...oddPrices(sku, own));
    for (const money of new Set(prices.map((one) => one.price))) found.push(`\`${sku}\` ${formatMoney(money)}`);
  }
  const faults = [...missing, ...odd];
  return faults.length > 0 ? { holds: false, why: faults } : { holds: true, why: found };
}

/** Prices of one item in one currency that cannot be meant. */
function oddPrices(
  sku: string,
  prices: readonly { readonly market: string; readonly price: Money }[],
): readonly string[] {
  const least = prices.reduce((low, one) => (one.price.minor < low.price.minor ? one : low));
  return prices.flatMap(({ market, price }) => {
    if (price.minor === 0) return [`${market}: \`${sku}\` costs nothing`];
    if (price.minor <= least.price.minor * IMPLAUSIBLE) return [];
    return [`${market}: \`${sku}\` costs ${formatMoney(price)}, and ${formatMoney(least.price)} in ${least.market}`];
  });
}

export function checkLimits(launch: Resource<'launches'>): CheckResult {
  const missing = launch.spec.markets.flatMap((market) =>
    Object.entries(launch.spec.items)
      .filter(([, item]) => valueIn<number>(item.limitPerBuyer, market) === undefined)
      .map(([sku]) => `${market}: \`${sku}\` has no limit per buyer`),
  );
  if (missing.length > 0) return { holds: false, why: missing };
  return { holds: true, why: [`the limit counts ${LIMIT_SCOPE}`] };
}
