import { auditCatalogs, findingText } from '../../catalogs/audit.ts';
import type { Target } from '../../document/resources.ts';
import type { GuardResult } from '../plan.ts';
import { type Guarding, passed } from './guard.ts';

/** So many findings are told one by one. */
const SHOWN = 20;
/** So many of the others stand in the details: enough to mend a list by, and no second copy of it. */
const KEPT = 1_000;

/**
 * Nothing outside a market's catalog policy is listed or launched there, through bundles at any depth. No flag lets it
 * through: what has to be sold all the same takes an exception, which has an owner and a review date.
 */
export function guardCatalogPolicy({ wanted, contents, offers, now }: Guarding): readonly GuardResult[] {
  if (!offers.any) return [];
  const audit = auditCatalogs(wanted, contents, now, offers.catalogs ?? undefined);
  const found: { readonly text: string; readonly target: Target; readonly detail: unknown }[] = [];
  const rest: unknown[] = [];
  const byReason = new Map<string, number>();
  let count = 0;
  let step = audit.next();
  for (; !step.done; step = audit.next()) {
    count += 1;
    if (found.length < SHOWN) {
      found.push({ text: findingText(step.value), target: step.value.target, detail: step.value });
    } else {
      const reason = step.value.offence?.reason ?? 'no-catalog';
      byReason.set(reason, (byReason.get(reason) ?? 0) + 1);
      if (rest.length < KEPT) rest.push(step.value);
    }
  }
  const { listings, launchItems } = step.value;
  if (count === 0) {
    return [passed('catalog-policy', `${listings} listings and ${launchItems} launch items are within their policies`)];
  }
  const results = found.map(
    ({ text, target, detail }): GuardResult => ({
      guard: 'catalog-policy',
      outcome: 'block',
      message: text,
      targets: [target],
      override: null,
      details: detail,
    }),
  );
  if (count <= SHOWN) return results;
  const left = count - SHOWN;
  const listed = left > KEPT ? `--json has the first ${KEPT} of them` : '--json has them';
  const message = `${left} more are outside their market's policy; ${listed}, under the details of this guard`;
  const details = { count: left, byReason: Object.fromEntries(byReason), findings: rest };
  return [...results, { guard: 'catalog-policy', outcome: 'block', message, targets: [], override: null, details }];
}
