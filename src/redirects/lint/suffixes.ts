import { parse } from 'tldts';
import { flagsOf } from '../compiled.ts';
import { isFault } from '../rule.ts';
import { parseSource } from '../source.ts';
import { FLAG } from '../traits.ts';
import { type Finding, findingRule, type LintRuleset } from './finding.ts';
import { witnessesOf } from './witness.ts';

const SHOWN_RULES = 10;

/** Rules for every subdomain of a public suffix (publicsuffix.org): `*.co` is everybody's, not one company's. */
export function findSuffixWildcards(ruleset: LintRuleset): Finding[] {
  const { compiled } = ruleset;
  if (!compiled.hasWildcardHosts) return [];
  const suffixes = [...compiled.hosts.keys()].filter((key) => key.startsWith('*.') && isPublicSuffix(key.slice(2)));
  return suffixes.flatMap((key) => {
    const rules = rulesFor(ruleset, key);
    const [first] = rules;
    if (first === undefined) return [];
    const witness = witnessesOf(compiled, first, [], key)[0];
    return [
      {
        code: 'public-suffix-wildcard',
        severity: 'warning',
        message: `"${key}" takes in every domain under the public suffix "${key.slice(2)}"; name the company's own domain`,
        rules: rules.slice(0, SHOWN_RULES).map((index) => findingRule(ruleset, index)),
        ...(witness === undefined ? {} : { witness }),
      },
    ];
  });
}

/** The rules that name the wildcard, and those for every host of a site that does. */
function rulesFor({ compiled }: LintRuleset, key: string): readonly number[] {
  const ofSite = compiled.sites.some((site) => site.hostKey === key);
  return [...compiled.rules].flatMap((rule, index) => {
    if ((flagsOf(compiled, index) & (FLAG.valid | FLAG.disabled)) !== FLAG.valid) return [];
    const source = parseSource(rule, compiled.options);
    return !isFault(source) && (source.hostKey === key || (ofSite && source.hostKey === '')) ? [index] : [];
  });
}

function isPublicSuffix(hostKey: string): boolean {
  const host = hostKey.replace(/:\d+$/, '');
  const { publicSuffix, isIcann, isPrivate } = parse(host, { allowPrivateDomains: true });
  // A name that is on no list counts as its own suffix: an internal name is no public one.
  return publicSuffix === host && (isIcann === true || isPrivate === true);
}
