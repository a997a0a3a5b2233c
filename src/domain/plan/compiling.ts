import type { CompiledRuleset } from '../../redirects/compile.ts';
import type { RuleList } from '../../redirects/rule-list.ts';
import type { Documents, Resource, RulesetRevision } from '../document/resources.ts';
import { NO_RULES } from '../document/rule-lines.ts';
import { revisionsOf } from '../document/ruleset-revisions.ts';
import { compileRevision } from '../state/compile-revision.ts';
import type { TimeResolver } from '../time/time-resolver.ts';

/** The revision that a plan leaves in force. */
export function latestRevision(ruleset: Resource<'rulesets'>): RulesetRevision {
  return revisionsOf(ruleset).at(-1) ?? { revision: 1, from: null, spec: ruleset.spec };
}

/** The latest revision, and the one that is in force until it begins. */
const RECENT = 2;

/**
 * Compiles the latest revisions of each wanted ruleset once, when they are first asked for: several guards look at the
 * same rules. Of an earlier one a plan has no rules at hand, and it answers nobody any more: null.
 */
export function compiling(
  wanted: Documents,
  rulesOf: (content: string) => RuleList,
  resolver: TimeResolver,
): (ruleset: string, revision: RulesetRevision) => CompiledRuleset | null {
  const made = new Map<string, CompiledRuleset>();
  return (id, { revision }) => {
    const ruleset = wanted.rulesets.get(id);
    const recent = ruleset === undefined ? [] : revisionsOf(ruleset).slice(-RECENT);
    const found = recent.find((one) => one.revision === revision);
    if (found === undefined) return null;
    const key = `${id} ${revision}`;
    const { content } = found.spec.rules;
    const rules = content === NO_RULES.content ? [] : rulesOf(content);
    const compiled = made.get(key) ?? compileRevision(wanted, found, rules, resolver);
    made.set(key, compiled);
    return compiled;
  };
}
