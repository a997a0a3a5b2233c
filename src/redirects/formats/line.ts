import type { RedirectRule } from '../rule.ts';

/** What one line of a text of rules comes to. Lines count from 1. */
export type RuleLine =
  | { readonly kind: 'rule'; readonly rule: RedirectRule; readonly line: number }
  | { readonly kind: 'bad'; readonly line: number; readonly text: string; readonly reason: string };

export type LineProblemCode = 'invalid-csv' | 'invalid-ndjson' | 'invalid-redirects';

/** A line that gives no rule. */
export interface LineProblem {
  readonly code: LineProblemCode;
  readonly file?: string;
  readonly line: number;
  /** The line as it stands; a very long one is cut. */
  readonly text: string;
  readonly reason: string;
}

export interface RulesText {
  readonly rules: readonly RedirectRule[];
  /** The line of each rule, from 1. */
  readonly lines: Uint32Array;
  /** Every bad line, and not only the first. */
  readonly problems: readonly LineProblem[];
}

/** A rule has two URLs of at most 8,192 characters and a note; what is longer was not meant as one. */
export const MAX_LINE_LENGTH = 65_536;

/** Enough of a bad line to find it by. */
export const MAX_SHOWN = 1000;

export function bad(line: number, text: string, reason: string): RuleLine {
  return { kind: 'bad', line, text: text.length > MAX_SHOWN ? `${text.slice(0, MAX_SHOWN)}…` : text, reason };
}

/** Why a line is not even looked at; undefined where it may be. */
export function tooLong(length: number, longest = MAX_LINE_LENGTH): string | undefined {
  if (length <= longest) return undefined;
  return `it has ${length} characters, more than ${longest}`;
}

/** Gathers what a reader gives. */
export function collectLines(lines: Iterable<RuleLine>, code: LineProblemCode, file?: string): RulesText {
  const rules: RedirectRule[] = [];
  const numbers: number[] = [];
  const problems: LineProblem[] = [];
  for (const one of lines) {
    if (one.kind === 'rule') {
      rules.push(one.rule);
      numbers.push(one.line);
      continue;
    }
    const { line, text, reason } = one;
    problems.push({ code, ...(file === undefined ? {} : { file }), line, text, reason });
  }
  return { rules, lines: Uint32Array.from(numbers), problems };
}

export interface TextLine {
  readonly line: number;
  readonly text: string;
}

/** The lines of a text that comes whole or in pieces, ended by CRLF, LF or CR; a byte order mark is left out. */
export function* linesOf(text: string | Iterable<string>): Generator<TextLine> {
  let line = 1;
  let kept = '';
  let first = true;
  for (const piece of typeof text === 'string' ? [text] : text) {
    let pending = kept + piece;
    if (first && pending !== '') {
      first = false;
      if (pending.startsWith('\uFEFF')) pending = pending.slice(1);
    }
    const end = /\r\n|\n|\r(?!$)/g;
    let start = 0;
    for (let found = end.exec(pending); found !== null; found = end.exec(pending)) {
      yield { line: line++, text: pending.slice(start, found.index) };
      start = end.lastIndex;
    }
    kept = pending.slice(start);
  }
  if (kept.endsWith('\r')) {
    yield { line: line++, text: kept.slice(0, -1) };
    kept = '';
  }
  if (kept !== '') yield { line, text: kept };
}
