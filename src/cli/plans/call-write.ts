import type { Change, Consented, Plan } from '../../contract/shapes.ts';
import { Failure, type Problem } from '../../domain/failure.ts';
import { type Confirmation, GUARDS } from '../../domain/plan/plan.ts';
import type { PlannedWrite } from './carry-out.ts';
import { inWordsOfConsent } from './consent-problems.ts';

/** Consent as a request takes it. */
export interface SentConsent {
  readonly reason?: string | undefined;
  readonly allowDeletes: boolean;
  readonly confirm: string[];
  readonly overrides: Consented['overrides'][number][];
}

/** One call of the platform that plans and writes at once. */
export interface WriteCall {
  /** Ids that are likely to be asked for; others are learnt. */
  readonly confirm: readonly string[];
  send(consent: SentConsent, dryRun: boolean): Promise<{ readonly plan: Plan; readonly change: Change | null }>;
  /** Where a person wrote what a problem of the platform is about. */
  placed(problem: Problem): Problem;
  /** Where in the state that lies which is at this pointer in the request's body. */
  pointerOf(requestPointer: string): string;
}

/**
 * A call as a planned write. It is planned by a dry run of the very call that writes, so every check of the real one is
 * made; what somebody wrote meanwhile makes the real one fail as `stale`, or be planned anew.
 */
export function callWrite(call: WriteCall): PlannedWrite {
  return {
    plan: () => inWordsOf(call, () => planned(call)),
    apply: async (_plan, consent) => {
      try {
        return (await call.send(sent(consent), false)).change;
      } catch (error) {
        throw inWordsOfConsent(error);
      }
    },
  };
}

function sent({ reason, allowDeletes, confirm, overrides }: Consented): SentConsent {
  return {
    ...(reason === undefined ? {} : { reason }),
    allowDeletes,
    confirm: [...confirm],
    overrides: [...overrides],
  };
}

/**
 * A dry run refuses what was not consented to, as the real call does. To learn what consent is about, this one consents
 * to everything, and is repeated with the ids that it is told of.
 */
async function planned(call: WriteCall): Promise<Plan> {
  const everything = (confirm: readonly string[]): SentConsent => ({
    reason: 'dry run',
    allowDeletes: true,
    confirm: [...confirm],
    overrides: [...GUARDS],
  });
  try {
    return (await call.send(everything(call.confirm), true)).plan;
  } catch (error) {
    const ids = idsToConfirm(error);
    if (ids === null) return blockedPlan(error);
    try {
      return (await call.send(everything(ids), true)).plan;
    } catch (again) {
      return blockedPlan(again);
    }
  }
}

/** The plan that a guard blocks whatever is consented to: it is shown before it is refused. Throws anything else on. */
function blockedPlan(error: unknown): Plan {
  const plan =
    error instanceof Failure && error.code === 'guard-blocked'
      ? (error.details as { readonly plan?: Plan } | undefined)?.plan
      : undefined;
  if (plan === undefined) throw error;
  return plan;
}

function idsToConfirm(error: unknown): readonly string[] | null {
  if (!(error instanceof Failure) || error.code !== 'confirmation-needed') return null;
  const { confirm } = error.details as { readonly confirm?: readonly Confirmation[] };
  return confirm?.map(({ id }) => id) ?? null;
}

/** A fault of what is written is a fault of what a person said: that is named as its place. */
async function inWordsOf<T>(call: WriteCall, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof Failure)) throw error;
    const problems = problemsOf(error, call);
    if (problems.length === 0) throw error;
    const placed = problems.map((problem) => call.placed(problem));
    const errors = placed.filter(({ severity }) => severity === 'error').length;
    throw new Failure({
      code: error.code,
      exit: error.exit,
      message: `Nothing was written: ${errors === 1 ? 'one thing is' : `${errors} things are`} wrong.`,
      details: { problems: placed },
      cause: error,
    });
  }
}

interface RequestError {
  readonly pointer?: string;
  readonly detail: string;
}

/** What is wrong with what entries say of each other, or with the form of what was sent. */
function problemsOf({ code, details }: Failure, call: WriteCall): readonly Problem[] {
  const { problems = [], errors = [] } = (details ?? {}) as {
    readonly problems?: readonly Problem[];
    readonly errors?: readonly RequestError[];
  };
  if (code === 'invalid-document') return problems;
  if (code !== 'invalid-request') return [];
  return errors.map(
    ({ pointer = '', detail }): Problem => ({
      code,
      severity: 'error',
      message: detail,
      place: { pointer: call.pointerOf(pointer) },
    }),
  );
}
