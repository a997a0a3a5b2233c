import { chainOf, flagsOf, type PathIndex } from '../compiled.ts';
import { NONE } from '../heads.ts';
import { FLAG } from '../traits.ts';
import { answerText } from './answer-text.ts';
import { type Finding, findingRule, type LintRuleset } from './finding.ts';
import { placeWitness } from './witness.ts';

const SHOWN_RULES = 10;

/**
 * Exact paths of one host that differ only by case. With different answers it is most often one page that was written
 * down twice, and a warning; with one answer it is a list of spellings, which `case: ignore` would make shorter.
 */
export function findCaseTwins(ruleset: LintRuleset): Finding[] {
  const { compiled } = ruleset;
  if (compiled.options.case === 'ignore') return [];
  const findings: Finding[] = [];
  const twins = compiled.paths.twins();
  if (twins.length === 0) return [];
  // Hosts with one place are alike; the first stands for them all.
  const hosts = new Map<number, readonly [string, PathIndex]>();
  for (const [key, place] of compiled.hosts) if (!hosts.has(place.id)) hosts.set(place.id, [key, place]);
  for (const { place: id, first, second } of twins) {
    const [key, place] = hosts.get(id) ?? [];
    if (key === undefined || place === undefined) continue;
    const inUse = (path: string): readonly number[] =>
      chainOf(compiled, place.exact.get(path) ?? NONE).filter((rule) => !(flagsOf(compiled, rule) & FLAG.disabled));
    const [one, other] = [inUse(first), inUse(second)];
    const [rule] = other;
    if (rule === undefined || one.length === 0) continue;
    const answers = (rules: readonly number[]): string => rules.map((index) => answerText(compiled, index)).join('\n');
    const same = answers(one) === answers(other);
    findings.push({
      code: 'case-twins',
      severity: same ? 'info' : 'warning',
      message: same
        ? `"${first}" and "${second}" differ only by case; with \`case: ignore\` one of them would do`
        : `"${first}" and "${second}" differ only by case and lead to different places; if the old site took them for one page, mend one and set \`case: ignore\``,
      rules: [...one, ...other].slice(0, SHOWN_RULES).map((index) => findingRule(ruleset, index)),
      witness: placeWitness(compiled, rule, key, second),
    });
  }
  return findings;
}
