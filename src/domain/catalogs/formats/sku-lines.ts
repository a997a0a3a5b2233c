import type * as z from 'zod';
import { delimiterOf, readRecords, unguard } from '../../../redirects/formats/csv-records.ts';
import { boundText } from '../../document/bound-text.ts';
import type { SkuLine } from '../../document/content-lines.ts';
import type { Problem } from '../../failure.ts';
import { nearest } from '../../nearest.ts';
import type { Cell } from './cells.ts';

/** How files of products, or of listings, become lines that are kept by SKU. */
export interface SkuFormat<L extends SkuLine> {
  /** What one line is called: `product`, `listing`. */
  readonly noun: string;
  readonly schema: z.ZodType<L>;
  /** Columns by the names that they are known under, in lower case. */
  readonly columns: Readonly<Record<string, string>>;
  readonly required: readonly string[];
  /** A line from the cells of a record, by column. Empty cells are absent. */
  fromCells(cells: Readonly<Record<string, string>>): Cell<unknown>;
  /** What of a line its shape cannot say, such as a price that is none; null where nothing is wrong. */
  fault(line: L): string | null;
}

/** What was read, and what is wrong with it. Lines are in the order of the file. */
export interface SkuLines<L extends SkuLine> {
  readonly lines: readonly L[];
  /** The line of the file of each, from 1. */
  readonly places: readonly number[];
  /** The first lines that are none. */
  readonly problems: readonly Problem[];
  /** How many things are wrong, told or not. */
  readonly bad: number;
}

/** So many are told one by one: a file of another kind would otherwise be repeated back whole. */
const MOST_TOLD = 1_000;

/** A bad line is shown by so much of its text. */
const SHOWN = 120;

/**
 * Reads CSV with a header, or NDJSON where the text begins with a brace. Every bad line is reported with its number
 * and its text; a SKU that stands there twice is one, too.
 */
export function readSkuLines<L extends SkuLine>(text: string, file: string, format: SkuFormat<L>): SkuLines<L> {
  const reading = new Reading(file, format);
  const start = text.replace(/^\uFEFF/, '').trimStart();
  if (start === '') reading.empty();
  else if (start.startsWith('{')) reading.ndjson(text);
  else reading.csv(text);
  return reading;
}

class Reading<L extends SkuLine> implements SkuLines<L> {
  readonly lines: L[] = [];
  readonly places: number[] = [];
  readonly problems: Problem[] = [];
  bad = 0;
  readonly #seen = new Map<string, number>();
  readonly #file: string;
  readonly #format: SkuFormat<L>;

  constructor(file: string, format: SkuFormat<L>) {
    this.#file = file;
    this.#format = format;
  }

  empty(): void {
    this.#report(1, '', 'the file is empty');
  }

  ndjson(text: string): void {
    text
      .replace(/^\uFEFF/, '')
      .split(/\r\n|\n|\r/)
      .forEach((line, index) => {
        if (line.trim() === '') return;
        try {
          this.#take(JSON.parse(line), index + 1, line);
        } catch (error) {
          if (!(error instanceof SyntaxError)) throw error;
          this.#report(index + 1, line, 'it is no JSON object');
        }
      });
  }

  csv(text: string): void {
    let header: readonly (string | null)[] | null = null;
    for (const result of readRecords(text, delimiterOf(text))) {
      if (result.kind === 'bad') {
        this.#report(result.bad.line, result.bad.text, result.bad.reason);
        continue;
      }
      const { fields, line, text: written } = result.record;
      if (header === null) {
        header = this.#header(fields, line, written);
        if (header === null) return;
        continue;
      }
      const cells = this.#cells(header, fields);
      const read =
        cells === null
          ? { fault: `it has ${fields.length} fields, and the header has ${header.length}` }
          : this.#format.fromCells(cells);
      if ('fault' in read) this.#report(line, written, read.fault);
      else this.#take(read.value, line, written);
    }
  }

  #header(fields: readonly string[], line: number, written: string): readonly (string | null)[] | null {
    const { columns, required, noun } = this.#format;
    const named = fields.map((field) => columns[field.trim().toLowerCase()] ?? null);
    const unknown = fields.filter((field, i) => named[i] === null && field.trim() !== '');
    const missing = required.filter((column) => !named.includes(column));
    for (const field of unknown) {
      const suggestion = nearest(field.trim().toLowerCase(), Object.keys(columns));
      this.#report(
        line,
        written,
        `\`${field}\` is no column of a ${noun}`,
        suggestion === null ? undefined : `did you mean \`${suggestion}\`?`,
      );
    }
    for (const column of missing) this.#report(line, written, `the header lacks \`${column}\``);
    return unknown.length + missing.length === 0 ? named : null;
  }

  #cells(header: readonly (string | null)[], fields: readonly string[]): Record<string, string> | null {
    if (fields.length > header.length && fields.slice(header.length).some((field) => field.trim() !== '')) return null;
    const cells: Record<string, string> = {};
    header.forEach((column, i) => {
      const cell = unguard(fields[i] ?? '').trim();
      if (column !== null && cell !== '') cells[column] = cell;
    });
    return cells;
  }

  #take(value: unknown, line: number, written: string): void {
    const parsed = this.#format.schema.safeParse(value);
    if (!parsed.success) {
      for (const issue of parsed.error.issues) {
        const where = issue.path.length === 0 ? '' : `\`${issue.path.join('.')}\`: `;
        const missing = issue.code === 'invalid_type' && issue.message.endsWith('received undefined');
        this.#report(line, written, `${where}${missing ? 'is missing' : boundText(issue)}`);
      }
      return;
    }
    const fault = this.#format.fault(parsed.data);
    const { sku } = parsed.data;
    const earlier = this.#seen.get(sku);
    const wrong = fault ?? (earlier === undefined ? null : `\`${sku}\` stands on line ${earlier} already`);
    if (wrong !== null) {
      this.#report(line, written, wrong);
      return;
    }
    this.#seen.set(sku, line);
    this.lines.push(parsed.data);
    this.places.push(line);
  }

  #report(line: number, written: string, reason: string, remedy?: string): void {
    this.bad += 1;
    if (this.problems.length >= MOST_TOLD) return;
    const shown = written.length > SHOWN ? `${written.slice(0, SHOWN)}…` : written;
    this.problems.push({
      code: `invalid-${this.#format.noun}`,
      severity: 'error',
      message: shown === '' ? reason : `${reason}: ${shown}`,
      ...(remedy === undefined ? {} : { remedy }),
      place: { file: this.#file, line },
    });
  }
}
