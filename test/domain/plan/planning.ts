import { NO_CONTENTS } from '../../../src/domain/catalogs/contents.ts';
import { type Documents, documentsOf, type Resource } from '../../../src/domain/document/resources.ts';
import type { StoredDocument } from '../../../src/domain/document/schema.ts';
import { SECTIONS } from '../../../src/domain/document/sections.ts';
import type { Desired, DesiredEntry } from '../../../src/domain/plan/desired.ts';
import { contentsForPlan, draftPlan } from '../../../src/domain/plan/draft-plan.ts';
import { stampRevision } from '../../../src/domain/plan/operations.ts';
import type { GuardName, GuardResult, PlanDraft, PlanOperation } from '../../../src/domain/plan/plan.ts';
import type { RedirectRule } from '../../../src/redirects/rule.ts';
import {
  contentOf,
  documentsFrom,
  instant,
  POCO_RULES,
  type RulesByName,
  type Sections,
  TZDB,
} from '../state/world.ts';

/** Before anything of the POCO case happens. */
export const NOW = instant('2024-10-01T00:00:00Z');

export interface Circumstances {
  readonly now?: number;
  readonly rules?: RulesByName;
  readonly allowEmpty?: boolean;
  readonly tzdb?: string;
}

/** Documents as a platform keeps them: each entry has a version. */
export function kept(sections: Sections): Documents {
  const documents = documentsFrom(sections);
  return documentsOf(
    SECTIONS.flatMap((section) =>
      [...(documents[section] as ReadonlyMap<string, Resource>).values()].map((resource) => ({
        ...resource,
        version: 1,
        ...(section === 'rulesets'
          ? { revisions: [{ revision: 1, from: null, spec: resource.spec as Resource<'rulesets'>['spec'] }] }
          : {}),
      })),
    ),
  );
}

export function plan(current: Documents, desired: Desired, circumstances: Circumstances = {}): PlanDraft {
  const { now = NOW, rules = POCO_RULES, allowEmpty = false, tzdb = TZDB } = circumstances;
  const announced = new Set(contentsForPlan(current, desired, allowEmpty).rules);
  const byContent = new Map(Object.entries(rules).map(([name, list]) => [contentOf(name), list]));
  return draftPlan({
    current,
    desired,
    now,
    tzdb,
    allowEmpty,
    rulesOf(content): readonly RedirectRule[] {
      if (!announced.has(content)) throw new Error(`rules ${content} were not announced`);
      return byContent.get(content) ?? [];
    },
    contents: NO_CONTENTS,
  });
}

export function document(sections: Sections): Desired {
  return { kind: 'document', document: { version: 1, ...sections } satisfies StoredDocument };
}

export function entry(section: DesiredEntry['section'], id: string, spec: object | null): Desired {
  return { kind: 'entry', section, id, spec } as Desired;
}

/** What stands after a plan was carried out. */
export function applied(current: Documents, { operations }: PlanDraft, at = NOW): Documents {
  const all = new Map(
    SECTIONS.flatMap((section) => [...(current[section] as ReadonlyMap<string, Resource>).values()]).map((resource) => [
      `${resource.kind}/${resource.id}`,
      resource,
    ]),
  );
  for (const operation of operations.map((one) => stampRevision(one, at))) {
    const before = all.get(operation.target);
    if ((before?.version ?? 0) !== operation.expectedVersion) throw new Error(`stale ${operation.target}`);
    if (operation.after === null) all.delete(operation.target);
    else {
      const { kind, id, after } = operation;
      all.set(operation.target, { kind, id, version: operation.expectedVersion + 1, ...after });
    }
  }
  return documentsOf(all.values());
}

/** `verb target`, in the order of the plan. */
export function steps(draft: { readonly operations: readonly PlanOperation[] }): string[] {
  return draft.operations.map(({ verb, target }) => `${verb} ${target}`);
}

export function guardsOf(draft: PlanDraft, guard: GuardName): readonly GuardResult[] {
  return draft.guards.filter((result) => result.guard === guard);
}

/** Guards that block, by name, each once. */
export function blocking(draft: PlanDraft): string[] {
  return [...new Set(draft.guards.filter(({ outcome }) => outcome === 'block').map(({ guard }) => guard))];
}
