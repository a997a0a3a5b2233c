import type { Consented, Plan } from '../../contract/shapes.ts';
import { EXIT, Failure } from '../../domain/failure.ts';
import { deletesOf, type GuardName, type GuardResult, type PlanOperation } from '../../domain/plan/plan.ts';
import type { Ask } from '../prompts/ask.ts';
import { type ConsentFlags, consentOf, obtainConsent } from '../prompts/consent.ts';
import { shellLine } from '../prompts/shell-quote.ts';
import { consentFlagsFor } from './apply-command.ts';
import { standsInTheWay } from './render-guards.ts';
import { plainSummary } from './render-plan.ts';

export interface WriteFlags extends ConsentFlags {
  readonly 'dry-run': boolean;
  readonly reason?: string | undefined;
  readonly override?: readonly GuardName[] | undefined;
}

/** The guards that stand in the way of a plan, and that no flag lets through. */
export function blockedBy(plan: Plan, { override = [] }: Pick<WriteFlags, 'override'>): readonly GuardResult[] {
  return plan.guards.filter((guard) => standsInTheWay(guard, override));
}

/**
 * Refuses a plan that a guard blocks and no flag lets through. Guards are never talked over at a prompt: an override
 * is written down.
 *
 * @param shown whether the person has the guards in view: then they are not listed again
 * @throws Failure `guard-blocked`, exit 7, with every flag that applying would take
 */
function refuseBlocked(plan: Plan, flags: Pick<WriteFlags, 'override'>, shown: boolean): void {
  const blocked = blockedBy(plan, flags);
  if (blocked.length === 0) return;
  const listed = shown ? '' : blocked.map(({ guard, message }) => `\n  ${guard}: ${message}`).join('');
  throw new Failure({
    code: 'guard-blocked',
    exit: EXIT.blocked,
    message: `Nothing was written: ${blocked.length === 1 ? 'a guard blocks' : 'guards block'} this.${listed}`,
    remedy: remedyOf(plan, blocked),
    details: { guards: blocked, missing: consentFlagsFor(plan), confirm: plan.confirmations },
  });
}

function remedyOf(plan: Plan, blocked: readonly GuardResult[]): string {
  if (blocked.some(({ override }) => override === null)) return 'Mend what the guard names and plan again.';
  return `Mend it and plan again; or, if it is meant, add:\n${copyable(consentFlagsFor(plan))}`;
}

/** Flags under each other, each with its value, as a shell takes them when they are pasted. */
function copyable(words: readonly string[]): string {
  const lines: string[][] = [];
  for (const word of words) {
    if (word.startsWith('--')) lines.push([word]);
    else lines.at(-1)?.push(word);
  }
  return lines.map((line) => `  ${shellLine(line)}`).join(' \\\n');
}

/** Whether the flags leave anything open that a person would have to be asked. */
export function leavesOpen(plan: Plan, flags: WriteFlags): boolean {
  const { yes, allowDeletes, confirm } = consentOf(flags);
  const deletes = deletesOf(plan.operations as readonly PlanOperation[]).count;
  return !yes || (deletes > 0 && !allowDeletes) || plan.confirmations.some(({ id }) => !confirm.includes(id));
}

/**
 * What the person, or the flags, agree to: asked where somebody can be asked, else everything that is missing is
 * named at once.
 */
export async function consentTo(
  plan: Plan,
  flags: WriteFlags,
  { where, ask, shown }: { readonly where: string; readonly ask: Ask | null; readonly shown: boolean },
): Promise<Consented> {
  refuseBlocked(plan, flags, shown);
  const overrides = flags.override ?? [];
  const needsReason = overrides.length > 0 && flags.reason === undefined;
  const deletes = deletesOf(plan.operations as readonly PlanOperation[]).count;
  await obtainConsent(
    {
      summary: `${plainSummary(plan)} in ${where}.`,
      deletes,
      immediate: plan.confirmations.map(({ id, why }) => ({ id, why: `${why}.` })),
      further: needsReason ? ['--reason TEXT'] : [],
    },
    consentOf(flags),
    ask,
  );
  const reason = flags.reason ?? (needsReason && ask !== null ? await askReason(ask, overrides) : undefined);
  return {
    ...(reason === undefined ? {} : { reason }),
    allowDeletes: deletes > 0,
    confirm: [...new Set([...(flags.confirm ?? []), ...plan.confirmations.map(({ id }) => id)])],
    overrides,
  };
}

async function askReason(ask: Ask, overrides: readonly GuardName[]): Promise<string> {
  const reply = await ask({
    kind: 'text',
    message: `Why is ${overrides.join(', ')} let through? (kept in the audit trail)`,
    check: (typed) => (typed.trim() === '' ? 'An override needs a reason.' : null),
  });
  return String(reply).trim();
}
