import { parse } from 'tldts';
import { isFault } from '../rule.ts';
import { parseSource } from '../source.ts';
import { type Finding, findingRule, type LintRuleset } from './finding.ts';

/** Rules for every subdomain of a public suffix (publicsuffix.org): `*.co` is everybody's, not one company's. */
export function findSuffixWildcards(ruleset: LintRuleset): Finding[] {
  const { compiled } = ruleset;
  if (!compiled.hasWildcardHosts) return [];
  const suffixes = [...compiled.hosts.keys()].filter((key) => key.startsWith('*.') && isPublicSuffix(key.slice(2)));
  return suffixes.map((key) => {
    const rules = compiled.rules.flatMap((rule, index) => {
      const source = parseSource(rule, compiled.options);
      return !isFault(source) && source.hostKey === key ? [index] : [];
    });
    return {
      code: 'public-suffix-wildcard',
      severity: 'warning',
      message: `"${key}" takes in every domain under the public suffix "${key.slice(2)}"; name the company's own domain`,
      rules: rules.slice(0, 10).map((index) => findingRule(ruleset, index)),
      witness: `https://any${key.slice(1)}/`,
    };
  });
}

function isPublicSuffix(hostKey: string): boolean {
  const host = hostKey.replace(/:\d+$/, '');
  const { publicSuffix, isIcann, isPrivate } = parse(host, { allowPrivateDomains: true });
  // A name that is on no list counts as its own suffix: an internal name is no public one.
  return publicSuffix === host && (isIcann === true || isPrivate === true);
}
