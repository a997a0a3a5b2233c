import type { GuardResult } from '../plan.ts';
import { guardAllocations } from './allocations.ts';
import { guardAssertions } from './assertions.ts';
import { guardCatalogPolicy } from './catalog-policy.ts';
import { guardDates } from './dates.ts';
import { guardExceptions } from './exceptions.ts';
import { guardFreezeWindows } from './freeze-windows.ts';
import type { Guarding } from './guard.ts';
import { guardLaunches } from './launches.ts';
import { guardDeletes, guardUpdates } from './mass-change.ts';
import { guardRules } from './rules.ts';
import { guardTzDatabase } from './tz-database.ts';

/** What every guard says of a plan, those that pass included: a person sees what was looked at. */
export function guardsFor(guarding: Guarding): readonly GuardResult[] {
  return [
    ...guardDates(guarding),
    ...guardDeletes(guarding),
    ...guardUpdates(guarding),
    ...guardRules(guarding),
    ...guardAssertions(guarding),
    ...guardCatalogPolicy(guarding),
    ...guardLaunches(guarding),
    ...guardAllocations(guarding),
    ...guardExceptions(guarding),
    ...guardFreezeWindows(guarding),
    ...guardTzDatabase(guarding),
  ];
}
