import type { Column } from './csv-columns.ts';
import type { Delimiter } from './csv-records.ts';
import { MAX_LINE_LENGTH } from './line.ts';

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
const APOSTROPHE = 39;
const ZERO = 48;

/**
 * A record of one line in printable ASCII, with source, target and status and nothing else: found by one pass over the
 * bytes, as places in them. The fields hold the last record that was read.
 */
export class PlainRecord {
  private readonly bytes: Uint8Array;
  private readonly classes: Uint8Array;
  private readonly isTabbed: boolean;
  private kinds = new Uint8Array(0);
  fromStart = 0;
  /** Zero where the line was blank. */
  fromEnd = 0;
  toStart = 0;
  /** Equal to the start where there is no target. */
  toEnd = 0;
  /** Zero where there is none. */
  status = 0;

  constructor(bytes: Uint8Array, delimiter: Delimiter) {
    this.bytes = bytes;
    this.classes = classesFor(delimiter);
    this.isTabbed = delimiter === '\t';
  }

  setColumns(columns: readonly Column[]): void {
    this.kinds = Uint8Array.from(columns, kindOfColumn);
  }

  /** Where the record that starts at `from` ends, at its line end; -1 where it is no plain one. */
  read(from: number): number {
    const { bytes, kinds, classes } = this;
    this.fromStart = this.fromEnd = this.toStart = this.toEnd = this.status = 0;
    const start = this.skipBlanks(from);
    if (start >= bytes.length || classes[bytes[start] ?? 0] === LINE_END) return start;
    let at = from;
    for (let field = 0; ; field++) {
      const end = field < kinds.length ? this.readField(at, kinds[field] ?? OTHER) : -1;
      if (end < 0) return -1;
      at = end;
      if (at >= bytes.length || classes[bytes[at] ?? 0] === LINE_END) break;
      at++;
    }
    return this.fromStart === this.fromEnd || at - from > MAX_LINE_LENGTH ? -1 : at;
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
    return code === SPACE || (code === TAB && !this.isTabbed);
  }

  private skipBlanks(from: number): number {
    let at = from;
    while (at < this.bytes.length && this.isBlank(this.bytes[at] ?? 0)) at++;
    return at;
  }
}
