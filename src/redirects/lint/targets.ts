import { FLAG, flagsOf, kindOf } from '../compiled.ts';
import { type Finding, findingRule, type LintRuleset } from './finding.ts';

/** From this many pages on one target, search engines take the redirects for missing pages. */
const MASS = 100;

/** Doubts about where rules lead and how; one finding for all rules that share the doubt. */
export function findDoubtfulTargets(ruleset: LintRuleset): Finding[] {
  const { compiled } = ruleset;
  const temporary: number[] = [];
  const insecure: number[] = [];
  const sources = new Map<string, number[]>();
  compiled.targets.forEach((target, index) => {
    const flags = flagsOf(compiled, index);
    if (target === undefined || !(flags & FLAG.valid) || flags & FLAG.disabled) return;
    const status = compiled.statuses[index];
    const hasWindow = compiled.rules[index]?.window !== undefined;
    if ((status === 302 || status === 307) && !hasWindow) temporary.push(index);
    if (target.startsWith('http:')) insecure.push(index);
    if (kindOf(compiled, index) !== 'exact') return;
    const same = sources.get(target);
    if (same === undefined) sources.set(target, [index]);
    else same.push(index);
  });
  const finding = (code: string, message: string, rules: readonly number[]): Finding => ({
    code,
    severity: 'warning',
    message,
    rules: rules.map((index) => findingRule(ruleset, index)),
  });
  const findings: Finding[] = [];
  if (temporary.length > 0) {
    const message = `${counted(temporary)} with 302 or 307 and without a window: search engines keep the old URL; a move that stays is 301 or 308`;
    findings.push(finding('temporary-status', message, temporary));
  }
  if (insecure.length > 0) {
    const message = `${counted(insecure)} to an http: target: the visitor's next request is not encrypted`;
    findings.push(finding('insecure-target', message, insecure));
  }
  for (const [target, rules] of sources) {
    if (rules.length < MASS) continue;
    const message = `${rules.length} pages lead to ${target}: search engines read that as missing pages; lead each to its successor, or give 410 to what has none`;
    findings.push(finding('mass-target', message, rules));
  }
  return findings;
}

function counted(rules: readonly number[]): string {
  return rules.length === 1 ? 'a rule' : `${rules.length} rules`;
}
