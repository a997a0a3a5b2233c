import type { Plan } from '../../contract/shapes.ts';
import { canonicalJson } from '../../domain/canonical-json.ts';
import type { Documents, RulesetRevision } from '../../domain/document/resources.ts';
import { EXIT, Failure, type Problem } from '../../domain/failure.ts';
import type { Desired } from '../../domain/plan/desired.ts';
import { contentsForPlan, draftPlan } from '../../domain/plan/draft-plan.ts';
import type { PlanDraft } from '../../domain/plan/plan.ts';
import type { RedirectRule } from '../../redirects/rule.ts';
import { sha256 } from '../digest.ts';
import type { Caller, PlatformParts, World } from '../parts.ts';
import type { InlineRules } from '../rules/inline-rules.ts';
import type { PlanRow } from '../store/rows.ts';

/** How long a plan may be applied, in milliseconds. */
export const PLAN_LIFE = 24 * 60 * 60 * 1000;

/** What a plan was made from; stored with it, so that guards can be run again when it is applied. */
export interface PlanRequest {
  readonly desired: Desired;
  readonly allowEmpty: boolean;
}

export interface PlanOrigin {
  readonly documentHash: string | null;
  readonly rollbackOf: string | null;
  /** What should be known besides what the planner says. */
  readonly warnings?: readonly string[];
}

/** Runs the planner on a state, with every rule that it needs at hand. */
export async function draftFor(
  platform: PlatformParts,
  current: Documents,
  { desired, allowEmpty }: PlanRequest,
  inline: ReadonlyMap<string, InlineRules> = new Map(),
): Promise<PlanDraft> {
  const loaded = new Map<string, readonly RedirectRule[]>();
  const missing = new Set<string>();
  for (const content of contentsForPlan(current, desired, allowEmpty)) {
    const rules =
      (inline.get(content)?.rules as readonly RedirectRule[] | undefined) ?? (await platform.rules.load(content));
    if (rules === null) missing.add(content);
    else loaded.set(content, rules);
  }
  if (missing.size > 0) throw contentMissing(desired, missing);
  return draftPlan({
    current,
    desired,
    allowEmpty,
    now: platform.now(),
    tzdb: platform.tzdb,
    rulesOf(content) {
      const rules = loaded.get(content);
      if (rules === undefined) throw new Error(`rules ${content} were not announced by contentsForPlan`);
      return rules;
    },
  });
}

/** A draft made into a plan: with its name, its maker, its end and its digest. */
export function planOf(
  platform: PlatformParts,
  caller: Caller,
  world: World,
  draft: PlanDraft,
  origin: PlanOrigin,
): Plan {
  const createdAt = platform.now();
  const plan: Omit<Plan, 'digest' | 'appliedAs'> = {
    id: platform.newId(),
    platform: platform.store.platformId,
    basis: world.head.hash,
    documentHash: origin.documentHash,
    rollbackOf: origin.rollbackOf,
    actor: caller.actor,
    createdAt,
    expiresAt: createdAt + PLAN_LIFE,
    tzdb: platform.tzdb,
    operations: draft.operations,
    guards: draft.guards,
    confirmations: draft.confirmations,
    warnings: [...(origin.warnings ?? []), ...draft.warnings],
    unchanged: draft.unchanged,
  };
  return { ...plan, appliedAs: null, digest: digestOf(plan) };
}

/** SHA-256 over everything in a plan but its digest and `appliedAs`, as canonical JSON. */
export function digestOf(plan: Omit<Plan, 'digest' | 'appliedAs'>): string {
  const { digest: _, appliedAs: __, ...rest } = plan as Plan;
  return sha256(canonicalJson(rest));
}

export function planRow(plan: Plan, request: PlanRequest): PlanRow {
  return {
    id: plan.id,
    body: JSON.stringify(plan),
    digest: plan.digest,
    desired: JSON.stringify(request),
    expiresAt: plan.expiresAt,
    appliedAs: plan.appliedAs,
  };
}

/** Something names rules that were never uploaded, or whose upload was not completed. */
function contentMissing(desired: Desired, missing: ReadonlySet<string>): Failure {
  const problems = rulesetsOf(desired)
    .filter(({ rules }) => missing.has(rules.content))
    .map(
      ({ pointer, rules }): Problem => ({
        code: 'invalid-document',
        severity: 'error',
        message: `the platform has no rules of content ${rules.content}`,
        remedy: 'upload the rules first, then name them by the content that the upload answers',
        place: { pointer },
      }),
    );
  return new Failure({
    code: 'invalid-document',
    exit: EXIT.usage,
    message: `The platform lacks the rules of ${missing.size} content${missing.size === 1 ? '' : 's'} that the rulesets name.`,
    remedy: 'Upload the rules first, then name them by the content that the upload answers.',
    details: { problems, contents: [...missing] },
  });
}

type NamedRules = { readonly pointer: string; readonly rules: RulesetRevision['spec']['rules'] };

function rulesetsOf(desired: Desired): readonly NamedRules[] {
  switch (desired.kind) {
    case 'document':
      return Object.entries(desired.document.rulesets ?? {}).map(([id, { rules }]) => ({
        pointer: `/rulesets/${id}/rules`,
        rules,
      }));
    case 'entry':
      return desired.section === 'rulesets' && desired.spec !== null
        ? [{ pointer: '/spec/rules', rules: desired.spec.rules }]
        : [];
    case 'rollback':
      return [];
  }
}
