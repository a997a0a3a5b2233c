import { escapeControls } from '../../domain/escape.ts';
import type { SaidAnswer } from '../../redirects/difference/answers.ts';
import { DEFAULT_STATUS, type RedirectRule } from '../../redirects/rule.ts';
import { counted, grouped } from '../output/counted.ts';
import { hang } from '../output/hang.ts';
import type { View } from '../output/view.ts';
import { type DiffResult, differs } from './compare.ts';

/** As many of each as a person reads; all of them are in the JSON value. */
const SHOWN = 50;

/** Removed (-), added (+) and changed (~) rules, then the URLs whose answer is another. */
export function renderDifference(result: DiffResult, view: View): string {
  const { palette, width } = view;
  const { before, after, options, added, removed, changed, same, answers } = result;
  const names = escapeControls(`${before.name} → ${after.name}`);
  const sums = `${grouped(added.length)} added, ${grouped(removed.length)} removed, ${grouped(changed.length)} changed, ${grouped(same)} the same`;
  return [
    ...hang(
      '',
      `${palette.strong(names)}: ${differs(result) ? sums : `no difference (${counted(same, 'rule')})`}`,
      width,
      2,
    ),
    ...options.flatMap(({ option, before: was, after: is }) =>
      hang('~ ', escapeControls(`${option}: ${JSON.stringify(was)} → ${JSON.stringify(is)}`), width).map(
        palette.caution,
      ),
    ),
    ...shown(removed, ({ rule }) => hang('- ', ruleText(rule), width).map(palette.bad)),
    ...shown(added, ({ rule }) => hang('+ ', ruleText(rule), width).map(palette.good)),
    ...shown(changed, (pair) =>
      [...hang('~ ', ruleText(pair.before.rule), width), ...hang('  now ', targetText(pair.after.rule), width, 4)].map(
        palette.caution,
      ),
    ),
    ...(answers === null ? [] : answerLines(answers, view)),
  ].join('\n');
}

function answerLines(
  { urls, changed, badLines }: NonNullable<DiffResult['answers']>,
  { palette, width }: View,
): readonly string[] {
  const verb = changed.length === 1 || urls === 1 ? 'changes its' : 'change their';
  const sum = `${grouped(changed.length)} of ${counted(urls, 'URL')} ${verb} answer`;
  return [
    '',
    ...hang('', sum, width).map(palette.strong),
    ...shown(changed, ({ url, hits, before, after }) => [
      ...hang('', `${palette.id(escapeControls(url))} (${counted(hits, 'hit')})`, width, 4),
      ...hang('  ', answerText(before), width, 4),
      ...hang('  now ', answerText(after), width, 4),
    ]),
    ...badLines.first.flatMap(({ file, line, reason }) =>
      hang('', escapeControls(`Not understood: ${file}${line === null ? '' : `:${line}`}: ${reason}`), width, 2),
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
