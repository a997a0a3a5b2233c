import type { Client } from '../../client/index.ts';
import { api } from '../../contract/operations/index.ts';
import type { Change, Consented, Plan } from '../../contract/shapes.ts';
import { Failure } from '../../domain/failure.ts';
import { GUARDS } from '../../domain/plan/plan.ts';
import { shellLine } from '../prompts/shell-quote.ts';
import { inWordsOfConsent } from './consent-problems.ts';
import type { WriteFlags } from './plan-consent.ts';

/** Applies a stored plan: exactly the one that was seen, on the platform that it was made on. */
export async function applyStoredPlan(client: Client, plan: Plan, consent: Consented): Promise<Change | null> {
  try {
    const { value } = await client.call(api.plans.apply, requestFor(plan, consent, false));
    return value;
  } catch (error) {
    throw inWordsOfConsent(error);
  }
}

/** The stored plan of that id. Throws Failure `not-found` (5), which knows that a file may have been meant. */
export async function storedPlanNamed(client: Client, named: string): Promise<Plan> {
  try {
    return (await client.call(api.plans.get, { params: { id: named } })).value;
  } catch (error) {
    if (!(error instanceof Failure) || error.code !== 'not-found') throw error;
    throw new Failure({
      code: error.code,
      exit: error.exit,
      message: `There is neither a file nor a plan "${named}".`,
      remedy: 'Make one with `storectl plan`. A document is applied with `storectl apply -f FILE`.',
      details: error.details,
      cause: error,
    });
  }
}

/**
 * Asks whether a stored plan could still be applied, before anybody is asked for consent: that it has not expired or been applied,
 * that nothing moved since, and that this is its platform.
 *
 * @param stored the plan, with the context that it was made in, where its file says so, and the one it is applied in
 * @throws Failure `stale-plan`, `plan-expired`, `plan-applied` (6), `other-platform`, `plan-altered` (2), …
 */
export async function checkStoredPlan(
  client: Client,
  stored: { readonly plan: Plan; readonly context: string | null; readonly here: string },
  flags: WriteFlags,
): Promise<void> {
  const { plan, context, here } = stored;
  // Consent is another question; this one is whether there is anything left to consent to.
  const consent: Consented = {
    reason: flags.reason ?? 'whether it could be applied',
    allowDeletes: true,
    confirm: [...(flags.confirm ?? []), ...plan.confirmations.map(({ id }) => id)],
    overrides: [...GUARDS],
  };
  try {
    await client.call(api.plans.apply, requestFor(plan, consent, true));
  } catch (error) {
    throw error instanceof Failure && error.code === 'other-platform'
      ? elsewhere(error, context, here)
      : inWordsOfConsent(error);
  }
}

/** A plan file says in which context it was made, and so where to go with it; unless that name means another platform here. */
function elsewhere(failure: Failure, context: string | null, here: string): Failure {
  if (context === null) return failure;
  const { code, exit, message, details } = failure;
  const remedy =
    context === here
      ? `It was planned in a context of the same name, ${context}, which is another platform here: on another machine, in another STORECTL_HOME, or set up anew since. Plan again here, or apply it there.`
      : `It was planned in the context ${context}: add ${shellLine(['--context', context])}, or plan again in this one.`;
  return new Failure({ code, exit, message, remedy, details, cause: failure });
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
