import { EXIT, Failure } from '../failure.ts';
import {
  type Confirmation,
  type Deletes,
  deletesOf,
  type GuardName,
  type GuardResult,
  type PlanOperation,
} from './plan.ts';

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
  const deletes = consent.allowDeletes ? NO_DELETES : deletesOf(plan.operations);
  const unconfirmed = plan.confirmations.filter(({ id }) => !consent.confirm.includes(id));
  const unreasoned = (consent.reason ?? '').trim() === '' && stopped.some((guard) => guard.override !== null);
  const missing = missingFlags(blocked, deletes, unconfirmed, unreasoned);
  const details = { guards: blocked, deletes: deletes.named, confirm: plan.confirmations, missing };
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
  if (deletes.count > 0) {
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

const NO_DELETES: Deletes = { count: 0, named: [] };

const REASON_FLAG = '--reason TEXT';

function missingFlags(
  blocked: readonly GuardResult[],
  deletes: Deletes,
  unconfirmed: readonly Confirmation[],
  unreasoned: boolean,
): readonly string[] {
  return [
    ...new Set([
      ...blocked.flatMap(({ override }) => (override === null ? [] : [override])),
      ...(deletes.count > 0 ? ['--allow-deletes'] : []),
      ...unconfirmed.map(({ id }) => `--confirm ${id}`),
      ...(unreasoned ? [REASON_FLAG] : []),
    ]),
  ];
}

function blockedBy(code: string, message: string, remedy: string, details: unknown): Failure {
  return new Failure({ code, exit: EXIT.blocked, message, remedy, details });
}

function sample({ count, named }: Deletes): string {
  const shown = named.slice(0, 5);
  return count > shown.length ? `${shown.join(', ')} and ${count - shown.length} more` : shown.join(', ');
}
