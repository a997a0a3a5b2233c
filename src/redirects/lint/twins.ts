import { foldCase } from '../characters.ts';
import { chainOf } from '../compiled.ts';
import { type Finding, findingRule, type LintRuleset } from './finding.ts';
import { concreteHost } from './witness.ts';

/** Exact paths of one host that differ only by case: most often one page that was written down twice. */
export function findCaseTwins(ruleset: LintRuleset): Finding[] {
  const { compiled } = ruleset;
  if (compiled.options.case === 'ignore') return [];
  const findings: Finding[] = [];
  const done = new Set<unknown>();
  for (const [key, place] of compiled.hosts) {
    if (done.has(place)) continue;
    done.add(place);
    const first = new Map<string, string>();
    for (const [path, head] of place.exact) {
      const folded = foldCase(path);
      const twin = first.get(folded);
      if (twin === undefined) {
        first.set(folded, path);
        continue;
      }
      const rules = [...chainOf(compiled, place.exact.get(twin) ?? -1), ...chainOf(compiled, head)];
      findings.push({
        code: 'case-twins',
        severity: 'warning',
        message: `"${twin}" and "${path}" differ only by case; if the old site took them for one page, set \`case: ignore\``,
        rules: rules.slice(0, 10).map((index) => findingRule(ruleset, index)),
        witness: `https://${concreteHost(key)}${path}`,
      });
    }
  }
  return findings;
}
