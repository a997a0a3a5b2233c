import { readHeader } from '../../redirects/formats/csv-columns.ts';
import { delimiterOf, readRecords, unguard, writeField } from '../../redirects/formats/csv-records.ts';
import type { ChosenFixes } from '../../redirects/lint/index.ts';
import { DEFAULT_STATUS, type RedirectRule } from '../../redirects/rule.ts';

/**
 * A CSV text with fixes carried out in its lines; every other line stays as it is, to the byte, so that a diff shows
 * the fixes and nothing else. Undefined where the text has no header that is known, or no column for what a fix says.
 *
 * @param lines the line of each rule, from 1
 * @param fixed the columns of a format that has no header, with commas between them
 */
export function fixCsv(
  text: string,
  lines: Uint32Array,
  fixes: ChosenFixes,
  fixed?: readonly string[],
): string | undefined {
  const delimiter = fixed === undefined ? delimiterOf(text) : ',';
  const indexAt = new Map([...lines].map((line, index) => [line, index]));
  let columns = fixed;
  let out = '';
  let done = 0;
  let at = 0;
  for (const result of readRecords(text, delimiter)) {
    const written = result.kind === 'record' ? result.record : result.bad;
    const start = text.indexOf(written.text, at);
    at = start + written.text.length;
    if (result.kind === 'bad') continue;
    if (columns === undefined) {
      const header = readHeader(result.record.fields);
      if (header.kind === 'bad') return undefined;
      columns = header.columns;
      continue;
    }
    const index = indexAt.get(written.line) ?? -1;
    if (fixes.removed.has(index)) {
      out += text.slice(done, start);
      done = at + (/^(?:\r\n|\n|\r)/.exec(text.slice(at, at + 2))?.[0].length ?? 0);
    }
    const target = fixes.retargeted.get(index);
    if (target === undefined) continue;
    const fields = withCells(result.record.fields, columns, { to: target.to, status: String(target.status) });
    if (fields === undefined) return undefined;
    out += text.slice(done, start) + fields.map((field) => writeField(unguard(field))).join(delimiter);
    done = at;
  }
  out += text.slice(done);
  if (columns === undefined) return undefined;
  for (const rule of fixes.added) {
    const fields = withCells(
      columns.map(() => ''),
      columns,
      cellsOf(rule),
    );
    if (fields === undefined) return undefined;
    const end = text.includes('\r\n') ? '\r\n' : '\n';
    out += `${out === '' || /[\r\n]$/.test(out) ? '' : end}${fields.map(writeField).join(delimiter)}${end}`;
  }
  return out;
}

function cellsOf({ from, to, status, query }: RedirectRule): Readonly<Record<string, string>> {
  return {
    from,
    to: to ?? '',
    status: String(status ?? DEFAULT_STATUS),
    ...(typeof query === 'string' ? { query } : {}),
  };
}

/** The fields with some cells replaced; undefined where a value would have no column, but for a status that is usual. */
function withCells(
  fields: readonly string[],
  columns: readonly string[],
  cells: Readonly<Record<string, string>>,
): readonly string[] | undefined {
  const next = [...fields];
  for (const [column, value] of Object.entries(cells)) {
    const place = columns.indexOf(column);
    if (place >= 0) {
      while (next.length <= place) next.push('');
      next[place] = value;
    } else if (column !== 'status' || value !== String(DEFAULT_STATUS)) return undefined;
  }
  return next;
}
