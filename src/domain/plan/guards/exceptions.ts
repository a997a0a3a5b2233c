import { indexDocuments } from '../../state/document-index.ts';
import { exemptionOf } from '../../state/site-segments.ts';
import { contains } from '../../time/interval.ts';
import type { GuardResult, PlanOperation } from '../plan.ts';
import { type Guarding, overrideFlag, passed } from './guard.ts';

/** Changes to what an exception protects now: the exempt site itself may not be changed by the way. */
export function guardExceptions(guarding: Guarding): readonly GuardResult[] {
  const index = indexDocuments(guarding.current);
  const results = guarding.operations.flatMap((operation): GuardResult[] => {
    const exceptions = touchedBy(operation, guarding, index);
    if (exceptions.length === 0) return [];
    return [
      {
        guard: 'exceptions',
        outcome: 'block',
        message: `${operation.verb === 'delete' ? 'deleting' : 'changing'} ${operation.target} touches what ${exceptions.map((id) => `exception ${id}`).join(' and ')} exempts`,
        targets: [operation.target],
        override: overrideFlag('exceptions'),
        details: { exceptions },
      },
    ];
  });
  return results.length === 0 ? [passed('exceptions', 'nothing that is exempt is touched')] : results;
}

function touchedBy(
  { kind, id, verb }: PlanOperation,
  { now }: Guarding,
  index: ReturnType<typeof indexDocuments>,
): readonly string[] {
  if (verb === 'create' || (kind !== 'sites' && kind !== 'rulesets')) return [];
  const site = kind === 'sites' ? id : index.documents.rulesets.get(id)?.spec.site;
  const market = index.documents.sites.get(site ?? '')?.spec.market;
  if (site === undefined || market === undefined) return [];
  return index
    .exceptionsOf(site)
    .map((exception) => exemptionOf(exception, market))
    .filter((e) => e.redirect && contains(e, now))
    .map((e) => e.exception);
}
