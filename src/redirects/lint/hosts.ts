import { FLAG, flagsOf } from '../compiled.ts';
import { hostPatternCovers } from '../host.ts';
import { splitUrl, UrlError } from '../url.ts';
import { type Finding, findingRule, type LintRuleset } from './finding.ts';
import { witnessOf } from './witness.ts';

/** Targets on hosts that are not on the list; nothing where no list is given. */
export function findForeignHosts(ruleset: LintRuleset, allowedHosts: readonly string[] | undefined): Finding[] {
  if (allowedHosts === undefined) return [];
  const { compiled } = ruleset;
  const allowed = allowedHosts.map(canonicalPattern);
  const verdicts = new Map<string, boolean>();
  const isAllowed = (host: string): boolean => {
    const verdict = verdicts.get(host) ?? allowed.some((pattern) => hostPatternCovers(pattern, host));
    verdicts.set(host, verdict);
    return verdict;
  };
  const findings: Finding[] = [];
  const check = (target: string | undefined, index: number): void => {
    if (target === undefined || target.startsWith('/')) return;
    const host = hostOf(target);
    if (isAllowed(host)) return;
    findings.push({
      code: 'host-not-allowed',
      severity: 'error',
      message: `the target's host "${host}" is not among the allowed ones (${allowedHosts.join(', ')})`,
      rules: [findingRule(ruleset, index)],
      ...(index < 0 ? {} : witnessOf(compiled, index)),
    });
  };
  compiled.targets.forEach((target, index) => {
    if (flagsOf(compiled, index) & FLAG.valid) check(target, index);
  });
  const { fallback } = compiled.options;
  if (fallback !== undefined && 'to' in fallback) check(fallback.to, -1);
  return findings;
}

function hostOf(target: string): string {
  const slash = target.indexOf('/', 8);
  const origin = /^https?:\/\/[^/?#]*/i.exec(slash < 0 ? target : target.slice(0, slash))?.[0] ?? target;
  try {
    return splitUrl(origin).host;
  } catch (error) {
    if (error instanceof UrlError) return origin;
    throw error;
  }
}

function canonicalPattern(text: string): string {
  try {
    return splitUrl(text).host;
  } catch (error) {
    if (error instanceof UrlError) return text;
    throw error;
  }
}
