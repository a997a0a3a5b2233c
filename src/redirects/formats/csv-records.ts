import { MAX_LINE_LENGTH, tooLong } from './line.ts';

/**
 * RFC 4180 records, read leniently: a byte order mark, CRLF, LF or CR, blanks around fields and blank lines are fine.
 */

export interface CsvRecord {
  /** The line on which the record starts, from 1. */
  readonly line: number;
  readonly fields: readonly string[];
  readonly text: string;
}

export interface BadRecord {
  readonly line: number;
  readonly text: string;
  readonly reason: string;
}

export type RecordResult =
  | { readonly kind: 'record'; readonly record: CsvRecord }
  | { readonly kind: 'bad'; readonly bad: BadRecord };

/** What is left is a line that is too long already, and whose end is in a later piece of the text. */
export interface EndlessLine {
  readonly kind: 'endless';
}

export type Delimiter = ',' | ';' | '\t';

/** The delimiter of a header line: the one it holds most of. */
export function delimiterOf(text: string): Delimiter {
  const header = text.slice(text.startsWith('\uFEFF') ? 1 : 0).split(/\r?\n|\r/, 1)[0] ?? '';
  const count = (delimiter: Delimiter): number => header.split(delimiter).length;
  return ([';', '\t'] as const).find((one) => count(one) > count(',')) ?? ',';
}

/** Goes through the records of a text; a broken one is reported and reading goes on at the next line. */
export function* readRecords(text: string, delimiter: Delimiter): Generator<RecordResult> {
  const scanner = new RecordScanner(text, delimiter);
  for (let result = scanner.next(); result !== undefined; result = scanner.next())
    if (result.kind !== 'endless') yield result;
}

export interface RecordPiece {
  /** The line on which it begins, from 1. */
  readonly line: number;
  /** False where more of the text follows: what begins too near its end is then left for the next piece. */
  readonly last: boolean;
  /** The longest record that there may be. */
  readonly longest: number;
}

/** A line end of two characters, and one that may follow it. */
const BEYOND = 3;

/**
 * Reads a text, or a piece of one that begins where a record does. Whether a record is one never depends on what lies
 * further away than the longest record, so that a text in pieces is read as the whole of it would be.
 */
export class RecordScanner {
  private readonly text: string;
  private readonly delimiter: string;
  private readonly piece: RecordPiece;
  /** Records that start from here on are left. */
  private readonly until: number;
  private at: number;
  private line: number;
  /** The next quote and the next carriage return, as far as they are known. */
  private quote = -1;
  private return = -1;
  /** What the last call of `quoted` was unhappy with. */
  private reason = '';

  constructor(text: string, delimiter: string, piece: RecordPiece = WHOLE) {
    this.text = text;
    this.delimiter = delimiter;
    this.piece = piece;
    this.until = piece.last ? text.length : text.length - piece.longest - BEYOND;
    this.at = piece.line === 1 && text.startsWith('\uFEFF') ? 1 : 0;
    this.line = piece.line;
  }

  /** What was not read, and the line on which it begins. */
  rest(): { readonly text: string; readonly line: number } {
    return { text: this.text.slice(this.at), line: this.line };
  }

  next(): RecordResult | EndlessLine | undefined {
    this.skipBlankLines();
    if (this.at >= this.until) return undefined;
    const start = this.at;
    const line = this.line;
    const fields: string[] = [];
    if (this.plainRecord(fields)) {
      if (this.at - start > this.piece.longest) return this.giveUp(start, line);
      const text = this.text.slice(start, this.at);
      this.endLine();
      return { kind: 'record', record: { line, fields, text } };
    }
    for (;;) {
      const field = this.field();
      if (field === undefined) return this.giveUp(start, line);
      fields.push(field);
      if (this.text.charAt(this.at) === this.delimiter) {
        this.at++;
        continue;
      }
      if (this.at - start > this.piece.longest) return this.giveUp(start, line);
      const text = this.text.slice(start, this.at);
      this.endLine();
      return { kind: 'record', record: { line, fields, text } };
    }
  }

  /** Reads a record of one line without quotes, as most are, by searches alone; false where it is none. */
  private plainRecord(fields: string[]): boolean {
    const { text, delimiter } = this;
    const found = text.indexOf('\n', this.at);
    const end = found < 0 ? text.length : found;
    if (this.quote < this.at) this.quote = placeOf(text, '"', this.at);
    if (this.return < this.at) this.return = placeOf(text, '\r', this.at);
    if (this.quote < end || this.return < end - 1) return false;
    const stop = this.return === end - 1 ? this.return : end;
    for (let at = this.at; ; ) {
      const next = text.indexOf(delimiter, at);
      const last = next < 0 || next > stop ? stop : next;
      fields.push(trimmed(text, at, last));
      if (last === stop) break;
      at = last + 1;
    }
    this.at = stop;
    return true;
  }

  /** Reads one field and stops at its delimiter or line end; undefined where it is broken. */
  private field(): string | undefined {
    const { text, delimiter } = this;
    let at = this.at;
    while (isBlank(text.charCodeAt(at)) && text.charAt(at) !== delimiter) at++;
    if (text.charCodeAt(at) === 34) return this.quoted(at + 1);
    let end = at;
    while (end < text.length && text.charAt(end) !== delimiter && !isLineEnd(text.charCodeAt(end))) end++;
    this.at = end;
    while (end > at && isBlank(text.charCodeAt(end - 1))) end--;
    return text.slice(at, end);
  }

  private quoted(from: number): string | undefined {
    const { text } = this;
    let value = '';
    let kept = from;
    for (;;) {
      const quote = text.indexOf('"', kept);
      if (quote < 0) {
        this.at = text.length;
        this.reason = 'a quoted field is never closed';
        return undefined;
      }
      value += text.slice(kept, quote);
      if (text.charCodeAt(quote + 1) !== 34) {
        this.at = quote + 1;
        break;
      }
      value += '"';
      kept = quote + 2;
    }
    while (isBlank(text.charCodeAt(this.at)) && text.charAt(this.at) !== this.delimiter) this.at++;
    const after = text.charAt(this.at);
    if (after === '' || after === this.delimiter || isLineEnd(after.charCodeAt(0))) {
      this.line += lineEndsIn(text, from, this.at);
      return value;
    }
    this.reason = 'text follows the closing quote of a field';
    return undefined;
  }

  /** Only the line on which a broken record starts is lost. */
  private giveUp(start: number, line: number): RecordResult | EndlessLine {
    const { longest } = this.piece;
    let end = start;
    while (end < this.text.length && !isLineEnd(this.text.charCodeAt(end))) end++;
    const reason =
      tooLong(end - start, longest) ??
      (this.at - start > longest ? `a quoted field is not closed within ${longest} characters` : this.reason);
    const text = this.text.slice(start, end);
    this.line = line;
    if (end === this.text.length && !this.piece.last) {
      this.at = start;
      return { kind: 'endless' };
    }
    this.at = end;
    this.endLine();
    return { kind: 'bad', bad: { line, text, reason } };
  }

  private skipBlankLines(): void {
    for (;;) {
      let at = this.at;
      while (isBlank(this.text.charCodeAt(at)) && this.text.charAt(at) !== this.delimiter) at++;
      if (at < this.text.length && !isLineEnd(this.text.charCodeAt(at))) return;
      // So many blanks are a line that is too long, and those before a border may begin one that is not blank.
      if (at - this.at > this.piece.longest || (at >= this.text.length && !this.piece.last)) return;
      this.at = at;
      if (at >= this.text.length) return;
      this.endLine();
    }
  }

  private endLine(): void {
    if (this.at >= this.text.length) return;
    this.at += this.text.startsWith('\r\n', this.at) ? 2 : 1;
    this.line++;
  }
}

const WHOLE: RecordPiece = { line: 1, last: true, longest: MAX_LINE_LENGTH };

const isBlank = (code: number): boolean => code === 32 || code === 9 || code === 0xa0;
const isLineEnd = (code: number): boolean => code === 10 || code === 13;

function placeOf(text: string, character: string, from: number): number {
  const found = text.indexOf(character, from);
  return found < 0 ? Number.POSITIVE_INFINITY : found;
}

function trimmed(text: string, from: number, to: number): string {
  let start = from;
  let end = to;
  while (start < end && isBlank(text.charCodeAt(start))) start++;
  while (end > start && isBlank(text.charCodeAt(end - 1))) end--;
  return text.slice(start, end);
}

function lineEndsIn(text: string, from: number, to: number): number {
  let count = 0;
  for (let at = from; at < to; at++) {
    const code = text.charCodeAt(at);
    if (code === 10 || (code === 13 && text.charCodeAt(at + 1) !== 10)) count++;
  }
  return count;
}

/** What a spreadsheet would run as a formula; a leading apostrophe keeps it text. */
const FORMULA = /^'*[=+\-@\t\r]/;

/** One field as it is written: guarded where it could start a formula, quoted where it must be. */
export function writeField(value: string): string {
  const guarded = FORMULA.test(value) ? `'${value}` : value;
  return /[",;\r\n\t\uFEFF]|^[\s']|\s$/.test(guarded) ? `"${guarded.replaceAll('"', '""')}"` : guarded;
}

/** Takes back the guard of `writeField`. */
export function unguard(value: string): string {
  return value.startsWith("'") && FORMULA.test(value) ? value.slice(1) : value;
}
