import { MATCH_KINDS, type MatchKind, type QueryPolicy, REDIRECT_STATUSES, type RedirectRule } from '../rule.ts';
import { type Column, readHeader } from './csv-columns.ts';
import { type CsvRecord, delimiterOf, type RecordResult, readRecords, unguard } from './csv-records.ts';
import type { HeaderMap } from './header-map.ts';
import { bad, collectLines, type RuleLine, type RulesText } from './line.ts';

/**
 * Reads rules from CSV (RFC 4180; a byte order mark, CRLF, blanks around values, `;` or tabs for commas are fine).
 * The header names the columns: the keys of a rule (`window.from` and `window.until` for its window) or the headers
 * other systems export. An empty cell is an absent key. Nothing is thrown.
 */
export function readRulesCsv(text: string | Iterable<string>, file?: string): RulesText {
  return collectLines(csvLines(text), 'invalid-csv', file);
}

/** The same, line by line; without a usable header there is one bad line and no more. */
export function* csvLines(text: string | Iterable<string>, map?: HeaderMap): Generator<RuleLine> {
  const whole = typeof text === 'string' ? text : [...text].join('');
  const rows = new CsvRows(map);
  for (const result of readRecords(whole, delimiterOf(whole))) {
    const row = rows.take(result);
    if (row !== undefined) yield row;
    if (rows.unreadable) return;
  }
  if (!rows.headed) yield NO_HEADER;
}

export const NO_HEADER = bad(1, '', 'there is no header line; at least from,to is needed');

/** The records of one text, of which the first is its header. */
export class CsvRows {
  readonly #map: HeaderMap | undefined;
  #columns: readonly Column[] | undefined;
  /** Whether there is no usable header: what follows says nothing. */
  unreadable = false;

  constructor(map?: HeaderMap) {
    this.#map = map;
  }

  get headed(): boolean {
    return this.#columns !== undefined;
  }

  /** What the header names; none before it. */
  get columns(): readonly Column[] {
    return this.#columns ?? [];
  }

  /** What a record comes to; undefined for the header. */
  take(result: RecordResult): RuleLine | undefined {
    if (result.kind === 'bad') {
      this.unreadable = this.#columns === undefined;
      return bad(result.bad.line, result.bad.text, result.bad.reason);
    }
    const { record } = result;
    const columns = this.#columns;
    if (columns === undefined) return this.#takeHeader(record);
    const rule = plainRule(record, columns) ?? readRule(record, columns);
    return typeof rule === 'string' ? bad(record.line, record.text, rule) : { kind: 'rule', rule, line: record.line };
  }

  #takeHeader(record: CsvRecord): RuleLine | undefined {
    const header = readHeader(record.fields, this.#map);
    if (header.kind === 'header') {
      this.#columns = header.columns;
      return undefined;
    }
    this.unreadable = true;
    return bad(record.line, record.text, header.reason);
  }
}

type Writable<T> = { -readonly [K in keyof T]: T[K] };

const PLAIN_STATUSES: ReadonlyMap<string, number> = new Map(
  REDIRECT_STATUSES.map((status) => [String(status), status]),
);

/** Source, target and status with nothing else, as most records are; made in one piece, it takes less memory. */
function plainRule({ fields }: CsvRecord, columns: readonly Column[]): RedirectRule | undefined {
  if (fields.length > columns.length) return undefined;
  let from = '';
  let to = '';
  let status: number | undefined;
  for (let index = 0; index < fields.length; index++) {
    const field = fields[index] ?? '';
    if (field === '') continue;
    if (field.startsWith("'")) return undefined;
    const column = columns[index];
    if (column === 'from') from = field.trim();
    else if (column === 'to') to = field.trim();
    else if (column === 'status') status = PLAIN_STATUSES.get(field);
    else if (column !== 'ignored') return undefined;
  }
  if (from === '' || status === undefined) return undefined;
  return to === '' ? { from, status } : { from, to, status };
}

/** The rule of a record, or the reason why there is none. */
function readRule(record: CsvRecord, columns: readonly Column[]): RedirectRule | string {
  const extra = record.fields.slice(columns.length);
  if (extra.some((field) => field !== ''))
    return `it has ${record.fields.length} fields and the header ${columns.length}`;
  const rule: Writable<RedirectRule> = { from: '' };
  const window: { from?: string; until?: string } = {};
  let domain = '';
  for (let index = 0; index < columns.length; index++) {
    const cell = record.fields[index] ?? '';
    const column = columns[index];
    if (cell === '' || column === undefined || column === 'ignored') continue;
    const value = unguard(cell);
    if (column === 'domain') domain = value.trim();
    else if (column === 'windowFrom') window.from = value.trim();
    else if (column === 'windowUntil') window.until = value.trim();
    else {
      const reason = readCell(rule, column, value);
      if (reason !== undefined) return reason;
    }
  }
  if (rule.from === '') return '`from` is empty';
  if (domain !== '' && rule.from.startsWith('/')) rule.from = domain.replace(/\/+$/, '') + rule.from;
  if (window.from !== undefined || window.until !== undefined) rule.window = window;
  return rule;
}

type RuleColumn = Exclude<Column, 'ignored' | 'domain' | 'windowFrom' | 'windowUntil'>;

function readCell(rule: Writable<RedirectRule>, column: RuleColumn, value: string): string | undefined {
  const text = value.trim();
  switch (column) {
    case 'from':
      rule.from = text;
      return undefined;
    case 'to':
      if (text !== '') rule.to = text;
      return undefined;
    case 'note':
      rule.note = value;
      return undefined;
    case 'status':
      return readStatus(rule, text);
    case 'match': {
      const match = MATCH_KINDS.find((kind): kind is MatchKind => kind === text.toLowerCase());
      if (match === undefined) return `match "${text}" is none of ${MATCH_KINDS.join(', ')}`;
      rule.match = match;
      return undefined;
    }
    case 'query': {
      const query = readQueryPolicy(text);
      if (query === undefined) return `query "${text}" is none of preserve, drop, significant:NAME NAME…`;
      rule.query = query;
      return undefined;
    }
    case 'priority': {
      const priority = text === '' ? Number.NaN : Number(text);
      if (!Number.isFinite(priority)) return `priority "${text}" is not a number`;
      rule.priority = priority;
      return undefined;
    }
    case 'enabled': {
      const enabled = BOOLEANS.get(text.toLowerCase());
      if (enabled === undefined) return `enabled "${text}" is neither true nor false`;
      rule.enabled = enabled;
      return undefined;
    }
  }
}

const BOOLEANS: ReadonlyMap<string, boolean> = new Map([
  ['true', true],
  ['false', false],
  ['yes', true],
  ['no', false],
  ['1', true],
  ['0', false],
]);

/** VTEX writes words. */
const STATUS_WORDS: ReadonlyMap<string, number> = new Map([
  ['permanent', 301],
  ['temporary', 302],
]);

function readStatus(rule: Writable<RedirectRule>, text: string): string | undefined {
  const status = STATUS_WORDS.get(text.toLowerCase()) ?? (/^\d{3}$/.test(text) ? Number(text) : undefined);
  if (status === undefined) return `status "${text}" is not an HTTP status`;
  rule.status = status;
  return undefined;
}

function readQueryPolicy(text: string): QueryPolicy | undefined {
  if (text === 'preserve' || text === 'drop') return text;
  if (!text.startsWith('significant:')) return undefined;
  const names = text
    .slice('significant:'.length)
    .split(' ')
    .filter((name) => name !== '');
  return { significant: names.map((name) => name.replaceAll('%20', ' ').replaceAll('%25', '%')) };
}
