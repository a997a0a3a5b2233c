import { formatInstant } from '../../time/format-time.ts';
import type { GuardResult } from '../plan.ts';
import { type Guarding, overrideFlag, passed } from './guard.ts';

/** Instants that move because clocks were legislated anew, and not because anyone wrote another date. */
export function guardTzDatabase({ operations, resolver }: Guarding): readonly GuardResult[] {
  const moved = operations.filter((operation) => operation.cause === 'tz-database');
  if (moved.length === 0) return [passed('tz-database', `no instant moves under tz database ${resolver.tzdb}`)];
  return moved.map((operation) => {
    const instants = operation.changes.flatMap((change) => change.instants ?? []);
    const moves = instants.map(
      ({ market, before, after }) =>
        `${market} from ${before === null ? 'none' : formatInstant(before)} to ${after === null ? 'none' : formatInstant(after)}`,
    );
    return {
      guard: 'tz-database',
      outcome: 'block',
      message: `tz database ${resolver.tzdb} moves instants of ${operation.target}: ${moves.join(', ')}`,
      targets: [operation.target],
      override: overrideFlag('tz-database'),
    };
  });
}
