import { type Finding, findingRule, type LintRuleset } from './finding.ts';

/** What compiling left out: rules that cannot be rules at all. */
export function findInvalid(ruleset: LintRuleset): Finding[] {
  return ruleset.compiled.problems.map(({ code, index, message, remedy }) => ({
    code,
    severity: 'error',
    message: remedy === undefined ? message : `${message}. ${remedy}`,
    rules: [findingRule(ruleset, index)],
  }));
}
