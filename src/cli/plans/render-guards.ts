import { escapeControls } from '../../domain/escape.ts';
import type { GuardName, GuardResult } from '../../domain/plan/plan.ts';
import { hang } from '../output/hang.ts';
import type { View } from '../output/view.ts';

export interface GuardRendering {
  /** Guards that the command line lets through, and why; they are still shown, since the trail has them. */
  readonly overridden: Overridden;
  /** Whether each guard says its way out; not where an error that follows says it for all. */
  readonly wayOut: boolean;
}

export interface Overridden {
  readonly guards: readonly GuardName[];
  readonly reason: string | undefined;
}

export const NOTHING_OVERRIDDEN: Overridden = { guards: [], reason: undefined };

/** Whether a guard stands in the way: it blocks, and nothing lets it through. */
export function standsInTheWay({ outcome, guard, override }: GuardResult, overridden: readonly GuardName[]): boolean {
  return outcome === 'block' && (override === null || !overridden.includes(guard));
}

const INDENT = 16;

/** What guards say: what blocks first, then what is let through or worth a look; those that pass share one line. */
export function renderGuards(
  guards: readonly GuardResult[],
  { overridden, wayOut }: GuardRendering,
  view: View,
): readonly string[] {
  const { palette, width } = view;
  const of = (outcome: GuardResult['outcome']) => guards.filter((guard) => guard.outcome === outcome);
  const line = (label: string, text: string) => hang(`  ${label}`, text, width, INDENT);
  const stands = of('block').filter((guard) => standsInTheWay(guard, overridden.guards));
  const through = of('block').filter((guard) => !standsInTheWay(guard, overridden.guards));
  const groups = [...Map.groupBy(stands, ({ guard, override }) => `${guard} ${override}`).values()];
  const blocking = groups.flatMap((group) => [
    ...group.flatMap((guard) => line(palette.bad('✗ blocks      '), said(guard))),
    ...(wayOut ? hang(' '.repeat(INDENT), exitOf(group[0]?.override ?? null), width).map(palette.faint) : []),
  ]);
  const letThrough = through.flatMap((guard) => line(palette.caution('! overridden  '), said(guard)));
  const why = through.length === 0 || overridden.reason === undefined ? [] : [`why: ${overridden.reason}`];
  const reason = why.flatMap((text) => hang(' '.repeat(INDENT), escapeControls(text), width).map(palette.faint));
  const warning = of('warn').flatMap((guard) => line(palette.caution('! note        '), said(guard)));
  const passing = [...new Set(of('pass').map(({ guard }) => guard))];
  const passed = passing.length === 0 ? [] : line(palette.good('✓ pass        '), passing.join(', '));
  return [...blocking, ...letThrough, ...reason, ...warning, ...passed];
}

function exitOf(override: string | null): string {
  return override === null ? 'Mend it and plan again.' : `If it is meant: ${override} --reason TEXT`;
}

function said({ guard, message }: GuardResult): string {
  return `${guard}: ${escapeControls(message)}`;
}
