import { literal } from './expression.ts';
import { type KeyTree, type KeyTreeShape, keyTree } from './key-tree.ts';
import type { FilterCase } from './query-expression.ts';
import type { ExpressionRow } from './row.ts';
import { keyForms, type PartWriter, rowText } from './row-text.ts';

/** In the output of an expression "$" begins a group; in that of a plain row it is text. */
export const EXPRESSION_WRITER: PartWriter = {
  text: (text) => text.replaceAll('$', '$$$$'),
  group: (number) => `$\{${number}}`,
  separator: ' ',
};
export const PLAIN_WRITER: PartWriter = { ...EXPRESSION_WRITER, text: (text) => text };

/** The first group alone, as an output. */
export const FIRST_GROUP = `"${EXPRESSION_WRITER.group(1)}"`;

/** Line by line; nothing is spread, since a site may have more lines than a call takes arguments. */
export function indented(lines: readonly string[]): string[] {
  return lines.map((line) => `\t${line}`);
}

export function block(head: string, lines: readonly string[]): string[] {
  return [`${head} {`].concat(indented(lines), '}');
}

/** Within backquotes nothing is special; an expression can say a backquote otherwise. */
const backquoted = (expression: string): string => `\`${expression.replaceAll('`', '\\x60')}\``;

export const expressionWord = (expression: string): string => backquoted(`~${expression}`);

/** A map whose result is kept: each placeholder that a map gives is worked out anew wherever it is used. */
export function step(source: string, name: string, rows: readonly string[]): string[] {
  return block(`map "${source}" {${name}}`, rows).concat(`vars ${name} {${name}}`);
}

export const expressionRow = ({ expression, answer }: ExpressionRow): string =>
  `${expressionWord(expression)} "${rowText(answer, EXPRESSION_WRITER)}"`;

export const casesRows = (cases: readonly FilterCase[]): string[] =>
  cases.map(
    ({ expression, groups }) =>
      `${expressionWord(expression)} "${groups.map((group) => EXPRESSION_WRITER.group(group)).join('&')}"`,
  );

export type LetterCase = 'sensitive' | 'ignore';

/** A row of a map that is found by its key; the path in it is in lower case where case does not count. */
export interface KeyedRow {
  readonly key: string;
  /** The row for keys without their first characters. */
  readonly without: (first: number) => string;
}

/** @param value what the row gives, by the writer for it */
export function keyedRows(key: string, letterCase: LetterCase, value: (writer: PartWriter) => string): KeyedRow[] {
  if (letterCase === 'sensitive')
    return keyForms(key).map((form) => ({
      key: form,
      without: (first) => `"${form.slice(first)}" "${value(PLAIN_WRITER)}"`,
    }));
  const mark = key.indexOf('?') < 0 ? key.length : key.indexOf('?');
  // Where paths disregard case, what is asked for of a query does not.
  return keyForms(key.slice(mark)).map((query) => ({
    key: key.slice(0, mark).toLowerCase() + query,
    without: (first) => {
      const rest = foldedPath(key.slice(first, mark), query.slice(Math.max(0, first - mark)));
      return `${expressionWord(`^${rest}$`)} "${value(EXPRESSION_WRITER)}"`;
    },
  }));
}

const foldedPath = (path: string, query: string): string =>
  `${path === '' ? '' : `(?i:${literal(path)})`}${literal(query)}`;

/** Caddy goes through the rows of a map quickly, and reads blocks within blocks slowly. */
const SHAPE: KeyTreeShape = { rows: 128, branches: 32 };

export interface Lookup {
  /** The variable that is to hold what is found; the placeholder of the maps is called after the lookup. */
  readonly into: string;
  readonly name: string;
  readonly key: string;
  readonly rows: readonly KeyedRow[];
  readonly letterCase: LetterCase;
}

/**
 * Finds the row of a key by the beginnings of keys: a map is gone through row by row. What a map gives stands in the way
 * of every later one of the same name, so that each lookup has its own.
 */
export function lookupSteps({ into, name, key, rows, letterCase }: Lookup): string[] {
  const beginning = (start: string, cut: number, next: string): string => {
    if (letterCase === 'sensitive') return `^${literal(start.slice(cut))}(${next}.*)$`;
    const mark = start.indexOf('?');
    if (mark < 0) return `^${foldedPath(start.slice(cut), '')}((?i:${next}).*)$`;
    return `^${foldedPath(start.slice(cut, mark), start.slice(Math.max(cut, mark)))}(${next}.*)$`;
  };
  // A matcher's name is known to the blocks within, and may not be given again there. What it leaves of a key goes on.
  const steps = (tree: KeyTree<KeyedRow>, rest: string, cut: number, depth: number): string[] => {
    if (tree.kind === 'rows') {
      const found = tree.rows.map((row) => row.without(cut));
      return block(`map ${rest} {${name}}`, found).concat(`vars ${into} {${name}}`);
    }
    const lines: string[] = [];
    for (const [number, { start, next, tree: branch }] of tree.branches.entries()) {
      const matcher = `sc_${depth}_${number}`;
      lines.push(`@${matcher} vars_regexp ${matcher} ${rest} ${backquoted(beginning(start, cut, next))}`);
      const inner = steps(branch, `{http.regexp.${matcher}.1}`, start.length, depth + 1);
      for (const line of block(`handle @${matcher}`, inner)) lines.push(line);
    }
    return lines;
  };
  const tree = keyTree(rows, (row) => row.key, SHAPE);
  return [`vars sc_key "${key}"`].concat(block('route', steps(tree, '{vars.sc_key}', 0, 0)));
}
