import type { LaunchSpec } from '../../document/launch-schema.ts';
import type { UnitsTaken } from '../../launches/stock.ts';
import { loweredAllocations, loweredText } from '../lowered-allocations.ts';
import type { GuardResult, PlanOperation } from '../plan.ts';
import { type Guarding, passed } from './guard.ts';

/**
 * Nothing is allocated that is sold already: an allocation below what is taken would be oversold from its first moment,
 * and no flag lets that through. A launch that goes away under what was sold of it is a decision that people make; they
 * are told whom it concerns.
 */
export function guardAllocations({ operations, taken }: Guarding): readonly GuardResult[] {
  const touched = operations.filter(({ kind, before }) => kind === 'launches' && before !== null);
  if (touched.length === 0) return [];
  const lowered = loweredAllocations(touched, taken).map(
    (one): GuardResult => ({
      guard: 'allocations',
      outcome: 'block',
      message: `launch ${one.target.slice(one.target.indexOf('/') + 1)}: ${loweredText(one)}`,
      targets: [one.target],
      override: null,
      details: one,
    }),
  );
  const dropped = touched.flatMap((operation) => droppedUnits(operation, taken));
  const results = [...lowered, ...dropped];
  return results.length > 0
    ? results
    : [passed('allocations', 'no allocation is below what is taken, and nothing that was sold is dropped')];
}

/** Units that are taken of a launch and that it would no longer sell. */
function droppedUnits(
  { id, target, before, after }: PlanOperation,
  taken: readonly UnitsTaken[],
): readonly GuardResult[] {
  const was = before?.spec as LaunchSpec | undefined;
  const is = after?.spec as LaunchSpec | undefined;
  if (was?.cancelled !== undefined) return [];
  const gone = taken.filter(
    ({ launch, market, sku, held, confirmed }) =>
      launch === id &&
      held + confirmed > 0 &&
      (is === undefined || is.cancelled !== undefined || !is.markets.includes(market) || !Object.hasOwn(is.items, sku)),
  );
  if (gone.length === 0) return [];
  const sum = (of: 'held' | 'confirmed') => gone.reduce((units, row) => units + row[of], 0);
  const how = is === undefined ? 'removed' : is.cancelled === undefined ? 'dropped from it' : 'cancelled';
  const markets = [...new Set(gone.map(({ market }) => market))].join(', ');
  const sold = sum('confirmed') === 1 ? '1 unit is' : `${sum('confirmed')} units are`;
  const message = `launch ${id}: ${sold} sold and ${sum('held')} held in ${markets}, and would be ${how}`;
  return [{ guard: 'allocations', outcome: 'warn', message, targets: [target], override: null, details: gone }];
}
