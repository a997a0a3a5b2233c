import { auditCatalogs, findingText } from '../catalogs/audit.ts';
import { catalogOf, productsIn, type SkuContents } from '../catalogs/contents.ts';
import type { Product, Products } from '../catalogs/product.ts';
import { type Documents, instantIn, type Resource, targetOf } from '../document/resources.ts';
import { type LaunchConflict, launchConflicts } from '../launches/conflicts.ts';
import { launchInterval } from '../launches/launch-times.ts';
import type { DocumentIndex } from '../state/document-index.ts';
import { formatInstant } from '../time/format-time.ts';
import { checkAllocations, launchesBeside } from './allocations.ts';
import { CHECKS, type CheckName } from './checks.ts';
import type { CheckResult, CheckResults } from './item-state.ts';
import { checkDelivery, checkLimits, checkPaymentMethods, checkPrices, checkReturns } from './market-checks.ts';

/** What checks look at. Of products, those of {@link skusToLoad} and all that they are made of are enough. */
export interface Evaluating {
  readonly index: DocumentIndex;
  readonly contents: SkuContents;
  readonly launch: Resource<'launches'>;
  /** Epoch milliseconds. */
  readonly now: number;
}

/**
 * What the platform proves of a launch, each check with why it holds or all that is missing.
 *
 * @param wanted the checks to make; all where it is left out
 */
export function evaluateChecks(evaluating: Evaluating, wanted: Iterable<CheckName> = CHECKS): CheckResults {
  let found: readonly LaunchConflict[] | null = null;
  const conflictsOf: ConflictsOf = () => {
    found ??= launchConflicts(evaluating.index, evaluating.launch);
    return found;
  };
  return new Map([...wanted].map((check) => [check, resultOf(check, evaluating, conflictsOf)]));
}

/** What stands in the way of the launch: found once for the checks that ask for it. */
type ConflictsOf = () => readonly LaunchConflict[];

function resultOf(check: CheckName, evaluating: Evaluating, conflictsOf: ConflictsOf): CheckResult {
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
      return checkAllocations(
        launch,
        index.documents,
        productsIn(index.documents, evaluating.contents),
        evaluating.now,
      );
    case 'limits':
      return checkLimits(launch);
    case 'sites':
      return conflicts(conflictsOf, ['site', 'no-site'], 'a site of every market sells from start to end');
    case 'schedule':
      return conflicts(
        conflictsOf,
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
  const items = Object.keys(launch.spec.items).length;
  return { holds: true, why: [`${items} ${items === 1 ? 'item' : 'items'} held against ${catalogs.join(', ')}`] };
}

/** The items with their products; what is no product is the policy's finding. */
function itemsOf({ index, contents, launch }: Evaluating): readonly Product[] {
  const products: Products = productsIn(index.documents, contents);
  return Object.keys(launch.spec.items).flatMap((sku) => products.get(sku) ?? []);
}

function locales(evaluating: Evaluating): CheckResult {
  const { index, launch } = evaluating;
  const items = itemsOf(evaluating).map(({ sku, locales: complete }) => ({ sku, complete: new Set(complete) }));
  const why = launch.spec.markets.flatMap((market) => {
    const wanted = index.documents.markets.get(market)?.spec.locales ?? [];
    return items.flatMap(({ sku, complete }) => {
      const missing = wanted.filter((locale) => !complete.has(locale));
      return missing.length === 0
        ? []
        : [`${market}: the texts of \`${sku}\` are not complete in ${missing.join(', ')}`];
    });
  });
  return why.length > 0 ? { holds: false, why } : { holds: true, why: ['texts are complete in every locale'] };
}

function certifications({ index, launch }: Evaluating): CheckResult {
  const skus = Object.keys(launch.spec.items);
  const why = launch.spec.markets.flatMap((market) => {
    const { from, until } = launchInterval(launch, market);
    // An open end is no reason to ask for a certificate that never ends; it has to hold at the start.
    const needed = Number.isFinite(until) ? until : from;
    const ends = certifiedUntil(index, market);
    return skus.flatMap((sku) => {
      const last = ends.get(sku);
      if (last === undefined) return [`${market}: \`${sku}\` has no certification`];
      return last >= needed ? [] : [`${market}: the certification of \`${sku}\` ends at ${formatInstant(last)}`];
    });
  });
  return why.length > 0 ? { holds: false, why } : { holds: true, why: ['every item is certified in every market'] };
}

/** When the last certification of each product ends in a market, in epoch milliseconds. */
function certifiedUntil({ documents }: DocumentIndex, market: string): ReadonlyMap<string, number> {
  const ends = new Map<string, number>();
  for (const { spec, times } of documents.certifications.values()) {
    if (!spec.markets.includes(market)) continue;
    const end = instantIn(times, 'until', market) ?? Number.POSITIVE_INFINITY;
    for (const sku of spec.skus) ends.set(sku, Math.max(ends.get(sku) ?? end, end));
  }
  return ends;
}

function conflicts(conflictsOf: ConflictsOf, kinds: readonly LaunchConflict['kind'][], fine: string): CheckResult {
  const why = conflictsOf()
    .filter(({ kind }) => kinds.includes(kind))
    .map(({ message }) => message);
  return why.length > 0 ? { holds: false, why } : { holds: true, why: [fine] };
}

/** The products that checks of a launch look at, besides what bundles among them are made of. */
export function skusToLoad(documents: Documents, launch: Resource<'launches'>, now: number): ReadonlySet<string> {
  const beside = launch.spec.markets.flatMap((market) => launchesBeside(documents, launch, market, now));
  return new Set([launch, ...new Set(beside)].flatMap(({ spec }) => Object.keys(spec.items)));
}
