import { type RuleTable, RuleTableBuilder } from '../rule-table.ts';
import { CsvRows, NO_HEADER } from './csv.ts';
import { PlainRecord } from './csv-plain-record.ts';
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

const CARRIAGE_RETURN = 13;
const LINE_FEED = 10;

/** From so many lines at the start of a file, the number of all is estimated. */
const SAMPLED = 1 << 16;

/** Bytes that a record with line ends in it is looked for in, first and last; any record ends within the last. */
const WINDOWS = [4096, MAX_LINE_LENGTH * 3 + 4096];

class TableReader {
  private readonly bytes: Uint8Array;
  private readonly file: string | undefined;
  private readonly rows: CsvRows;
  private readonly delimiter: Delimiter;
  private readonly plain: PlainRecord;
  private readonly builder: RuleTableBuilder;
  private readonly problems: LineProblem[] = [];
  private lines: Uint32Array<ArrayBuffer>;
  private at = 0;
  private line = 1;

  constructor(bytes: Uint8Array, file: string | undefined, map: HeaderMap | undefined) {
    this.bytes = bytes;
    this.file = file;
    this.rows = new CsvRows(map);
    this.delimiter = delimiterOf(textOf(bytes.subarray(0, MAX_LINE_LENGTH)));
    this.plain = new PlainRecord(bytes, this.delimiter);
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

  /** Reads a blank line, or a record that needs no string; false where it is neither, and then nothing has changed. */
  private readPlain(): boolean {
    const { plain } = this;
    const end = plain.read(this.at);
    if (end < 0) return false;
    if (plain.fromEnd > 0) {
      this.keepLine();
      this.builder.addSpans(plain.fromStart, plain.fromEnd, plain.toStart, plain.toEnd, plain.status);
    }
    this.endLine(end);
    return true;
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
      if (row === undefined) this.plain.setColumns(this.rows.columns);
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
