import { bulkRow } from './cloudflare-bulk.ts';
import { CsvRows, NO_HEADER } from './csv.ts';
import { type Delimiter, delimiterOf, type RecordResult } from './csv-records.ts';
import type { RuleFormat } from './format.ts';
import type { HeaderMap } from './header-map.ts';
import { MAX_LINE_LENGTH, type RuleLine } from './line.ts';
import { ndjsonRow } from './ndjson.ts';
import { LineStream, RecordStream } from './pieces.ts';
import { redirectsLines } from './redirects-file.ts';

/**
 * Reads rules from a text that comes in pieces. However it is cut, the lines are those of the whole text; CSV and NDJSON
 * are read in memory that does not grow with it.
 */
export interface RuleStream {
  /** What the next piece completes. */
  push(piece: string): readonly RuleLine[];
  /** What the end completes. */
  end(): readonly RuleLine[];
}

/** @param longest the longest record or line of CSV that there may be, in UTF-16 units */
export function ruleStream(format: RuleFormat, map?: HeaderMap, longest: number = MAX_LINE_LENGTH): RuleStream {
  switch (format) {
    case 'csv':
      return csvStream(map, longest);
    case 'cloudflare-bulk':
      return recordStream(() => ',', bulkRow, longest);
    case 'ndjson':
      return ndjsonStream(map);
    case 'netlify':
    case 'cloudflare':
      return redirectsStream(format);
  }
}

function csvStream(map: HeaderMap | undefined, longest: number): RuleStream {
  const rows = new CsvRows(map);
  const stream = recordStream(delimiterOf, (result) => (rows.unreadable ? [] : one(rows.take(result))), longest);
  return {
    push: (piece) => (rows.unreadable ? [] : stream.push(piece)),
    end() {
      if (rows.unreadable) return [];
      const lines = stream.end();
      return rows.headed || rows.unreadable ? lines : [...lines, NO_HEADER];
    },
  };
}

function recordStream(
  delimiterIn: (start: string) => Delimiter,
  rowsOf: (result: RecordResult) => readonly RuleLine[],
  longest: number,
): RuleStream {
  const records = new RecordStream(delimiterIn, longest);
  const take = (piece: string, last: boolean): readonly RuleLine[] => {
    const lines: RuleLine[] = [];
    records.take(piece, last, (result) => {
      for (const line of rowsOf(result)) lines.push(line);
    });
    return lines;
  };
  return { push: (piece) => take(piece, false), end: () => take('', true) };
}

function ndjsonStream(map: HeaderMap | undefined): RuleStream {
  const pieces = new LineStream();
  const take = (piece: string, last: boolean): readonly RuleLine[] =>
    pieces.take(piece, last).flatMap((line) => one(ndjsonRow(line, map)));
  return { push: (piece) => take(piece, false), end: () => take('', true) };
}

/** Which line wins depends on all of them, so these files, which hosts keep small, are read as a whole. */
function redirectsStream(format: 'netlify' | 'cloudflare'): RuleStream {
  const pieces: string[] = [];
  return {
    push(piece) {
      pieces.push(piece);
      return [];
    },
    end: () => [...redirectsLines(pieces.join(''), format)],
  };
}

function one(line: RuleLine | undefined): readonly RuleLine[] {
  return line === undefined ? [] : [line];
}
