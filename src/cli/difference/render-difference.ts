import { escapeControls } from '../../domain/escape.ts';
import type { SaidAnswer } from '../../redirects/difference/answers.ts';
import { DEFAULT_STATUS, type RedirectRule } from '../../redirects/rule.ts';
import { counted, grouped } from '../output/counted.ts';
import type { View } from '../output/view.ts';
import { type DiffResult, differs } from './compare.ts';

/** As many of each as a person reads; all of them are in the JSON value. */
const SHOWN = 50;

/** Removed (-), added (+) and changed (~) rules, then the URLs whose answer is another. */
export function renderDifference(result: DiffResult, { palette }: View): string {
  const { before, after, options, added, removed, changed, same, answers } = result;
  const names = escapeControls(`${before.name} → ${after.name}`);
  const sums = `${grouped(added.length)} added, ${grouped(removed.length)} removed, ${grouped(changed.length)} changed, ${grouped(same)} the same`;
  return [
    `${palette.strong(names)}: ${differs(result) ? sums : `no difference (${counted(same, 'rule')})`}`,
    ...options.map((one) =>
      palette.caution(escapeControls(`~ ${one.option}: ${JSON.stringify(one.before)} → ${JSON.stringify(one.after)}`)),
    ),
    ...shown(removed, ({ rule }) => [palette.bad(`- ${ruleText(rule)}`)]),
    ...shown(added, ({ rule }) => [palette.good(`+ ${ruleText(rule)}`)]),
    ...shown(changed, (pair) => [
      palette.caution(`~ ${ruleText(pair.before.rule)}`),
      palette.caution(`  now ${targetText(pair.after.rule)}`),
    ]),
    ...(answers === null ? [] : answerLines(answers, palette)),
  ].join('\n');
}

function answerLines(
  { urls, changed, badLines }: NonNullable<DiffResult['answers']>,
  palette: View['palette'],
): readonly string[] {
  return [
    '',
    palette.strong(
      `${grouped(changed.length)} of ${counted(urls, 'URL')} ${changed.length === 1 || urls === 1 ? 'changes its' : 'change their'} answer`,
    ),
    ...shown(changed, ({ url, hits, before, after }) => [
      `${palette.id(escapeControls(url))} (${counted(hits, 'hit')})`,
      `  ${answerText(before)}`,
      `  now ${answerText(after)}`,
    ]),
    ...badLines.first.map(({ file, line, reason }) =>
      escapeControls(`Not understood: ${file}${line === null ? '' : `:${line}`}: ${reason}`),
    ),
    ...(badLines.count > badLines.first.length ? [`and ${grouped(badLines.count - badLines.first.length)} more`] : []),
  ];
}

function shown<Item>(
  items: { readonly length: number; slice(start: number, end: number): readonly Item[] },
  lines: (item: Item) => readonly string[],
): string[] {
  const more = items.length - SHOWN;
  return [...items.slice(0, SHOWN).flatMap(lines), ...(more > 0 ? [`and ${grouped(more)} more (--json has all)`] : [])];
}

const ruleText = (rule: RedirectRule): string => `${escapeControls(rule.from)} → ${targetText(rule)}`;

function targetText({ to, status = DEFAULT_STATUS, from: _, ...more }: RedirectRule): string {
  const rest = Object.entries(more).map(([key, value]) => ` ${key}=${JSON.stringify(value)}`);
  return escapeControls(`${to === undefined ? '' : `${to} `}${status}${rest.join('')}`);
}

function answerText(answer: SaidAnswer | null): string {
  if (answer === null) return 'no answer';
  const by = answer.by === 'fallback' ? ' (fallback)' : '';
  return escapeControls(`${answer.status}${answer.location === null ? '' : ` ${answer.location}`}${by}`);
}
