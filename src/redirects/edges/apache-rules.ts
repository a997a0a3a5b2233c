import { literal } from './expression.ts';
import { type KeyTree, keyTree } from './key-tree.ts';
import type { FilterCase } from './query-expression.ts';
import type { ExpressionRow, RowAnswer } from './row.ts';
import { type PartWriter, partsText } from './row-text.ts';

/** What `quoted` text is in mod_rewrite: it reads its own arguments, and leaves a backslash between quotes where it is. */
export const quoted = (text: string): string => `"${text.replaceAll('"', '\\x22')}"`;

/** In a substitution `$` and `%` begin what is filled in. */
const RULE_WRITER: PartWriter = {
  text: (text) => text.replace(/[\\$%]/g, '\\$&'),
  group: (number) => `%${number}`,
  separator: ' ',
};

export function set(name: string, value: string): string[] {
  return [`RewriteRule ^ - ${quoted(`[E=${name}:${value}]`)}`];
}

export function setWhen(name: string, value: string, subject: string, expression: string, flags = ''): string[] {
  return [`RewriteCond ${quoted(subject)} ${quoted(expression)}${flags}`, ...set(name, value)];
}

/** The groups of the first case that holds, joined, behind `start`. */
export function setByCases(name: string, start: string, cases: readonly FilterCase[]): string[] {
  // Each sets it anew, so that the first of them comes last.
  return cases
    .toReversed()
    .flatMap(({ expression, groups }) =>
      setWhen(name, start + groups.map((group) => `%${group}`).join('&'), '%{QUERY_STRING}', expression),
    );
}

/** Rules that are passed over unless a condition holds. */
export function onlyIf(subject: string, expression: string, rules: readonly string[]): string[] {
  const count = rules.filter((line) => line.startsWith('RewriteRule ')).length;
  if (count === 0) return [];
  const skip = [`RewriteCond ${quoted(subject)} ${quoted(`!${expression}`)}`, `RewriteRule ^ - [S=${count}]`];
  return skip.concat(rules);
}

type Redirect = Extract<RowAnswer, { readonly kind: 'redirect' }>;

/** Where what is passed on of a query is kept, together with what joins it to a Location: nothing where that is nothing. */
export function passedName({ query, join }: Redirect): string | undefined {
  if (query === 'none') return undefined;
  return `SC_${join === '?' ? 'QUERY' : 'MORE'}_${query === 'all' ? 'a' : query.filter}`;
}

/** The rule for an answer, under the conditions that stand before it. */
export function answerRule(answer: RowAnswer): string {
  if (answer.kind === 'gone') return 'RewriteRule ^ - [G,L]';
  const passed = passedName(answer);
  const location = [
    answer.ownHost ? '%{ENV:SC_ORIGIN}' : '',
    partsText(answer.base, RULE_WRITER),
    passed === undefined ? '' : `%{ENV:${passed}}`,
    answer.fragment.length === 0 ? '' : `#${partsText(answer.fragment, RULE_WRITER)}`,
  ].join('');
  return `RewriteRule ^ ${quoted(location)} [R=${answer.status},NE,QSD,L,UnsafeAllow3F]`;
}

export function expressionRule({ expression, answer }: ExpressionRow): string[] {
  return [`RewriteCond "%{ENV:SC_SUBJECT}" ${quoted(expression)}`, answerRule(answer)];
}

export interface KeyedRule {
  readonly key: string;
  /** One RewriteRule. */
  readonly rule: string;
}

/**
 * Rules of which the one is carried out whose key is `SC_KEY`, found by the beginnings of their keys. A text map is no
 * way to find them: Apache reads all of it for each key that it has not seen yet.
 */
export function keyedRules(rules: readonly KeyedRule[]): string[] {
  return treeRules(keyTree(rules, ({ key }) => key, { rows: 16, branches: 8 }));
}

function treeRules(tree: KeyTree<KeyedRule>): string[] {
  if (tree.kind === 'rows')
    return tree.rows.flatMap(({ key, rule }) => [`RewriteCond "%{ENV:SC_KEY}" ${quoted(`=${key}`)}`, rule]);
  const lines: string[] = [];
  for (const { start, next, tree: branch } of tree.branches)
    for (const line of onlyIf('%{ENV:SC_KEY}', `^${literal(start)}${next}`, treeRules(branch))) lines.push(line);
  return lines;
}
