import { escapeControls } from '../../../domain/escape.ts';
import { counted, grouped } from '../../output/counted.ts';
import { type FewOfEach, fewOfEach } from '../../output/few-of-each.ts';
import { hang } from '../../output/hang.ts';
import type { View } from '../../output/view.ts';
import { type FindingRuleView, type FindingView, inOrder, type LintResult, sightOf } from './finding-view.ts';
import { fixWords } from './fix-words.ts';

const SEVERITIES = ['error', 'warning', 'info'] as const;

/** Rules of one finding that are named before the rest is counted. */
const NAMED = 8;

/** What lint says, the worst first: each finding as editors and CI systems read it, then how many there are. */
export function renderFindings({ rules, findings }: LintResult, view: View): string {
  const { palette } = view;
  const counts = SEVERITIES.flatMap((severity) => {
    const count = findings.filter((finding) => finding.severity === severity).length;
    return count === 0 ? [] : [counted(count, severity === 'info' ? 'note' : severity)];
  });
  const failed = findings.some(({ severity }) => severity === 'error');
  const verdict = failed ? palette.bad('✗') : palette.good('✓');
  const found = counts.length === 0 ? 'nothing found' : counts.join(', ');
  const { shown, left } = fewOnScreen(inOrder(findings), view);
  const more = left.map(([code, count]) => `and ${grouped(count)} more of ${code}`);
  return [
    ...shown.flatMap((finding) => [...renderFinding(finding, view), '']),
    ...more.flatMap((line) => hang('', `${line} (| less shows all)`, view.width, 2)),
    ...(left.length === 0 ? [] : ['']),
    ...hang(`${verdict} `, `${counted(rules, 'rule')}: ${found}`, view.width),
  ].join('\n');
}

/** A screen has room for some of each code; a pipe or a file gets all of them. */
function fewOnScreen(findings: readonly FindingView[], { width }: View): FewOfEach<FindingView> {
  return width === null ? { shown: findings, left: [] } : fewOfEach(findings, ({ code }) => code);
}

function renderFinding(finding: FindingView, { palette, width }: View): readonly string[] {
  const { code, severity, message, rules, fix } = finding;
  const colour = { error: palette.bad, warning: palette.caution, info: palette.faint }[severity];
  const [first, ...others] = rules;
  const place = first === undefined ? '' : `${palette.strong(placeOf(first))}: `;
  const more = others.slice(0, NAMED).flatMap((rule) => hang('    with ', namedWith(rule), width, 6));
  const fixes = fix === null ? [] : fixWords(fix);
  const sight = sightOf(finding);
  return [
    // In a pipe each finding starts with one whole line, as editors and CI systems read it.
    ...hang(`${place}${colour(severity)}: `, `${escapeControls(message)} ${palette.faint(`(${code})`)}`, width, 4),
    ...(first === undefined || first.from === '' ? [] : [`    ${escapeControls(first.from)}`]),
    ...more,
    // A message counts what there is; of very many rules, JSON has the first.
    ...(others.length > NAMED ? [`    and ${grouped(others.length - NAMED)} more with --json`] : []),
    ...(sight === null ? [] : hang('    see ', escapeControls(sight), width, 6)),
    ...fixes.slice(0, NAMED).flatMap((words) => hang('    fix: ', words, width, 6)),
    ...(fixes.length > NAMED ? [`    and ${grouped(fixes.length - NAMED)} more`] : []),
  ];
}

/** A place in a document that is no rule is all there is to name. */
function namedWith(rule: FindingRuleView): string {
  return rule.from === '' ? placeOf(rule) : `${placeOf(rule)}: ${escapeControls(rule.from)}`;
}

function placeOf({ file, line, ruleset }: FindingRuleView): string {
  if (file === null) return escapeControls(ruleset ?? 'ruleset');
  return escapeControls(line === null ? file : `${file}:${line}`);
}
