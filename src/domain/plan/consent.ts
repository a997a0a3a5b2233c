import { EXIT, Failure } from '../failure.ts';
import type { Confirmation, GuardName, GuardResult, PlanOperation } from './plan.ts';

/** What a person, or a script on their behalf, has agreed to. */
export interface Consent {
  readonly reason?: string | undefined;
  readonly allowDeletes: boolean;
  /** Ids whose effect on visitors is meant; one too many does no harm. */
  readonly confirm: readonly string[];
  readonly overrides: readonly GuardName[];
}

export interface Consenting {
  readonly operations: readonly PlanOperation[];
  readonly guards: readonly GuardResult[];
  readonly confirmations: readonly Confirmation[];
}

/**
 * Holds what a plan would do against what was agreed to. Everything that is missing is listed at once.
 *
 * @throws Failure `guard-blocked`, `deletes-not-allowed` or `confirmation-needed`, all exit 7
 */
export function checkConsent(plan: Consenting, consent: Consent): void {
  const stopped = plan.guards.filter((guard) => guard.outcome === 'block');
  const isOverridden = ({ guard, override }: GuardResult): boolean =>
    override !== null && consent.overrides.includes(guard);
  const blocked = stopped.filter((guard) => !isOverridden(guard));
  const deletes = consent.allowDeletes ? [] : plan.operations.filter((o) => o.verb === 'delete').map((o) => o.target);
  const unconfirmed = plan.confirmations.filter(({ id }) => !consent.confirm.includes(id));
  const unreasoned = (consent.reason ?? '').trim() === '' && stopped.some((guard) => guard.override !== null);
  const missing = missingFlags(blocked, deletes, unconfirmed, unreasoned);
  const details = { guards: blocked, deletes, confirm: plan.confirmations, missing };
  const meant = `if that is meant, add ${missing.join(' ')}`;
  if (blocked.length > 0) {
    const message = blocked.map((guard) => `${guard.guard}: ${guard.message}`).join('; ');
    const mendable = blocked.some((guard) => guard.override === null);
    throw blockedBy(
      'guard-blocked',
      message,
      mendable ? 'mend it and plan again' : `mend it and plan again; ${meant}`,
      details,
    );
  }
  if (deletes.length > 0) {
    throw blockedBy('deletes-not-allowed', `the plan deletes ${sample(deletes)}`, meant, details);
  }
  if (unconfirmed.length > 0) {
    const effects = unconfirmed.map(({ id, why }) => `${id}: ${why}`).join('; ');
    throw blockedBy('confirmation-needed', `visitors would notice at once: ${effects}`, meant, details);
  }
  if (unreasoned) {
    const remedy = `say why with ${REASON_FLAG}; it is kept in the audit trail`;
    throw blockedBy('guard-blocked', 'an override needs a reason', remedy, details);
  }
}

const REASON_FLAG = '--reason TEXT';

function missingFlags(
  blocked: readonly GuardResult[],
  deletes: readonly string[],
  unconfirmed: readonly Confirmation[],
  unreasoned: boolean,
): readonly string[] {
  return [
    ...new Set([
      ...blocked.flatMap(({ override }) => (override === null ? [] : [override])),
      ...(deletes.length > 0 ? ['--allow-deletes'] : []),
      ...unconfirmed.map(({ id }) => `--confirm ${id}`),
      ...(unreasoned ? [REASON_FLAG] : []),
    ]),
  ];
}

function blockedBy(code: string, message: string, remedy: string, details: unknown): Failure {
  return new Failure({ code, exit: EXIT.blocked, message, remedy, details });
}

function sample(items: readonly string[]): string {
  return items.length > 5 ? `${items.slice(0, 5).join(', ')} and ${items.length - 5} more` : items.join(', ');
}
