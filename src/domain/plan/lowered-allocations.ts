import type { LaunchSpec } from '../document/launch-schema.ts';
import type { Target } from '../document/resources.ts';
import { valueIn } from '../launches/launch-items.ts';
import type { UnitsTaken } from '../launches/stock.ts';
import type { PlanOperation } from './plan.ts';

/** An allocation that would be lower than what is held or sold of it. */
export interface LoweredAllocation {
  readonly target: Target;
  readonly market: string;
  readonly sku: string;
  /** Units that are held or sold. */
  readonly taken: number;
  readonly allocation: number;
}

/** Allocations that operations lower below what is taken. One that was too low before, and is not lowered, is none. */
export function loweredAllocations(
  operations: readonly PlanOperation[],
  taken: readonly UnitsTaken[],
): readonly LoweredAllocation[] {
  return operations.flatMap(({ kind, id, target, before, after }) => {
    if (kind !== 'launches' || before === null || after === null) return [];
    const [was, is] = [before.spec as LaunchSpec, after.spec as LaunchSpec];
    return taken
      .filter(({ launch }) => launch === id)
      .flatMap(({ market, sku, held, confirmed }): LoweredAllocation[] => {
        const units = held + confirmed;
        const allocation = allocationIn(is, sku, market);
        if (allocation === null || allocation >= units) return [];
        const earlier = allocationIn(was, sku, market);
        return earlier !== null && earlier <= allocation ? [] : [{ target, market, sku, taken: units, allocation }];
      });
  });
}

export function loweredText({ market, sku, taken, allocation }: LoweredAllocation): string {
  return `${taken} of ${sku} are taken in ${market}, ${allocation} would be its allocation`;
}

/** Null where there is no bound, or no such item there. */
function allocationIn(spec: LaunchSpec, sku: string, market: string): number | null {
  if (!spec.markets.includes(market) || !Object.hasOwn(spec.items, sku)) return null;
  return valueIn<number>(spec.items[sku]?.allocation, market) ?? null;
}
