import type { Answers } from './answers.ts';
import { type Finding, findingRule } from './finding.ts';
import type { Start } from './start.ts';
import type { Ways } from './ways.ts';

/**
 * A rule's own way, where it ends with a 410 of another rule or of a fallback: whoever wrote the rule meant a page. Each
 * of two lists of rules may be right by itself, so only both together show it.
 */
export function goneTarget(start: Start, ways: Ways, answers: Answers): readonly Finding[] {
  const end = ways.goneEnd(start.url);
  if (end === undefined || end === start.url) return [];
  const first = answers.hop(start.url, ways.at);
  if (first?.ruleset !== start.ruleset || first.index !== start.index) return [];
  const by = answers.hop(end, ways.at);
  return [
    {
      code: 'gone-target',
      severity: 'warning',
      message: `a visitor is led to what is gone (410); lead to a page that is there, or give 410 at once: ${end}`,
      rules: [
        findingRule(start.ruleset, start.index),
        ...(by === undefined || by.index < 0 ? [] : [findingRule(by.ruleset, by.index)]),
      ],
      witness: start.url,
      ...(answers.hasWindows ? { at: ways.at } : {}),
    },
  ];
}
