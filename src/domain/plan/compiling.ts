import type { CompiledRuleset } from '../../redirects/compile.ts';
import type { RedirectRule } from '../../redirects/rule.ts';
import type { Documents, Resource, RulesetRevision } from '../document/resources.ts';
import { compileRevision } from '../state/compile-revision.ts';
import type { TimeResolver } from '../time/time-resolver.ts';

/** The revision that a plan leaves in force. */
export function latestRevision({ spec, revisions }: Resource<'rulesets'>): RulesetRevision {
  return revisions?.at(-1) ?? { revision: 1, from: null, spec };
}

/**
 * Compiles the latest revision of each wanted ruleset once, when it is first asked for: several guards look at the same
 * rules. Of an earlier revision a plan has no rules at hand, and nothing that it says can change: null.
 */
export function compiling(
  wanted: Documents,
  rulesOf: (content: string) => readonly RedirectRule[],
  resolver: TimeResolver,
): (ruleset: string, revision: RulesetRevision) => CompiledRuleset | null {
  const made = new Map<string, CompiledRuleset>();
  return (id, { revision }) => {
    const ruleset = wanted.rulesets.get(id);
    const latest = ruleset === undefined ? null : latestRevision(ruleset);
    if (latest === null || latest.revision !== revision) return null;
    const compiled = made.get(id) ?? compileRevision(wanted, latest, rulesOf(latest.spec.rules.content), resolver);
    made.set(id, compiled);
    return compiled;
  };
}
