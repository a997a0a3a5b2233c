import { flagsOf, kindOf } from '../compiled.ts';
import { FLAG } from '../traits.ts';
import type { Answers } from './answers.ts';
import { combinationsOf } from './combinations.ts';
import type { LintInput, LintRuleset } from './finding.ts';
import { landingsOf } from './landings.ts';
import type { Start } from './start.ts';
import { unnamedUrlOf, witnessesOf } from './witness.ts';

/** What tells whether a rule is in use and leads somewhere. */
const LIVE = FLAG.valid | FLAG.disabled | FLAG.target;

/**
 * URLs from which every way through more than one rule begins: the own URLs of the rules whose targets lie on hosts
 * that rules answer for, and for rules with variable parts the values at which they lead to other rules.
 */
export function startsOf(input: LintInput, answers: Answers): readonly Start[] {
  const named = input.rulesets.flatMap((ruleset) => ownStarts(ruleset, answers));
  const templates = templatesOf(named);
  if (templates.length === 0) return named;
  return [...named, ...landingsOf(templates, input), ...combinationsOf(templates)];
}

function ownStarts(ruleset: LintRuleset, answers: Answers): Start[] {
  const { compiled } = ruleset;
  const starts: Start[] = [];
  const { targets } = compiled;
  const mayLead = targets.origins.map((origin) => origin === '' || answers.mayAnswer(origin));
  for (let index = 0; index < targets.length; index++) {
    if (mayLead[targets.originOf(index)] !== true) continue;
    if ((flagsOf(compiled, index) & LIVE) !== (FLAG.valid | FLAG.target)) continue;
    for (const url of witnessesOf(compiled, index)) starts.push({ ruleset, index, url });
  }
  const { fallback } = compiled.options;
  if (fallback !== undefined && 'to' in fallback) {
    for (const site of compiled.sites) starts.push({ ruleset, index: -1, url: unnamedUrlOf(site) });
  }
  return starts;
}

/** The rules with variable parts among the starts, each once. */
function templatesOf(starts: readonly Start[]): readonly Start[] {
  const seen = new Map<LintRuleset, Set<number>>();
  return starts.filter(({ ruleset, index }) => {
    const kind = index < 0 ? 'exact' : kindOf(ruleset.compiled, index);
    if (kind !== 'prefix' && kind !== 'pattern') return false;
    const indexes = seen.get(ruleset) ?? new Set();
    seen.set(ruleset, indexes);
    return !indexes.has(index) && indexes.add(index) !== undefined;
  });
}
