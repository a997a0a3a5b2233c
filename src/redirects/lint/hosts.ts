import { flagsOf } from '../compiled.ts';
import { hostPatternCovers } from '../host.ts';
import { FLAG } from '../traits.ts';
import { splitUrl, UrlError } from '../url.ts';
import { type Finding, findingRule, type LintRuleset } from './finding.ts';
import { witnessOf } from './witness.ts';

/** Targets on hosts that are not on the list; nothing where no list is given. */
export function findForeignHosts(ruleset: LintRuleset, allowedHosts: readonly string[] | undefined): Finding[] {
  if (allowedHosts === undefined) return [];
  const { compiled } = ruleset;
  const allowed = allowedHosts.map(canonicalPattern);
  const findings: Finding[] = [];
  const foreignHost = (target: string): string | undefined => {
    const host = hostOf(target);
    return host === undefined || allowed.some((pattern) => hostPatternCovers(pattern, host)) ? undefined : host;
  };
  const report = (host: string, index: number): void => {
    findings.push({
      code: 'host-not-allowed',
      severity: 'error',
      message: `the target's host "${host}" is not among the allowed ones (${allowedHosts.join(', ')})`,
      rules: [findingRule(ruleset, index)],
      ...(index < 0 ? {} : witnessOf(compiled, index)),
    });
  };
  const { targets } = compiled;
  // Targets are many and their hosts few.
  const foreign = targets.origins.map(foreignHost);
  for (let index = 0; index < targets.length; index++) {
    const host = foreign[targets.originOf(index)];
    if (host !== undefined && flagsOf(compiled, index) & FLAG.valid) report(host, index);
  }
  const { fallback } = compiled.options;
  const host = fallback !== undefined && 'to' in fallback ? foreignHost(fallback.to) : undefined;
  if (host !== undefined) report(host, -1);
  return findings;
}

/** Undefined for a target on the visitor's own host. */
function hostOf(target: string): string | undefined {
  if (target === '' || target.startsWith('/')) return undefined;
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
