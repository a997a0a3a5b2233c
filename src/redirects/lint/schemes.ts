import { type CompiledRuleset, flagsOf } from '../compiled.ts';
import { FLAG } from '../traits.ts';
import { type Finding, findingRule, type LintRuleset } from './finding.ts';
import { witnessesOf } from './witness.ts';

/** Whether a rule leads to its own host by `https:`: then it is meant for `http:`. */
function isUpgrade({ rules, targets }: CompiledRuleset, index: number): boolean {
  const host = /^http:\/\/[^/?#]*/i.exec(rules.at(index)?.from ?? '')?.[0].slice('http://'.length) ?? '';
  return targets.at(index)?.startsWith(`https://${host}/`) === true;
}

/**
 * A whole list of rules for `http:` alone. It says how somebody found the pages once, and hardly ever what is meant:
 * browsers ask for `https:` first, and get none of it. A list that has both, or leads to `https:`, knows what it does.
 */
export function findHttpOnly(ruleset: LintRuleset): Finding[] {
  const { compiled } = ruleset;
  let first = -1;
  for (let index = 0; index < compiled.rules.length; index++) {
    const flags = flagsOf(compiled, index);
    if (!(flags & FLAG.valid) || flags & FLAG.disabled) continue;
    if (!(flags & FLAG.http) || isUpgrade(compiled, index)) return [];
    if (first < 0) first = index;
  }
  const [url] = first < 0 ? [] : witnessesOf(compiled, first);
  if (url === undefined) return [];
  return [
    {
      code: 'http-only',
      severity: 'warning',
      message:
        'every rule is for http: alone, and visitors who ask by https: get none of them; write the sources without a scheme',
      rules: [findingRule(ruleset, first)],
      witness: url.replace(/^http:/, 'https:'),
    },
  ];
}
