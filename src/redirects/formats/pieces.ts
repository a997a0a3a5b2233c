import { type Delimiter, type RecordResult, RecordScanner } from './csv-records.ts';
import { MAX_LINE_LENGTH, MAX_SHOWN, tooLong } from './line.ts';

/** Enough of a line that is too long to show it, and to see that there is more. */
const KEPT = MAX_SHOWN + 1;
const LINE_END = /[\r\n]/;

/** Cuts a text that comes in pieces into CSV records. */
export class RecordStream {
  readonly #delimiterIn: (start: string) => Delimiter;
  readonly #longest: number;
  #delimiter: Delimiter | undefined;
  #rest = '';
  #line = 1;
  /** A line that is too long and has not ended: its start, and how long it is so far. */
  #endless: { readonly text: string; readonly length: number } | null = null;

  constructor(delimiterIn: (start: string) => Delimiter, longest: number) {
    this.#delimiterIn = delimiterIn;
    this.#longest = longest;
  }

  /** Gives `each` the records that a piece completes. */
  take(piece: string, last: boolean, each: (result: RecordResult) => void): void {
    const text = this.#endless === null ? this.#rest + piece : this.#afterEndless(piece, last, each);
    this.#rest = '';
    if (text === '') return;
    this.#delimiter ??= text.length > this.#longest || last ? this.#delimiterIn(text) : undefined;
    if (this.#delimiter === undefined) {
      this.#rest = text;
      return;
    }
    const scanner = new RecordScanner(text, this.#delimiter, { line: this.#line, last, longest: this.#longest });
    let result = scanner.next();
    for (; result !== undefined && result.kind !== 'endless'; result = scanner.next()) each(result);
    const { text: rest, line } = scanner.rest();
    this.#line = line;
    if (result === undefined) this.#rest = rest;
    else this.#endless = { text: rest.slice(0, KEPT), length: rest.length };
  }

  /** What follows a line that is too long, from its line end on; nothing where that is still to come. */
  #afterEndless(piece: string, last: boolean, each: (result: RecordResult) => void): string {
    const found = piece.search(LINE_END);
    const end = found < 0 ? piece.length : found;
    const { text, length } = this.#endless ?? { text: '', length: 0 };
    const grown = { text: (text + piece.slice(0, end)).slice(0, KEPT), length: length + end };
    this.#endless = grown;
    if (found < 0 && !last) return '';
    const reason = tooLong(grown.length, this.#longest) ?? '';
    each({ kind: 'bad', bad: { line: this.#line, text: grown.text, reason } });
    this.#endless = null;
    return piece.slice(end);
  }
}

/** A line, or the start of one that is too long. */
export interface StreamedLine {
  readonly line: number;
  readonly text: string;
  /** Of the whole line, in UTF-16 units. */
  readonly length: number;
}

/** Cuts a text that comes in pieces into lines, ended by CRLF, LF or CR. */
export class LineStream {
  #line = 1;
  #begun = false;
  #rest = '';
  /** A line that is too long and has not ended. */
  #start = '';
  #length = 0;

  /** The lines that a piece completes. */
  take(piece: string, last: boolean): readonly StreamedLine[] {
    const text = this.#withoutMark(this.#rest + piece);
    const lines: StreamedLine[] = [];
    // A carriage return at a border may be half of a line end.
    const end = last ? /\r\n|\n|\r/g : /\r\n|\n|\r(?!$)/g;
    let start = 0;
    for (let found = end.exec(text); found !== null; found = end.exec(text)) {
      lines.push(this.#take(text.slice(start, found.index)));
      start = end.lastIndex;
    }
    this.#rest = text.slice(start);
    if (last && (this.#rest !== '' || this.#length > 0)) lines.push(this.#take(this.#rest));
    else if (this.#rest.length > MAX_LINE_LENGTH) this.#shorten();
    return lines;
  }

  #withoutMark(text: string): string {
    if (this.#begun || text === '') return text;
    this.#begun = true;
    return text.startsWith('\uFEFF') ? text.slice(1) : text;
  }

  #take(text: string): StreamedLine {
    const length = this.#length + text.length;
    const whole = this.#length === 0 ? text : (this.#start + text).slice(0, KEPT);
    this.#start = '';
    this.#length = 0;
    const line = this.#line;
    this.#line += 1;
    return { line, text: whole, length };
  }

  #shorten(): void {
    const held = this.#rest.endsWith('\r') ? 1 : 0;
    const body = this.#rest.slice(0, this.#rest.length - held);
    this.#start = (this.#start + body).slice(0, KEPT);
    this.#length += body.length;
    this.#rest = held === 1 ? '\r' : '';
  }
}
