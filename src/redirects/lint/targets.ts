import { flagsOf, statusOf } from '../compiled.ts';
import { FLAG } from '../traits.ts';
import { type Finding, findingRule, type LintRuleset } from './finding.ts';
import { witnessOf } from './witness.ts';

/** What tells whether a rule is in use and leads somewhere. */
const LIVE = FLAG.valid | FLAG.disabled | FLAG.target;

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
  const { targets, rules } = compiled;
  const insecure = targets.origins.map((origin) => origin.startsWith('http:'));
  for (let index = 0; index < rules.length; index++) {
    if ((flagsOf(compiled, index) & LIVE) !== (FLAG.valid | FLAG.target)) continue;
    const status = statusOf(compiled, index);
    if ((status === 302 || status === 307) && rules.at(index)?.window?.until === undefined) {
      const lasting = status === 302 ? 301 : 308;
      doubt(
        'temporary-status',
        `${status} without an end: search engines keep the old URL; a move that stays is ${lasting}`,
        index,
      );
    }
    if (insecure[targets.originOf(index)] === true)
      doubt('insecure-target', `${targets.at(index)} is not encrypted; lead to its https: page`, index);
  }
  return findings;
}
