import { isCombined, readCombinedLine } from './combined.ts';
import { readCsvLine, visitColumns } from './csv-line.ts';
import { readJsonLine } from './json-line.ts';
import { badLine, NOTHING, readHits, type VisitLine } from './visit-line.ts';

export type LineReader = (line: string) => VisitLine;

/** A reader for lines like the first that is not blank; a line that is nothing else is a URL. */
export function lineReaderFor(first: string): LineReader {
  if (/^\s*[{"]/.test(first) && visitColumns(first) === undefined) return readJsonLine;
  if (isCombined(first)) return readCombinedLine;
  const columns = visitColumns(first);
  if (columns === undefined) return readUrlLine;
  let atHeader = columns.header;
  return (line) => {
    if (!atHeader) return readCsvLine(line, columns);
    atHeader = false;
    return NOTHING;
  };
}

/** A URL or a path, alone or behind its count as `uniq -c` writes it; `#` starts a comment. */
function readUrlLine(line: string): VisitLine {
  const text = line.trim();
  if (text === '' || text.startsWith('#')) return NOTHING;
  const [first = '', second] = text.split(/\s+/);
  if (second === undefined) return { kind: 'visit', url: first, hits: 1 };
  const hits = readHits(first);
  return hits === undefined
    ? badLine('it is neither a URL nor a count and a URL')
    : { kind: 'visit', url: second, hits };
}
