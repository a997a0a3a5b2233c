import { type CompiledRuleset, compileSteps } from '../../redirects/compile.ts';
import type { Fallback, RuleOrigin, RulesetOptions } from '../../redirects/rule.ts';
import type { RuleList } from '../../redirects/rule-list.ts';
import { atOnce, type Steps } from '../../redirects/steps.ts';
import { type Documents, type RulesetRevision, windowField } from '../document/resources.ts';
import { FALLBACK_STATUS, RULESET_DEFAULTS } from '../document/ruleset-defaults.ts';
import type { StoredRulesetSpec } from '../document/schema.ts';
import type { TimeResolver } from '../time/time-resolver.ts';

/** The options of a ruleset with every default filled in. */
export function rulesetOptions(spec: StoredRulesetSpec): RulesetOptions {
  const fallback = fallbackOf(spec);
  return {
    query: spec.query ?? RULESET_DEFAULTS.query,
    trailingSlash: spec.trailingSlash ?? RULESET_DEFAULTS.trailingSlash,
    case: spec.case ?? RULESET_DEFAULTS.case,
    ...(fallback === undefined ? {} : { fallback }),
  };
}

function fallbackOf({ fallback }: StoredRulesetSpec): Fallback | undefined {
  if (fallback === undefined) return undefined;
  if (!('to' in fallback)) return { status: 410 };
  return { to: fallback.to, status: fallback.status ?? FALLBACK_STATUS };
}

/**
 * Compiles one revision of a ruleset for its site: windows have the instants that were kept with the
 * revision; where none were, those without a zone are read in the site's market. Rules that
 * cannot be used are in `problems`; the others answer.
 *
 * @param origins where each rule was written, by its index, where that is known
 */
export function compileRevision(
  documents: Documents,
  revision: RulesetRevision,
  rules: RuleList,
  resolver: TimeResolver,
  origins?: (index: number) => RuleOrigin | undefined,
): CompiledRuleset {
  return atOnce(compileRevisionSteps(documents, revision, rules, resolver, origins));
}

/** The same in steps. */
export function compileRevisionSteps(
  documents: Documents,
  revision: RulesetRevision,
  rules: RuleList,
  resolver: TimeResolver,
  origins?: (index: number) => RuleOrigin | undefined,
): Steps<CompiledRuleset> {
  const site = documents.sites.get(revision.spec.site);
  const zone = documents.markets.get(site?.spec.market ?? '')?.spec.timeZone ?? null;
  return compileSteps({
    rules,
    options: rulesetOptions(revision.spec),
    siteUrls: site?.spec.urls ?? [],
    resolveTime: (text) => pinnedWindow(revision, text) ?? resolver.resolve(text, zone).at,
    ...(origins === undefined ? {} : { origins }),
  });
}

/** The instant that was kept when the revision was planned; a document that no platform knows has none. */
function pinnedWindow({ times }: RulesetRevision, text: string): number | undefined {
  const field = times?.[windowField(text)];
  return field === undefined ? undefined : Object.values(field)[0]?.at;
}
