import { Flags } from '@oclif/core';
import { EXIT, Failure } from '../../domain/failure.ts';
import { nearest } from '../../domain/nearest.ts';

export const OUTPUT_FORMATS = ['table', 'json', 'ndjson', 'csv', 'yaml'] as const;
export type OutputFormat = (typeof OUTPUT_FORMATS)[number];

/** The flags of every list; spread them into a list command's `flags`. */
export const listFlags = {
  columns: Flags.string({
    summary: 'Columns to show, in this order, separated by commas.',
    helpGroup: 'LIST',
    helpValue: 'NAME,…',
  }),
  filter: Flags.string({
    summary: 'Keep rows where column=value, column!=value or column~part; repeatable, all must hold.',
    helpGroup: 'LIST',
    helpValue: 'COLUMN=VALUE',
    multiple: true,
    multipleNonGreedy: true,
  }),
  sort: Flags.string({
    summary: 'Sort by these columns; a minus turns one around.',
    helpGroup: 'LIST',
    helpValue: 'NAME,-NAME',
  }),
  limit: Flags.integer({ summary: 'Show at most this many rows.', helpGroup: 'LIST', min: 1 }),
  output: Flags.option({ options: OUTPUT_FORMATS })({
    summary: 'How to print the list.',
    helpGroup: 'LIST',
    default: 'table',
  }),
};

export interface ListOptions {
  readonly columns?: string | undefined;
  readonly filter?: readonly string[] | undefined;
  readonly sort?: string | undefined;
  readonly limit?: number | undefined;
  readonly output: OutputFormat;
}

export interface Condition {
  readonly column: string;
  readonly operator: '=' | '!=' | '~';
  readonly operand: string;
}

export interface SortKey {
  readonly column: string;
  readonly descending: boolean;
}

/** Reads `column=value`, `column!=value` or `column~part`; throws the usage failure `invalid-filter`. */
export function parseCondition(text: string): Condition {
  const match = /^([^=!~]+)(!=|=|~)(.*)$/s.exec(text);
  const [, column, operator, operand] = match ?? [];
  if (column === undefined || operand === undefined || (operator !== '=' && operator !== '!=' && operator !== '~')) {
    throw new Failure({
      code: 'invalid-filter',
      exit: EXIT.usage,
      message: `--filter "${text}" has no condition.`,
      remedy: 'Write column=value, column!=value or column~part.',
    });
  }
  return { column: column.trim(), operator, operand };
}

export function parseSort(text: string): readonly SortKey[] {
  return names(text).map((name) =>
    name.startsWith('-') ? { column: name.slice(1), descending: true } : { column: name, descending: false },
  );
}

/** The names between the commas; one that is empty, and no column, where there is none: a variable that nobody set. */
export function names(text: string): readonly string[] {
  const named = text
    .split(',')
    .map((name) => name.trim())
    .filter((name) => name !== '');
  return named.length === 0 ? [''] : named;
}

/** Finds a column by name; throws the usage failure `unknown-column` that names the known ones. */
export function columnNamed<C extends { readonly key: string }>(name: string, columns: readonly C[], flag: string): C {
  const found = columns.find((column) => column.key === name);
  if (found !== undefined) return found;
  const known = columns.map((column) => column.key);
  // In a word of four letters two that are wrong leave nothing to go by.
  const guess = name.length <= 4 ? nearest(name, known, 1) : nearest(name, known);
  throw new Failure({
    code: 'unknown-column',
    exit: EXIT.usage,
    message:
      name === ''
        ? `${flag} names no column.`
        : `${flag} names the unknown column "${name}".${guess === null ? '' : ` Did you mean "${guess}"?`}`,
    remedy: `Known columns: ${known.join(', ')}.`,
    details: { column: name, known },
  });
}
