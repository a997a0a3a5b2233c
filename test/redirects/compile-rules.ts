import { compileRuleset } from '../../src/redirects/compile.ts';
import type { CompiledRuleset } from '../../src/redirects/compiled.ts';
import { type MatchResult, matchRule } from '../../src/redirects/match.ts';
import type { RedirectRule, RulesetOptions } from '../../src/redirects/rule.ts';
import { parseRequestUrl } from '../../src/redirects/url.ts';

export const OPTIONS: RulesetOptions = { query: 'preserve', trailingSlash: 'ignore', case: 'sensitive' };

/** Window texts of the tests are plain numbers of milliseconds. */
export function resolveTime(text: string): number {
  const time = Number(text);
  if (Number.isNaN(time)) throw new Error(`no time: ${text}`);
  return time;
}

export function compileRules(
  rules: readonly RedirectRule[],
  options: Partial<RulesetOptions> = {},
  siteUrls: readonly string[] = ['https://po.co/'],
): CompiledRuleset {
  return compileRuleset({
    rules,
    options: { ...OPTIONS, ...options },
    siteUrls,
    resolveTime,
    origins: (index) => ({ file: 'rules.csv', line: index + 2 }),
  });
}

export function answer(ruleset: CompiledRuleset, url: string, at = 0): MatchResult {
  return matchRule(ruleset, parseRequestUrl(url), at);
}

/** The Location of a URL, `410`, or `none`. */
export function locate(ruleset: CompiledRuleset, url: string, at = 0): string {
  const result = answer(ruleset, url, at);
  if (result.kind === 'none') return 'none';
  return result.location ?? String(result.status);
}
