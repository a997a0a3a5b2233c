import { COMMON } from '../../document/resources.ts';
import { formatInstant } from '../../time/format-time.ts';
import { movedByTzDatabase } from '../field-changes.ts';
import type { GuardResult, InstantChange } from '../plan.ts';
import { type Guarding, overrideFlag, passed } from './guard.ts';

/**
 * Instants that move because clocks were legislated anew, and not because anyone wrote another date; also where the
 * entry changes in something else at the same time.
 */
export function guardTzDatabase({ operations, resolver }: Guarding): readonly GuardResult[] {
  const results = operations.flatMap(({ before, after, target }): GuardResult[] => {
    if (before === null || after === null) return [];
    const moved = movedByTzDatabase(before.times, after.times);
    if (moved.length === 0) return [];
    return [
      {
        guard: 'tz-database',
        outcome: 'block',
        message: `tz database ${resolver.tzdb} moves instants of ${target}: ${moved.map(spelled).join(', ')}`,
        targets: [target],
        override: overrideFlag('tz-database'),
      },
    ];
  });
  return results.length > 0 ? results : [passed('tz-database', `no instant moves under tz database ${resolver.tzdb}`)];
}

function spelled({ market, before, after }: InstantChange): string {
  const [from, to] = [before, after].map((at) => (at === null ? 'none' : formatInstant(at)));
  return `${market === COMMON ? '' : `${market} `}from ${from} to ${to}`;
}
