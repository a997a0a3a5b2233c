import { compileRuleset } from '../compile.ts';
import type { CompiledRuleset } from '../compiled.ts';
import { FLAG, flagsOf } from '../compiled.ts';
import { witnessesOf } from '../lint/witness.ts';
import { isFault, type RedirectRule } from '../rule.ts';
import { Search } from '../search.ts';
import { parseSource } from '../source.ts';
import { parseRequestUrl } from '../url.ts';
import { optionsOf } from './format.ts';

/** Stands for the host of a file that names none. */
const SITE = 'https://site.example/';

/**
 * Where the first rule that matches wins: for each rule, the index of an earlier one that takes the URLs it was written
 * for, and undefined where none does. A `:name` or `*` is tried with values that no rule names.
 */
export function takenByEarlier(rules: readonly RedirectRule[]): readonly (number | undefined)[] {
  const ruleset = compileForOrder(rules);
  return rules.map((_, index) => {
    if ((flagsOf(ruleset, index) & FLAG.valid) === 0) return undefined;
    const [witness] = witnessesOf(ruleset, index);
    if (witness === undefined) return undefined;
    let first = index;
    const search = new Search(ruleset, parseRequestUrl(witness), 0);
    search.each((other) => {
      if (other < first && search.eligibility(other) === 'eligible') first = other;
    });
    return first < index ? first : undefined;
  });
}

function compileForOrder(rules: readonly RedirectRule[]): CompiledRuleset {
  const options = optionsOf('netlify');
  const hosts = new Set<string>([SITE]);
  for (const rule of rules) {
    const source = parseSource(rule, options);
    if (!isFault(source) && source.hostKey !== '') hosts.add(`https://${source.hostKey}/`);
  }
  return compileRuleset({ rules, options, siteUrls: [...hosts], resolveTime: () => 0 });
}
