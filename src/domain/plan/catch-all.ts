import { compileRuleset } from '../../redirects/compile.ts';
import { hostKey } from '../../redirects/host.ts';
import { type MatchResult, matchRule } from '../../redirects/match.ts';
import { inexactRules } from '../../redirects/picked-rules.ts';
import type { RedirectRule } from '../../redirects/rule.ts';
import type { RuleList } from '../../redirects/rule-list.ts';
import { parseSiteUrl, type RequestUrl, type Scheme } from '../../redirects/url.ts';
import type { Documents } from '../document/resources.ts';
import type { StoredRulesetSpec } from '../document/schema.ts';
import { rulesetOptions } from '../state/compile-revision.ts';
import type { TimeResolver } from '../time/time-resolver.ts';

/** What takes a URL of a site that nobody wrote a rule for. */
export interface CatchAll {
  readonly from: string;
  readonly status: number;
  readonly location: string | null;
}

/** A path that no rule names; only what takes everything takes it. */
const UNNAMED = '/page-that-no-rule-names/1';

/**
 * The rules that take everything under a base URL of their site at an instant, in the order of those URLs and schemes;
 * null where there is none. Found by asking for a URL that nobody thought of, so every kind of rule counts.
 *
 * @param at epoch milliseconds
 */
export function catchAllsOf(
  documents: Documents,
  spec: StoredRulesetSpec,
  rules: RuleList,
  resolver: TimeResolver,
  at: number,
): readonly (CatchAll | null)[] {
  const site = documents.sites.get(spec.site);
  const siteUrls = site?.spec.urls ?? [];
  const zone = documents.markets.get(site?.spec.market ?? '')?.spec.timeZone ?? null;
  const wide = [...inexactRules(rules)];
  const compiled = compileRuleset({
    rules: wide,
    options: rulesetOptions(spec),
    siteUrls,
    resolveTime: (text) => resolver.resolve(text, zone).at,
  });
  return siteUrls
    .flatMap((text) => [probeOf(text, 'https'), probeOf(text, 'http')])
    .map((probe) => catchAllOf(matchRule(compiled, probe, at), wide));
}

function catchAllOf(match: MatchResult, rules: readonly RedirectRule[]): CatchAll | null {
  if (match.kind === 'none') return null;
  return { from: rules[match.index]?.from ?? '', status: match.status, location: match.location };
}

function probeOf(siteUrl: string, scheme: Scheme): RequestUrl {
  const { host, port, basePath } = parseSiteUrl(siteUrl);
  const named = host.replace(/^\*/, 'any');
  return { scheme, host: named, port, hostKey: hostKey(named, port), path: basePath + UNNAMED, query: '' };
}
