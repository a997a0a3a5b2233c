import type { HeaderMap } from './header-map.ts';

/** The columns that are known: the rule's own keys, and what other systems call the same things. */

export type Column =
  | 'from'
  | 'to'
  | 'status'
  | 'match'
  | 'query'
  | 'windowFrom'
  | 'windowUntil'
  | 'priority'
  | 'note'
  | 'enabled'
  | 'domain'
  | 'ignored';

/** Keys are header cells in lower case with everything but letters and digits left out. */
const COLUMNS: ReadonlyMap<string, Column> = new Map([
  ['from', 'from'],
  ['to', 'to'],
  ['status', 'status'],
  ['match', 'match'],
  ['query', 'query'],
  ['windowfrom', 'windowFrom'],
  ['windowuntil', 'windowUntil'],
  ['priority', 'priority'],
  ['note', 'note'],
  ['enabled', 'enabled'],
  // GOV.UK's transition mappings, and the names people give the two columns themselves.
  ['oldurl', 'from'],
  ['newurl', 'to'],
  ['suggestedlink', 'ignored'],
  ['archivelink', 'ignored'],
  ['source', 'from'],
  ['target', 'to'],
  ['statuscode', 'status'],
  // Shopify.
  ['redirectfrom', 'from'],
  ['redirectto', 'to'],
  // VTEX: from;to;type;endDate;binding.
  ['type', 'status'],
  ['enddate', 'windowUntil'],
  ['binding', 'ignored'],
  // BigCommerce: Domain,Old Path,Manual URL/Path,Dynamic Target Type,Dynamic Target ID.
  ['domain', 'domain'],
  ['oldpath', 'from'],
  ['manualurlpath', 'to'],
  ['manualurl', 'to'],
  ['dynamictargettype', 'ignored'],
  ['dynamictargetid', 'ignored'],
]);

export type Header =
  | { readonly kind: 'header'; readonly columns: readonly Column[] }
  | { readonly kind: 'bad'; readonly reason: string };

const likeness = (cell: string): string => cell.toLowerCase().replace(/[^a-z0-9]/g, '');

/** No column is named by a path or a URL. */
const looksLikeRule = (cells: readonly string[]): boolean => cells.some((cell) => /^\s*(?:\/|https?:\/\/)/.test(cell));

/** @param map says what columns mean that would not be known, or would be taken for something else */
export function readHeader(cells: readonly string[], map: HeaderMap = new Map()): Header {
  const absent = [...map.keys()].find((name) => !cells.includes(name));
  if (absent !== undefined)
    return { kind: 'bad', reason: `there is no column "${absent}"; there are ${cells.join(', ')}` };
  const columns: Column[] = [];
  for (const cell of cells) {
    const key = map.get(cell);
    const column = key === 'ignore' ? 'ignored' : COLUMNS.get(likeness(key ?? cell));
    if (column === undefined)
      return {
        kind: 'bad',
        reason: looksLikeRule(cells)
          ? 'the header is missing: the first line is a rule, and has to name the columns, as in from,to,status'
          : `the column "${cell}" is not known; known are from, to, status, match, query, window.from, window.until, priority, note, enabled`,
      };
    if (column !== 'ignored' && columns.includes(column))
      return { kind: 'bad', reason: `the column "${cell}" occurs twice` };
    columns.push(column);
  }
  if (!columns.includes('from')) return { kind: 'bad', reason: 'the header has no column "from"' };
  if (!columns.includes('to')) return { kind: 'bad', reason: 'the header has no column "to"' };
  return { kind: 'header', columns };
}
