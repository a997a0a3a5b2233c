import type { CompiledRuleset } from '../../redirects/compile.ts';
import { type Finding, lintRules } from '../../redirects/lint/index.ts';
import type { StoredRulesetSpec } from '../document/schema.ts';
import type { DocumentIndex } from './document-index.ts';

/** Each ruleset's compiled rules with the spec they come from. */
export type CompiledById = ReadonlyMap<string, { readonly ruleset: CompiledRuleset; readonly spec: StoredRulesetSpec }>;

/**
 * Lints all rulesets together: loops and chains run across sites, and every rule is held against every exempt area.
 *
 * @param since epoch milliseconds; exceptions that have ended by then are left aside
 */
export function lintDocuments(
  index: DocumentIndex,
  compiled: CompiledById,
  since: number = Number.NEGATIVE_INFINITY,
): readonly Finding[] {
  return lintRules({
    rulesets: [...compiled].map(([id, { ruleset, spec }]) => ({
      id,
      compiled: ruleset,
      ...(spec.allowedHosts === undefined ? {} : { allowedHosts: spec.allowedHosts }),
    })),
    exceptions: index.exemptAreas(since).map(({ exception, urls }) => ({ id: exception, urls })),
  });
}
