import type { ServiceLevelSpec } from '../document/catalog-schema.ts';
import type { Documents, Resource } from '../document/resources.ts';
import { offersIn } from '../launches/launch-items.ts';
import { LIMIT_SCOPE } from '../launches/reserve.ts';
import { formatMoney } from '../money/money.ts';
import type { CheckResult } from './item-state.ts';

/** What a market owes its buyers, and what its items cost: checks that look at one market at a time. */

export function serviceLevelOf(documents: Documents, market: string): ServiceLevelSpec | undefined {
  return [...documents.serviceLevels.values()].find(({ spec }) => spec.market === market)?.spec;
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
  return inEveryMarket(launch, (market) => {
    const methods = serviceLevelOf(documents, market)?.paymentMethods ?? [];
    return { missing: methods.length === 0 ? ['no payment method is named'] : [], found: methods.join(', ') };
  });
}

export function checkDelivery(documents: Documents, launch: Resource<'launches'>): CheckResult {
  return inEveryMarket(launch, (market) => {
    const level = serviceLevelOf(documents, market);
    const missing = [
      ...(level?.delivery === undefined ? ['no delivery promise is made'] : []),
      ...(level?.duties === undefined ? ['nobody said who pays duties'] : []),
    ];
    return { missing, found: `within ${level?.delivery?.workingDays} working days, duties ${level?.duties}` };
  });
}

export function checkReturns(documents: Documents, launch: Resource<'launches'>): CheckResult {
  return inEveryMarket(launch, (market) => {
    const level = serviceLevelOf(documents, market);
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
  const prices = launch.spec.markets.flatMap((market) =>
    offersIn(launch.spec, market).map(({ sku, price }) => ({ market, sku, price })),
  );
  const priced = new Set(prices.map(({ market, sku }) => `${market} ${sku}`));
  const missing = launch.spec.markets.flatMap((market) =>
    Object.keys(launch.spec.items)
      .filter((sku) => !priced.has(`${market} ${sku}`))
      .map((sku) => `${market}: \`${sku}\` has no price`),
  );
  const alike = Map.groupBy(prices, ({ sku, price }) => `${sku} ${price.currency}`);
  const odd = [...alike.values()].flatMap((own) => {
    const least = own.reduce((low, one) => (one.price.minor < low.price.minor ? one : low));
    return own.flatMap(({ market, sku, price }) => {
      if (price.minor === 0) return [`${market}: \`${sku}\` costs nothing`];
      if (price.minor <= least.price.minor * IMPLAUSIBLE) return [];
      return [`${market}: \`${sku}\` costs ${formatMoney(price)}, and ${formatMoney(least.price)} in ${least.market}`];
    });
  });
  const faults = [...missing, ...odd];
  if (faults.length > 0) return { holds: false, why: faults };
  return { holds: true, why: [...new Set(prices.map(({ sku, price }) => `\`${sku}\` ${formatMoney(price)}`))] };
}

export function checkLimits(launch: Resource<'launches'>): CheckResult {
  const missing = launch.spec.markets.flatMap((market) =>
    offersIn(launch.spec, market)
      .filter(({ limitPerBuyer }) => limitPerBuyer === null)
      .map(({ sku }) => `${market}: \`${sku}\` has no limit per buyer`),
  );
  if (missing.length > 0) return { holds: false, why: missing };
  return { holds: true, why: [`the limit counts ${LIMIT_SCOPE}`] };
}
