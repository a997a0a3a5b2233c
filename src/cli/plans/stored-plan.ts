import type { Client } from '../../client/index.ts';
import { api } from '../../contract/operations/index.ts';
import type { Change, Consented, Plan } from '../../contract/shapes.ts';
import { GUARDS } from '../../domain/plan/plan.ts';
import type { WriteFlags } from './plan-consent.ts';

/** Applies a stored plan: exactly the one that was seen, on the platform that it was made on. */
export async function applyStoredPlan(client: Client, plan: Plan, consent: Consented): Promise<Change | null> {
  const { value } = await client.call(api.plans.apply, requestFor(plan, consent, false));
  return value;
}

/**
 * Asks whether a stored plan could still be applied, before anybody is asked for consent: that it has not expired or been applied,
 * that nothing moved since, and that this is its platform.
 *
 * @throws Failure `stale-plan`, `plan-expired`, `plan-applied` (6), `other-platform`, `plan-altered` (2), …
 */
export async function checkStoredPlan(client: Client, plan: Plan, flags: WriteFlags): Promise<void> {
  // Consent is another question; this one is whether there is anything left to consent to.
  const consent: Consented = {
    reason: flags.reason ?? 'whether it could be applied',
    allowDeletes: true,
    confirm: [...(flags.confirm ?? []), ...plan.confirmations.map(({ id }) => id)],
    overrides: [...GUARDS],
  };
  await client.call(api.plans.apply, requestFor(plan, consent, true));
}

function requestFor(plan: Plan, { reason, allowDeletes, confirm, overrides }: Consented, dryRun: boolean) {
  const consent = {
    allowDeletes,
    confirm: [...confirm],
    overrides: [...overrides],
    ...(reason === undefined ? {} : { reason }),
  };
  return {
    params: { id: plan.id },
    query: { dryRun },
    body: { digest: plan.digest, platform: plan.platform, consent },
  };
}
