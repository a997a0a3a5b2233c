import { type Delimiter, delimiterOf, readRecords, unguard } from '../formats/csv-records.ts';
import { badLine, NOTHING, readHits, type VisitLine } from './visit-line.ts';

const URLS = ['url', 'uri', 'address', 'page', 'pages', 'toppages', 'path', 'pagepath', 'landingpage', 'loc', 'from'];
const HITS = ['hits', 'count', 'counts', 'visits', 'views', 'pageviews', 'clicks', 'sessions', 'requests', 'users'];

/** Which columns hold the address and the count; a count of -1 means that each line is one hit. */
export interface VisitColumns {
  readonly delimiter: Delimiter;
  readonly url: number;
  readonly hits: number;
  /** The first line holds names, and no visit. */
  readonly header: boolean;
}

/** Reads what a first line says of the columns: by their names, or from an address and a count; else undefined. */
export function visitColumns(line: string): VisitColumns | undefined {
  const delimiter = delimiterOf(line);
  const cells = fieldsOf(line, delimiter) ?? [];
  if (cells.length < 2) return undefined;
  const names = cells.map((cell) => cell.toLowerCase().replace(/[^a-z]/g, ''));
  const columnOf = (known: readonly string[]): number => names.findIndex((name) => known.includes(name));
  const url = columnOf(URLS);
  if (url >= 0) return { delimiter, url, hits: columnOf(HITS), header: true };
  const isAddress = /^(https?:\/\/|\/)\S*$/i.test(cells[0] ?? '');
  const isCounted = cells.length === 2 && readHits(cells[1] ?? '') !== undefined;
  return isAddress && isCounted ? { delimiter, url: 0, hits: 1, header: false } : undefined;
}

export function readCsvLine(line: string, columns: VisitColumns): VisitLine {
  if (line.trim() === '') return NOTHING;
  const cells = fieldsOf(line, columns.delimiter);
  if (cells === undefined) return badLine('it is no CSV record');
  const url = cells[columns.url] ?? '';
  if (url === '') return badLine('it has no address');
  if (columns.hits < 0) return { kind: 'visit', url, hits: 1 };
  const hits = readHits(cells[columns.hits] ?? '');
  return hits === undefined ? badLine('its count is no whole number') : { kind: 'visit', url, hits };
}

function fieldsOf(line: string, delimiter: Delimiter): readonly string[] | undefined {
  const [first] = readRecords(line, delimiter);
  return first?.kind === 'record' ? first.record.fields.map(unguard) : undefined;
}
