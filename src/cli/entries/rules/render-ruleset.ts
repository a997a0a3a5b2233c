import type { RuleSpec } from '../../../domain/document/schema.ts';
import { escapeControls } from '../../../domain/escape.ts';
import { DEFAULT_STATUS } from '../../../redirects/rule.ts';
import type { Column } from '../../output/columns.ts';
import { tabLines } from '../../output/delimited.ts';
import { hang } from '../../output/hang.ts';
import { renderTable } from '../../output/table.ts';
import type { View } from '../../output/view.ts';
import type { Entry } from '../entry.ts';
import { renderEntry } from '../render-entry.ts';

interface NumberedRule {
  readonly number: number;
  readonly rule: RuleSpec;
}

const RULE_COLUMNS: readonly Column<NumberedRule>[] = [
  { key: 'number', header: '#', value: ({ number }) => number, align: 'right', keep: true },
  { key: 'from', header: 'FROM', value: ({ rule }) => rule.from },
  { key: 'to', header: 'TO', value: ({ rule }) => rule.to },
  { key: 'status', header: 'STATUS', value: ({ rule }) => rule.status ?? DEFAULT_STATUS, align: 'right' },
  { key: 'match', header: 'MATCH', value: ({ rule }) => rule.match },
  { key: 'more', header: '', value: ({ rule }) => moreOf(rule) },
];

/** Rules that are laid out for a terminal; more are lines of tabs, as in a pipe. */
const MOST_LAID_OUT = 1000;

/** Narrower terminals show each rule on lines of its own. */
const TABLE_WIDTH = 80;

/** A ruleset and, where they were asked for, its rules. */
export function renderRuleset(ruleset: Entry<'rulesets'>, rules: readonly RuleSpec[] | null, view: View): string {
  const head = renderEntry(ruleset, view);
  if (rules === null || rules.length === 0) return head;
  const rows = rules.map((rule, index) => ({ number: index + 1, rule }));
  return `${head}\n\n${renderRules(rows, view)}`;
}

function renderRules(rows: readonly NumberedRule[], view: View): string {
  const { width } = view;
  if (width === null || rows.length > MOST_LAID_OUT) return tabLines(rows, RULE_COLUMNS).join('\n');
  if (width >= TABLE_WIDTH) return renderTable(rows, RULE_COLUMNS, view);
  return rows.flatMap((row) => narrowRule(row, view)).join('\n');
}

/** A rule on lines of its own, where columns would break every URL. */
function narrowRule({ number, rule }: NumberedRule, { palette, width }: View): readonly string[] {
  const { from, to, status = DEFAULT_STATUS, match } = rule;
  const more = [match, moreOf(rule)].filter((text) => text !== undefined && text !== '').join('; ');
  return [
    ...hang(`${palette.strong(String(number))}  `, escapeControls(from), width, 3),
    ...hang('   ', escapeControls(`${status}${to === undefined ? '' : ` → ${to}`}`), width),
    ...(more === '' ? [] : hang('   ', escapeControls(more), width).map((text) => palette.faint(text))),
  ];
}

/** What only some rules have. */
function moreOf({ window, query, priority, enabled, note }: RuleSpec): string {
  return [
    ...(enabled === false ? ['disabled'] : []),
    ...(window?.from === undefined ? [] : [`from ${window.from}`]),
    ...(window?.until === undefined ? [] : [`until ${window.until}`]),
    ...(query === undefined ? [] : [`query ${typeof query === 'string' ? query : query.significant.join(' ')}`]),
    ...(priority === undefined ? [] : [`priority ${priority}`]),
    ...(note === undefined ? [] : [`“${note}”`]),
  ].join('; ');
}
