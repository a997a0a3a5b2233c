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
  const blocked = plan.guards.filter((g) => g.outcome === 'block' && !consent.overrides.includes(g.guard));
  const overriding = plan.guards.filter((g) => g.outcome === 'block' && consent.overrides.includes(g.guard));
  const deletes = plan.operations.filter((o) => o.verb === 'delete').map((o) => o.target);
  const unconfirmed = plan.confirmations.filter(({ id }) => !consent.confirm.includes(id));
  const missing = missingFlags(blocked, consent.allowDeletes ? [] : deletes, unconfirmed);
  const details = {
    guards: blocked,
    deletes: consent.allowDeletes ? [] : deletes,
    confirm: plan.confirmations,
    missing,
  };
  const [first] = blocked;
  if (first !== undefined) {
    throw blockedBy(
      'guard-blocked',
      listing(blocked.map((g) => `${g.guard}: ${g.message}`)),
      overrideRemedy(blocked, missing),
      details,
    );
  }
  if (!consent.allowDeletes && deletes.length > 0) {
    throw blockedBy(
      'deletes-not-allowed',
      `the plan deletes ${sample(deletes)}`,
      `if that is meant, add ${missing.join(' ')}`,
      details,
    );
  }
  if (unconfirmed.length > 0) {
    const effects = listing(unconfirmed.map(({ id, why }) => `${id}: ${why}`));
    throw blockedBy(
      'confirmation-needed',
      `visitors would notice at once: ${effects}`,
      `if that is meant, add ${missing.join(' ')}`,
      details,
    );
  }
  if (overriding.length > 0 && consent.reason === undefined) {
    throw blockedBy(
      'guard-blocked',
      'an override needs a reason',
      'say why with --reason TEXT; it is kept in the audit trail',
      details,
    );
  }
}

function overrideRemedy(blocked: readonly GuardResult[], missing: readonly string[]): string {
  const fixed = blocked.filter((guard) => guard.override === null);
  if (fixed.length > 0) return 'mend what the guard names and plan again';
  return `mend it and plan again, or if it is meant, add ${missing.join(' ')} --reason TEXT`;
}

function missingFlags(
  blocked: readonly GuardResult[],
  deletes: readonly string[],
  unconfirmed: readonly Confirmation[],
): readonly string[] {
  return [
    ...new Set([
      ...blocked.flatMap(({ override }) => (override === null ? [] : [override])),
      ...(deletes.length > 0 ? ['--allow-deletes'] : []),
      ...unconfirmed.map(({ id }) => `--confirm ${id}`),
    ]),
  ];
}

function blockedBy(code: string, message: string, remedy: string, details: unknown): Failure {
  return new Failure({ code, exit: EXIT.blocked, message, remedy, details });
}

function listing(items: readonly string[]): string {
  return items.join('; ');
}

function sample(items: readonly string[]): string {
  return items.length > 5 ? `${items.slice(0, 5).join(', ')} and ${items.length - 5} more` : items.join(', ');
}
