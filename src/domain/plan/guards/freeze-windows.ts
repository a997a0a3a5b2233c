import type { SignoffSpec } from '../../document/launch-schema.ts';
import { COMMON, targetOf } from '../../document/resources.ts';
import { formatInstant } from '../../time/format-time.ts';
import type { GuardResult, PlanOperation } from '../plan.ts';
import { type Guarding, overrideFlag, passed } from './guard.ts';

/**
 * While a freeze window of the organisation is open, nothing is changed. Signatures go on, and so does taking a go back:
 * they prepare, or stop, and a stop must not wait.
 */
export function guardFreezeWindows({
  current,
  operations,
  now,
}: Pick<Guarding, 'current' | 'operations' | 'now'>): readonly GuardResult[] {
  if (!operations.some(changesSomething)) return [passed('freeze-window', 'nothing changes')];
  const open = [...current.freezeWindows.values()].filter((window) => {
    const from = window.times['from']?.[COMMON]?.at;
    const until = window.times['until']?.[COMMON]?.at;
    return from !== undefined && until !== undefined && from <= now && now < until;
  });
  if (open.length === 0) return [passed('freeze-window', 'no freeze window is open')];
  return open.map((window) => ({
    guard: 'freeze-window',
    outcome: 'block',
    message: `freeze window ${window.id} is open until ${formatInstant(window.times['until']?.[COMMON]?.at ?? now)}: ${window.spec.reason}`,
    targets: [targetOf(window)],
    override: overrideFlag('freeze-window'),
  }));
}

function changesSomething({ kind, before, after }: PlanOperation): boolean {
  if (kind !== 'signoffs') return true;
  const [was, is] = [before?.spec, after?.spec] as readonly (SignoffSpec | undefined)[];
  return is?.go !== undefined && is.go.at !== was?.go?.at;
}
