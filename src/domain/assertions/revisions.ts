import type { CompiledRuleset } from '../../redirects/compile.ts';
import type { Resource, RulesetRevision } from '../document/resources.ts';
import { revisionsOf } from '../document/ruleset-revisions.ts';
import type { Answering } from '../state/answer.ts';
import { revisionAt } from '../state/document-index.ts';

/** A revision of a ruleset, compiled. */
export interface CompiledRevision {
  readonly ruleset: string;
  readonly compiled: CompiledRuleset;
}

/** The revisions of a ruleset that are in force at some instant from `since` on, oldest first. */
export function revisionsSince(ruleset: Resource<'rulesets'>, since: number): readonly RulesetRevision[] {
  const first = revisionAt(ruleset, since);
  const later = revisionsOf(ruleset).filter(({ from }) => from !== null && from > since);
  return [first, ...later];
}

/** Every revision that answers at some instant from `since` on; rules that are not at hand are left out. */
export function compiledSince({ index, compiled }: Answering, since: number): readonly CompiledRevision[] {
  return [...index.documents.rulesets.values()].flatMap((ruleset) =>
    revisionsSince(ruleset, since).flatMap((revision) => {
      const made = compiled(ruleset.id, revision);
      return made === null ? [] : [{ ruleset: ruleset.id, compiled: made }];
    }),
  );
}
