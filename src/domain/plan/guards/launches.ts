import { targetOf } from '../../document/resources.ts';
import { launchConflicts } from '../../launches/conflicts.ts';
import { launchInterval } from '../../launches/launch-times.ts';
import { indexDocuments } from '../../state/document-index.ts';
import { voidedGo } from '../go-effect.ts';
import type { GuardResult } from '../plan.ts';
import { type Guarding, passed } from './guard.ts';

/** Sections whose change may put a launch in the way of something, though the launch itself stays as it is. */
const BESIDE = ['launches', 'sites', 'shutdowns', 'exceptions', 'markets', 'freezeWindows'] as const;

/**
 * No launch starts where nothing sells, and no product is in two launches at once. What moves a date under a launch is
 * blocked as the launch itself would be; no flag lets it through.
 */
export function guardLaunches({ current, wanted, operations, now }: Guarding): readonly GuardResult[] {
  if (wanted.launches.size === 0 || !operations.some(({ kind }) => BESIDE.some((own) => own === kind))) return [];
  const index = indexDocuments(wanted);
  const touched = new Set(operations.map(({ target }) => target));
  const upcoming = [...wanted.launches.values()].filter((launch) =>
    launch.spec.markets.some((market) => launchInterval(launch, market).until > now),
  );
  const results = upcoming.flatMap((launch) =>
    launchConflicts(index, launch).flatMap((conflict): GuardResult[] => {
      const target = targetOf(launch);
      // A launch that runs already did start; what is only worth a look is shown where the launch itself is planned.
      const started = launchInterval(launch, conflict.market).from <= now;
      if (!conflict.blocks && !touched.has(target)) return [];
      return [
        {
          guard: 'launches',
          outcome: conflict.blocks && !(started && !touched.has(target)) ? 'block' : 'warn',
          message: `launch ${launch.id}: ${conflict.message}`,
          targets: [target],
          override: null,
          details: conflict,
        },
      ];
    }),
  );
  const voided = operations.flatMap((operation) => voidedGo(operation, current) ?? []);
  return results.length + voided.length > 0
    ? [...results, ...voided]
    : [passed('launches', `nothing stands in the way of ${upcoming.length} launches`)];
}
