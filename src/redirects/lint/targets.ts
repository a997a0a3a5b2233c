import { FLAG, flagsOf } from '../compiled.ts';
import { type Finding, findingRule, type LintRuleset } from './finding.ts';
import { witnessOf } from './witness.ts';

/** Doubts about where a rule leads and how. */
export function findDoubtfulTargets(ruleset: LintRuleset): Finding[] {
  const { compiled } = ruleset;
  const findings: Finding[] = [];
  const doubt = (code: string, message: string, index: number): void => {
    findings.push({
      code,
      severity: 'warning',
      message,
      rules: [findingRule(ruleset, index)],
      ...witnessOf(compiled, index),
    });
  };
  const { statuses, targets, rules } = compiled;
  for (let index = 0; index < rules.length; index++) {
    const flags = flagsOf(compiled, index);
    const target = targets[index];
    if (target === undefined || !(flags & FLAG.valid) || flags & FLAG.disabled) continue;
    const status = statuses[index];
    if ((status === 302 || status === 307) && rules[index]?.window?.until === undefined) {
      const lasting = status === 302 ? 301 : 308;
      doubt(
        'temporary-status',
        `${status} without an end: search engines keep the old URL; a move that stays is ${lasting}`,
        index,
      );
    }
    if (target.startsWith('http:'))
      doubt('insecure-target', `${target} is not encrypted; lead to its https: page`, index);
  }
  return findings;
}
