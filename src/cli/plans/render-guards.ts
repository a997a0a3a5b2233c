import { escapeControls } from '../../domain/escape.ts';
import type { GuardResult } from '../../domain/plan/plan.ts';
import { hang } from '../output/hang.ts';
import type { View } from '../output/view.ts';

/** What guards say: what blocks first, then what is worth a look; those that pass share one line. */
export function renderGuards(guards: readonly GuardResult[], view: View): readonly string[] {
  const { palette, width } = view;
  const of = (outcome: GuardResult['outcome']) => guards.filter((guard) => guard.outcome === outcome);
  const blocking = [...Map.groupBy(of('block'), ({ guard, override }) => `${guard} ${override}`).values()].flatMap(
    (group) => [
      ...group.flatMap((guard) => hang(`  ${palette.bad('✗ blocks')}  `, said(guard), width, 12)),
      ...hang(' '.repeat(12), wayOut(group[0]?.override ?? null), width).map(palette.faint),
    ],
  );
  const warning = of('warn').flatMap((guard) => hang(`  ${palette.caution('! note')}    `, said(guard), width, 12));
  const passing = [...new Set(of('pass').map(({ guard }) => guard))];
  const passed = passing.length === 0 ? [] : hang(`  ${palette.good('✓ pass')}    `, passing.join(', '), width, 12);
  return [...blocking, ...warning, ...passed];
}

function wayOut(override: string | null): string {
  return override === null ? 'Mend it and plan again.' : `If it is meant: ${override} --reason TEXT`;
}

function said({ guard, message }: GuardResult): string {
  return `${guard}: ${escapeControls(message)}`;
}
