import type { Plan } from '../../contract/shapes.ts';
import { deletesOf, type PlanOperation } from '../../domain/plan/plan.ts';

/** The flags with which a plan is applied and nothing is asked. The reason of an override is the caller's to write. */
export function consentFlagsFor(plan: Pick<Plan, 'guards' | 'operations' | 'confirmations'>): readonly string[] {
  const overrides = new Set(plan.guards.flatMap(({ outcome, guard }) => (outcome === 'block' ? [guard] : [])));
  return [
    '--yes',
    ...(deletesOf(plan.operations as readonly PlanOperation[]).count > 0 ? ['--allow-deletes'] : []),
    ...plan.confirmations.flatMap(({ id }) => ['--confirm', id]),
    ...[...overrides].flatMap((guard) => ['--override', guard]),
    ...(overrides.size > 0 ? ['--reason', 'why it is meant'] : []),
  ];
}

/** The command line that applies a plan, word by word. */
export function applyCommand(plan: Plan, source: string, context: string | null): readonly string[] {
  return ['storectl', 'apply', source, ...(context === null ? [] : ['--context', context]), ...consentFlagsFor(plan)];
}
