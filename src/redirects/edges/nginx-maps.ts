import { hexLiteral } from './expression.ts';
import type { FilterCase } from './query-expression.ts';
import type { ExactRow, ExpressionRow } from './row.ts';
import { rowBlocks } from './row-blocks.ts';
import { keyForms, type PartWriter, rowText } from './row-text.ts';

export const quoted = (text: string): string => `"${text.replace(/[\\"]/g, '\\$&')}"`;

const DOLLAR = '$' + '{storectl_dollar}';

/** In a value "$" begins a variable, and there is no way to escape it. */
const WRITER: PartWriter = {
  text: (text) => text.split('$').join(DOLLAR),
  group: (number) => `$${number}`,
  separator: ' ',
};

/** Its lines, or several of them in one text. */
export function map(source: string, variable: string, rows: Iterable<string>): string[] {
  return [`map ${source} ${variable} {`, ...rowBlocks(indented(rows)), '}', ''];
}

function* indented(rows: Iterable<string>): Generator<string> {
  for (const row of rows) yield `  ${row}`;
}

export const expressionRow = ({ expression, answer }: ExpressionRow): string =>
  `${quoted(`~${expression}`)} ${quoted(rowText(answer, WRITER))};`;

/** What of a key has to be found as it is written, and an expression for keys that only letter case tells apart. */
export interface KeyForm {
  readonly spelt: (key: string) => string;
  readonly expression: (key: string) => string;
}

export const WHOLE_KEY: KeyForm = { spelt: (key) => key, expression: (key) => `^${hexLiteral(key)}$` };

/** Where paths disregard case, what is asked for of a query does not. */
export const QUERY_OF_KEY: KeyForm = {
  spelt: (key) => key.slice(key.indexOf('?') + 1),
  expression: (key) => `^(?i:${hexLiteral(key.slice(0, key.indexOf('?')))})${hexLiteral(key.slice(key.indexOf('?')))}$`,
};

/**
 * nginx finds keys without regard to case. A row therefore names what has to be compared once it is found, and keys that
 * differ by case alone are expressions.
 */
export function* speltRows(rows: readonly ExactRow[], { spelt, expression }: KeyForm): Generator<string> {
  const alike = new Map<string, number>();
  for (const { key } of rows) alike.set(key.toLowerCase(), (alike.get(key.toLowerCase()) ?? 0) + 1);
  for (const { key, answer } of rows) {
    const value = quoted(`${WRITER.text(keyForms(spelt(key)).join('|'))} ${rowText(answer, WRITER)}`);
    yield alike.get(key.toLowerCase()) === 1
      ? `${quoted(key)} ${value};`
      : `${quoted(`~${expression(key)}`)} ${value};`;
  }
}

/** `$storectl_NAME`: the row of a key; where case counts, only if the row names that very key. */
export function exactMaps(key: string, name: string, rows: readonly ExactRow[], sensitive: boolean): string[] {
  if (sensitive) return speltMaps(key, key, name, speltRows(rows, WHOLE_KEY));
  return map(`"${key}"`, `$storectl_${name}`, plainRows(rows));
}

function* plainRows(rows: readonly ExactRow[]): Generator<string> {
  for (const { key, answer } of rows) yield `${quoted(key)} ${quoted(rowText(answer, WRITER))};`;
}

/** `$storectl_NAME`: the row of a key, only if it names what was asked. */
export function speltMaps(key: string, asked: string, name: string, rows: Iterable<string>): string[] {
  return [
    ...map(`"${key}"`, `$storectl_${name}_found`, rows),
    ...map(`"${asked} $storectl_${name}_found"`, `$storectl_${name}`, [
      '"~^([^ ]+) (?:[^ ]*[|])?\\\\1(?:[|][^ ]*)? (.+)$" $2;',
    ]),
  ];
}

export const casesRows = (cases: readonly FilterCase[]): string[] =>
  cases.map(
    ({ expression, groups }) => `${quoted(`~${expression}`)} ${quoted(groups.map((group) => `$${group}`).join('&'))};`,
  );
