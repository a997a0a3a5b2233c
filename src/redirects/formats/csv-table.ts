import { type RuleTable, RuleTableBuilder } from '../rule-table.ts';
import { CsvRows, NO_HEADER } from './csv.ts';
import type { Column } from './csv-columns.ts';
import { type Delimiter, delimiterOf, type RecordPiece, RecordScanner } from './csv-records.ts';
import type { HeaderMap } from './header-map.ts';
import { type LineProblem, MAX_LINE_LENGTH, type RuleLine } from './line.ts';

/** What a file of rules says, with its rules as they lie in it. */
export interface RuleTableText {
  readonly rules: RuleTable;
  /** The line of each rule, from 1. */
  readonly lines: Uint32Array;
  /** Every bad line, and not only the first. */
  readonly problems: readonly LineProblem[];
}

/**
 * Reads rules from the bytes of a CSV file, as `readRulesCsv` does from its text, without making a string of what is
 * plain ASCII and has no more than source, target and status. The bytes become part of the table.
 *
 * @param bytes UTF-8
 */
export function readRuleTable(bytes: Uint8Array, file?: string, map?: HeaderMap): RuleTableText {
  return new TableReader(bytes, file, map).read();
}

/** Classes of bytes; zero is text. */
const DELIMITER = 1;
const LINE_END = 2;
const QUOTE = 3;
/** Control characters, and whatever is not ASCII. */
const ODD = 4;

function classesFor(delimiter: Delimiter): Uint8Array {
  const table = new Uint8Array(256).fill(ODD);
  table.fill(0, 32, 127);
  table[10] = table[13] = LINE_END;
  table[34] = QUOTE;
  table[delimiter.charCodeAt(0)] = DELIMITER;
  return table;
}

/** Kinds of columns. */
const IGNORED = 0;
const FROM = 1;
const TO = 2;
const STATUS = 3;
const OTHER = 4;

function kindOfColumn(column: Column): number {
  switch (column) {
    case 'from':
      return FROM;
    case 'to':
      return TO;
    case 'status':
      return STATUS;
    case 'ignored':
      return IGNORED;
    default:
      return OTHER;
  }
}

const SPACE = 32;
const TAB = 9;
const CARRIAGE_RETURN = 13;
const LINE_FEED = 10;
const APOSTROPHE = 39;
const ZERO = 48;

/** From so many lines at the start of a file, the number of all is estimated. */
const SAMPLED = 1 << 16;

/** Bytes that a record with line ends in it is looked for in, first and last; any record ends within the last. */
const WINDOWS = [4096, MAX_LINE_LENGTH * 3 + 4096];

class TableReader {
  private readonly bytes: Uint8Array;
  private readonly file: string | undefined;
  private readonly rows: CsvRows;
  private readonly delimiter: Delimiter;
  private readonly classes: Uint8Array;
  private readonly builder: RuleTableBuilder;
  private readonly problems: LineProblem[] = [];
  private lines: Uint32Array<ArrayBuffer>;
  private kinds = new Uint8Array(0);
  private at = 0;
  private line = 1;
  /** Of the record that is being read; equal where a field is empty. */
  private fromStart = 0;
  private fromEnd = 0;
  private toStart = 0;
  private toEnd = 0;
  private status = 0;

  constructor(bytes: Uint8Array, file: string | undefined, map: HeaderMap | undefined) {
    this.bytes = bytes;
    this.file = file;
    this.rows = new CsvRows(map);
    this.delimiter = delimiterOf(textOf(bytes.subarray(0, MAX_LINE_LENGTH)));
    this.classes = classesFor(this.delimiter);
    const expected = expectedLines(bytes);
    this.builder = new RuleTableBuilder(bytes, expected);
    this.lines = new Uint32Array(expected);
  }

  read(): RuleTableText {
    while (this.at < this.bytes.length && !this.rows.unreadable) {
      if (!this.rows.headed || !this.readPlain()) this.readOdd();
    }
    if (!this.rows.headed && !this.rows.unreadable) this.take(NO_HEADER);
    const rules = this.builder.finish();
    return { rules, lines: this.lines.subarray(0, rules.length), problems: this.problems };
  }

  /** Reads a record of one line that needs no string; false where it is none, and then nothing has changed. */
  private readPlain(): boolean {
    const { bytes, kinds } = this;
    const start = this.skipBlanks(this.at);
    if (start >= bytes.length || this.classes[bytes[start] ?? 0] === LINE_END) {
      this.endLine(start);
      return true;
    }
    this.fromStart = this.fromEnd = this.toStart = this.toEnd = this.status = 0;
    let at = this.at;
    for (let field = 0; ; field++) {
      const end = field < kinds.length ? this.readField(at, kinds[field] ?? OTHER) : -1;
      if (end < 0) return false;
      at = end;
      if (at >= bytes.length || this.classes[bytes[at] ?? 0] === LINE_END) break;
      at++;
    }
    if (this.fromStart === this.fromEnd || at - this.at > MAX_LINE_LENGTH) return false;
    this.keepLine();
    this.builder.addSpans(this.fromStart, this.fromEnd, this.toStart, this.toEnd, this.status);
    this.endLine(at);
    return true;
  }

  /** Where a field ends, at its delimiter or line end; -1 where it is not plain. */
  private readField(from: number, kind: number): number {
    const { bytes, classes } = this;
    const { length } = bytes;
    let start = this.skipBlanks(from);
    let at = start;
    let stop: number;
    if (at < length && classes[bytes[at] ?? 0] === QUOTE) {
      start = ++at;
      while (at < length && (classes[bytes[at] ?? 0] ?? ODD) <= DELIMITER) at++;
      if (at >= length || classes[bytes[at] ?? 0] !== QUOTE) return -1;
      stop = at;
      at = this.skipBlanks(at + 1);
      start = this.skipBlanks(start);
    } else {
      while (at < length && classes[bytes[at] ?? 0] === 0) at++;
      stop = at;
    }
    const after = at < length ? classes[bytes[at] ?? 0] : LINE_END;
    if (after !== DELIMITER && after !== LINE_END) return -1;
    while (stop > start && this.isBlank(bytes[stop - 1] ?? 0)) stop--;
    if (start >= stop) return at;
    // The guard of what a spreadsheet would run as a formula.
    if (bytes[start] === APOSTROPHE) return -1;
    return this.keepField(kind, start, stop) ? at : -1;
  }

  private keepField(kind: number, start: number, stop: number): boolean {
    switch (kind) {
      case FROM:
        this.fromStart = start;
        this.fromEnd = stop;
        return true;
      case TO:
        this.toStart = start;
        this.toEnd = stop;
        return true;
      case STATUS:
        this.status = this.statusIn(start, stop);
        return this.status > 0;
      default:
        return kind === IGNORED;
    }
  }

  /** Three digits; zero where these are none, or come to less than a hundred. */
  private statusIn(start: number, stop: number): number {
    if (stop - start !== 3) return 0;
    let status = 0;
    for (let at = start; at < stop; at++) {
      const digit = (this.bytes[at] ?? 0) - ZERO;
      if (digit < 0 || digit > 9) return 0;
      status = status * 10 + digit;
    }
    return status < 100 ? 0 : status;
  }

  private isBlank(code: number): boolean {
    return code === SPACE || (code === TAB && this.delimiter !== '\t');
  }

  private skipBlanks(from: number): number {
    let at = from;
    while (at < this.bytes.length && this.isBlank(this.bytes[at] ?? 0)) at++;
    return at;
  }

  private endLine(at: number): void {
    if (at < this.bytes.length) {
      this.at = this.bytes[at] === CARRIAGE_RETURN && this.bytes[at + 1] === LINE_FEED ? at + 2 : at + 1;
      this.line++;
    } else this.at = at;
  }

  /** Reads one record as text, from its own line where it ends there. */
  private readOdd(): void {
    const { bytes } = this;
    let end = this.at;
    while (end < bytes.length && bytes[end] !== LINE_FEED && bytes[end] !== CARRIAGE_RETURN) end++;
    end = bytes[end] === CARRIAGE_RETURN && bytes[end + 1] === LINE_FEED ? end + 2 : end + 1;
    if (this.readWithin(end - this.at, false)) return;
    for (const size of WINDOWS) if (this.readWithin(Math.max(size, end - this.at), size === WINDOWS.at(-1))) return;
  }

  /** Reads one record from the next bytes; false where it may go on behind them. */
  private readWithin(size: number, isEnough: boolean): boolean {
    const isAll = this.at + size >= this.bytes.length;
    const text = textOf(this.bytes.subarray(this.at, this.at + size));
    // At the start of a text alone a byte order mark is none of it.
    const piece: RecordPiece = { line: this.line, last: true, longest: MAX_LINE_LENGTH };
    const scanner = new RecordScanner(text, this.delimiter, piece);
    const result = scanner.next();
    const { text: rest, line } = scanner.rest();
    if (!isAll && !isEnough && (result?.kind === 'bad' || rest === '') && text.includes('"')) return false;
    if (result !== undefined && result.kind !== 'endless') {
      const row = this.rows.take(result);
      if (row === undefined) this.kinds = Uint8Array.from(this.rows.columns, kindOfColumn);
      else this.take(row);
    }
    this.at += byteLength(text) - byteLength(rest);
    this.line = line;
    return true;
  }

  private take(row: RuleLine): void {
    if (row.kind === 'rule') {
      this.keepLine(row.line);
      this.builder.add(row.rule);
      return;
    }
    const { line, text, reason } = row;
    const { file } = this;
    this.problems.push({ code: 'invalid-csv', ...(file === undefined ? {} : { file }), line, text, reason });
  }

  private keepLine(line = this.line): void {
    const { length } = this.builder;
    if (length >= this.lines.length) {
      const lines = new Uint32Array(Math.max(16, length * 2));
      lines.set(this.lines);
      this.lines = lines;
    }
    this.lines[length] = line;
  }
}

function textOf(bytes: Uint8Array): string {
  return new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes);
}

function byteLength(text: string): number {
  return Buffer.byteLength(text);
}

/** A little more than the lines of a file like its start. */
function expectedLines(bytes: Uint8Array): number {
  const sample = Math.min(bytes.length, SAMPLED);
  let lines = 1;
  for (let at = 0; at < sample; at++) if (bytes[at] === LINE_FEED) lines++;
  return Math.ceil((bytes.length / Math.max(sample, 1)) * lines * 1.1) + 1;
}
