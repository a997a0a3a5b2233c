import { access } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { EXIT, Failure } from '../../domain/failure.ts';
import { type LineReader, lineReaderFor } from '../../redirects/visits/line-reader.ts';
import { SitemapScanner } from '../../redirects/visits/sitemap.ts';
import { NOTHING } from '../../redirects/visits/visit-line.ts';
import type { Surroundings } from '../surroundings.ts';
import { shownName, textPieces } from './text-pieces.ts';

/** A line that says nothing that could be counted. */
export interface BadVisit {
  readonly file: string;
  /** From 1; null in a sitemap, which has no lines of its own. */
  readonly line: number | null;
  readonly reason: string;
  readonly text: string;
}

export interface ReadVisits {
  readonly lines: number;
  /** Requests other than GET and HEAD. */
  readonly passedOver: number;
  readonly bad: { readonly count: number; readonly first: readonly BadVisit[] };
  /** Sitemaps that an index lists and that do not lie beside it. */
  readonly missing: readonly string[];
}

/** Takes a visit in; the reason where its address is none. */
export type AddVisit = (url: string, hits: number) => string | undefined;

export interface VisitsToRead {
  readonly files: readonly string[];
  readonly add: AddVisit;
  readonly onProgress?: (lines: number) => void;
  /** Awaited between two pieces of a file: what has piled up is worked off there. */
  readonly settle?: () => Promise<void>;
}

const MOST_BAD = 10;
const MOST_TEXT = 120;
/** Servers refuse request lines far shorter than this. */
const LONGEST = 65_536;
/** Lines between two reports of progress. */
const STEP = 50_000;

/**
 * Reads logs, lists and sitemaps, by content, in memory that does not grow with them. The sitemaps of an index are taken
 * from its own folder, by their names: nothing is asked of a network.
 *
 * @throws Failure `unreadable-file`
 */
export async function readVisits(surroundings: Surroundings, order: VisitsToRead): Promise<ReadVisits> {
  const reading = new Reading(order);
  const files = [...order.files];
  const known = new Set(files);
  for (const file of files) {
    for (const url of await reading.file(surroundings, file)) {
      const own = file === '-' ? '' : await besides(surroundings, file, url);
      if (own === '') reading.missing.push(url);
      else if (!known.has(own)) {
        known.add(own);
        // The loop goes on to what is added.
        files.push(own);
      }
    }
  }
  const { lines, passedOver, bad, missing } = reading;
  return { lines, passedOver, bad, missing };
}

async function besides({ cwd }: Surroundings, file: string, url: string): Promise<string> {
  const name = URL.canParse(url) ? (new URL(url).pathname.split('/').at(-1) ?? '') : '';
  const candidates = name === '' ? [] : [name, name.replace(/\.gz$/, ''), `${name}.gz`];
  for (const candidate of candidates) {
    const path = join(dirname(file), candidate);
    const there = await access(resolve(cwd, path)).then(
      () => true,
      () => false,
    );
    if (there) return path;
  }
  return '';
}

class Reading implements ReadVisits {
  lines = 0;
  passedOver = 0;
  readonly bad: { count: number; first: BadVisit[] } = { count: 0, first: [] };
  readonly missing: string[] = [];
  private readonly order: VisitsToRead;
  private readonly readers = new Map<string, LineReader>();

  constructor(order: VisitsToRead) {
    this.order = order;
  }

  /** Reads one file; the further sitemaps that it lists. */
  async file(surroundings: Surroundings, named: string): Promise<readonly string[]> {
    const file = shownName(named);
    const pieces = textPieces(surroundings, named);
    const start = await firstText(pieces);
    if (start === '') return [];
    if (start.trimStart().startsWith('<')) return this.sitemap(file, start, pieces);
    const reader = new LineReading((text, line) => this.line(file, line, text));
    reader.take(start);
    for await (const piece of pieces) {
      reader.take(piece);
      await this.order.settle?.();
    }
    reader.end();
    await this.order.settle?.();
    return [];
  }

  private async sitemap(file: string, start: string, pieces: AsyncIterable<string>): Promise<readonly string[]> {
    const scanner = new SitemapScanner();
    const further: string[] = [];
    const before = this.lines;
    const take = (piece: string): void => {
      for (const { kind, url } of scanner.feed(piece)) {
        this.count();
        if (kind === 'sitemap') further.push(url);
        else this.visit(file, null, url, 1, url);
      }
    };
    take(start);
    await this.order.settle?.();
    for await (const piece of pieces) {
      take(piece);
      await this.order.settle?.();
    }
    // Most of a site says nothing of the rest of it.
    if (scanner.cutOff !== null) throw cutOff(file, scanner.cutOff);
    if (this.lines === before) this.report({ file, line: null, reason: 'it is XML, and no sitemap', text: start });
    return further;
  }

  private line(file: string, line: number, text: string | null): void {
    this.count();
    if (text === null) {
      this.report({ file, line, reason: `it has more than ${LONGEST} characters`, text: '' });
      return;
    }
    let reader = this.readers.get(file);
    if (reader === undefined && text.trim() !== '') {
      reader = lineReaderFor(text);
      this.readers.set(file, reader);
    }
    const read = reader?.(text) ?? NOTHING;
    if (read.kind === 'visit') this.visit(file, line, read.url, read.hits, text);
    else if (read.kind === 'bad') this.report({ file, line, reason: read.reason, text });
    else if (read.kind === 'passed-over') this.passedOver += 1;
  }

  private visit(file: string, line: number | null, url: string, hits: number, text: string): void {
    const reason = this.order.add(url, hits);
    if (reason !== undefined) this.report({ file, line, reason, text });
  }

  private count(): void {
    this.lines += 1;
    if (this.lines % STEP === 0) this.order.onProgress?.(this.lines);
  }

  private report(bad: BadVisit): void {
    this.bad.count += 1;
    const text = bad.text.length > MOST_TEXT ? `${bad.text.slice(0, MOST_TEXT)}…` : bad.text;
    if (this.bad.first.length < MOST_BAD) this.bad.first.push({ ...bad, text });
  }
}

function cutOff(file: string, root: string): Failure {
  return new Failure({
    code: 'unreadable-file',
    exit: EXIT.usage,
    message: `${file} is cut off: it ends before </${root}>.`,
    remedy: 'Fetch it again, or wait until it is written to its end.',
    details: { file },
  });
}

/** The first piece that is more than white space, without a byte order mark, which decoding has taken. */
async function firstText(pieces: AsyncGenerator<string>): Promise<string> {
  let text = '';
  while (text.trim() === '') {
    const next = await pieces.next();
    if (next.done === true) return '';
    text += next.value;
  }
  return text;
}

/** Lines of a text that comes in pieces; one that is too long is given as null and never held whole. */
class LineReading {
  private readonly onLine: (text: string | null, line: number) => void;
  private line = 1;
  private rest = '';
  private tooLong = false;

  constructor(onLine: (text: string | null, line: number) => void) {
    this.onLine = onLine;
  }

  take(piece: string): void {
    let start = 0;
    for (let end = piece.indexOf('\n'); end >= 0; end = piece.indexOf('\n', start)) {
      this.rest += piece.slice(start, end);
      this.give();
      start = end + 1;
    }
    this.rest += piece.slice(start);
    if (this.rest.length <= LONGEST) return;
    this.tooLong = true;
    this.rest = '';
  }

  end(): void {
    if (this.rest !== '' || this.tooLong) this.give();
  }

  private give(): void {
    const isLong = this.tooLong || this.rest.length > LONGEST;
    this.onLine(isLong ? null : this.rest.replace(/\r$/, ''), this.line++);
    this.rest = '';
    this.tooLong = false;
  }
}
