import { type Documents, type Resource, targetOf } from '../../document/resources.ts';
import { type LaunchConflict, launchConflicts, sharedText } from '../../launches/conflicts.ts';
import { launchInterval } from '../../launches/launch-times.ts';
import { indexDocuments } from '../../state/document-index.ts';
import { voidedGo } from '../go-effect.ts';
import type { GuardResult } from '../plan.ts';
import { type Guarding, passed } from './guard.ts';

/** Sections whose change may put a launch in the way of something, though the launch itself stays as it is. */
const BESIDE = ['launches', 'sites', 'shutdowns', 'exceptions', 'markets', 'freezeWindows'] as const;

interface Found {
  readonly launch: Resource<'launches'>;
  readonly conflict: LaunchConflict;
  readonly blocks: boolean;
}

/** Two launches in each other's way are one thing to tell, whichever is looked at first and in however many markets. */
function lineOf({ launch: { id }, conflict }: Found): string {
  const pair = [id, conflict.with].toSorted();
  return JSON.stringify(conflict.kind === 'launch' ? pair : [id, conflict]);
}

function resultOf(found: readonly Found[], { launches }: Documents): readonly GuardResult[] {
  const first = found.find(({ blocks }) => blocks) ?? found[0];
  if (first === undefined) return [];
  const { launch, conflict, blocks } = first;
  const other = conflict.kind === 'launch' ? launches.get(conflict.with) : undefined;
  const markets = [...new Set(found.map((one) => one.conflict.market))];
  const message = (other === undefined ? null : sharedText(launch, other, markets)) ?? conflict.message;
  return [
    {
      guard: 'launches',
      outcome: blocks ? 'block' : 'warn',
      message: `launch ${launch.id}: ${message}`,
      targets: [...new Set(found.map((one) => targetOf(one.launch)))],
      override: null,
      details: other === undefined ? conflict : { ...conflict, markets },
    },
  ];
}

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
  const found = upcoming.flatMap((launch) =>
    launchConflicts(index, launch).flatMap((conflict): Found[] => {
      const isTouched = touched.has(targetOf(launch));
      // A launch that runs already did start; what is only worth a look is shown where the launch itself is planned.
      const started = launchInterval(launch, conflict.market).from <= now;
      if (!conflict.blocks && !isTouched) return [];
      return [{ launch, conflict, blocks: conflict.blocks && (isTouched || !started) }];
    }),
  );
  const results = [...Map.groupBy(found, lineOf).values()].flatMap((own) => resultOf(own, wanted));
  const voided = operations.flatMap((operation) => voidedGo(operation, current) ?? []);
  return results.length + voided.length > 0
    ? [...results, ...voided]
    : [passed('launches', `nothing stands in the way of ${upcoming.length} launches`)];
}
