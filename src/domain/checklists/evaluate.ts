import { auditCatalogs, findingText } from '../catalogs/audit.ts';
import { catalogOf, productsIn, type SkuContents } from '../catalogs/contents.ts';
import type { Product, Products } from '../catalogs/product.ts';
import { instantIn, type Resource, targetOf } from '../document/resources.ts';
import { launchConflicts } from '../launches/conflicts.ts';
import { offersIn } from '../launches/launch-items.ts';
import { launchInterval } from '../launches/launch-times.ts';
import type { DocumentIndex } from '../state/document-index.ts';
import { formatInstant } from '../time/format-time.ts';
import { CHECKS, type CheckName } from './checks.ts';
import type { CheckResult, CheckResults } from './item-state.ts';
import { checkDelivery, checkLimits, checkPaymentMethods, checkPrices, checkReturns } from './market-checks.ts';

/** What checks look at. */
export interface Evaluating {
  readonly index: DocumentIndex;
  readonly contents: SkuContents;
  readonly launch: Resource<'launches'>;
  /** Epoch milliseconds. */
  readonly now: number;
}

/** Everything that the platform proves of a launch, each check with why it holds or all that is missing. */
export function evaluateChecks(evaluating: Evaluating): CheckResults {
  return Object.fromEntries(CHECKS.map((check) => [check, resultOf(check, evaluating)])) as CheckResults;
}

function resultOf(check: CheckName, evaluating: Evaluating): CheckResult {
  const { index, launch } = evaluating;
  switch (check) {
    case 'policy':
      return policy(evaluating);
    case 'prices':
      return checkPrices(launch);
    case 'locales':
      return locales(evaluating);
    case 'certifications':
      return certifications(evaluating);
    case 'allocations':
      return allocations(evaluating);
    case 'limits':
      return checkLimits(launch);
    case 'sites':
      return conflicts(evaluating, ['site', 'no-site'], 'a site of every market sells from start to end');
    case 'schedule':
      return conflicts(
        evaluating,
        ['freeze-window', 'launch', 'exception'],
        'no freeze window, no exception and no other launch stands in the way',
      );
    case 'payment-methods':
      return checkPaymentMethods(index.documents, launch);
    case 'delivery':
      return checkDelivery(index.documents, launch);
    case 'returns':
      return checkReturns(index.documents, launch);
  }
}

function policy({ index, contents, launch, now }: Evaluating): CheckResult {
  const { documents } = index;
  const catalogs = launch.spec.markets.flatMap((market) => catalogOf(documents, market)?.id ?? []);
  // Only this launch's items: what else its catalogs list is the audit's business, and may be a million listings.
  const alone = { ...documents, launches: new Map([[launch.id, launch]]) };
  const nothing: SkuContents = { productsOf: (content) => contents.productsOf(content), listingsOf: () => [] };
  const why = [...auditCatalogs(alone, nothing, now)]
    .filter(({ target }) => target === targetOf(launch))
    .map(findingText);
  if (why.length > 0) return { holds: false, why };
  return { holds: true, why: [`${Object.keys(launch.spec.items).length} items held against ${catalogs.join(', ')}`] };
}

/** The items with their products; what is no product is the policy's finding. */
function itemsOf({ index, contents, launch }: Evaluating): readonly Product[] {
  const products: Products = productsIn(index.documents, contents);
  return Object.keys(launch.spec.items).flatMap((sku) => products.get(sku) ?? []);
}

function locales(evaluating: Evaluating): CheckResult {
  const { index, launch } = evaluating;
  const items = itemsOf(evaluating);
  const why = launch.spec.markets.flatMap((market) => {
    const wanted = index.documents.markets.get(market)?.spec.locales ?? [];
    return items.flatMap(({ sku, locales: complete = [] }) => {
      const missing = wanted.filter((locale) => !complete.includes(locale));
      return missing.length === 0
        ? []
        : [`${market}: the texts of \`${sku}\` are not complete in ${missing.join(', ')}`];
    });
  });
  return why.length > 0 ? { holds: false, why } : { holds: true, why: ['texts are complete in every locale'] };
}

function certifications({ index, launch }: Evaluating): CheckResult {
  const all = [...index.documents.certifications.values()];
  const why = launch.spec.markets.flatMap((market) => {
    const { from, until } = launchInterval(launch, market);
    // An open end is no reason to ask for a certificate that never ends; it has to hold at the start.
    const needed = Number.isFinite(until) ? until : from;
    return Object.keys(launch.spec.items).flatMap((sku) => {
      const own = all.filter(({ spec }) => spec.markets.includes(market) && spec.skus.includes(sku));
      if (own.length === 0) return [`${market}: \`${sku}\` has no certification`];
      const ends = own.map((one) => instantIn(one.times, 'until', market) ?? Number.POSITIVE_INFINITY);
      const last = Math.max(...ends);
      return last >= needed ? [] : [`${market}: the certification of \`${sku}\` ends at ${formatInstant(last)}`];
    });
  });
  return why.length > 0 ? { holds: false, why } : { holds: true, why: ['every item is certified in every market'] };
}

function allocations(evaluating: Evaluating): CheckResult {
  const { launch } = evaluating;
  const stock = new Map(itemsOf(evaluating).map((product) => [product.sku, product.stock ?? {}]));
  const looks = launch.spec.markets.flatMap((market) =>
    offersIn(launch.spec, market).map(({ sku, allocation }) => {
      const units = stock.get(sku)?.[market];
      if (allocation === null) return { missing: `${market}: \`${sku}\` has no allocation` };
      if (units === undefined) return { missing: `${market}: the stock of \`${sku}\` is not known` };
      return allocation <= units
        ? { found: `${market}: ${allocation} of ${units} \`${sku}\`` }
        : { missing: `${market}: ${allocation} of \`${sku}\` are allocated, and ${units} are in stock` };
    }),
  );
  const why = looks.flatMap((look) => ('missing' in look ? [look.missing] : []));
  if (why.length > 0) return { holds: false, why };
  return { holds: true, why: looks.flatMap((look) => ('found' in look ? [look.found] : [])) };
}

function conflicts({ index, launch }: Evaluating, kinds: readonly string[], fine: string): CheckResult {
  const why = launchConflicts(index, launch)
    .filter(({ kind }) => kinds.includes(kind))
    .map(({ message }) => message);
  return why.length > 0 ? { holds: false, why } : { holds: true, why: [fine] };
}
