import { readHeader } from './csv-columns.ts';
import { delimiterOf, readRecords } from './csv-records.ts';
import type { RuleFormat } from './format.ts';

export type Sniffed =
  | { readonly kind: 'format'; readonly format: RuleFormat }
  /** No format of rules; `reason` is one sentence without a full stop. */
  | { readonly kind: 'none'; readonly reason: string };

/** Content that is known by its first bytes and holds no rules. */
const FOREIGN: readonly (readonly [string, string])[] = [
  ['PK\u0003\u0004', 'it is a zip archive (or a spreadsheet); unpack it, or save it as CSV'],
  ['%PDF', 'it is a PDF'],
  ['<', 'it is HTML or XML'],
  ['[', 'it is a JSON array; write one object a line'],
];

/** How much of a text is looked at; the first line with content decides. */
export const LOOKED_AT = 65_536;

/**
 * The format of a text, by its content. The two dialects of `_redirects` look the same and differ in what they mean:
 * it is taken for Netlify's, and who means Cloudflare's has to say so.
 */
export function sniffFormat(text: string): Sniffed {
  const start = text.slice(text.startsWith('\uFEFF') ? 1 : 0, LOOKED_AT);
  if (start.trim() === '') return { kind: 'none', reason: 'it is empty' };
  if (start.startsWith('\u001F\u008B') || start.startsWith('\u001F\uFFFD'))
    return { kind: 'none', reason: 'it is gzip' };
  const content = start.trimStart();
  const foreign = FOREIGN.find(([opening]) => content.startsWith(opening));
  if (foreign !== undefined) return { kind: 'none', reason: foreign[1] };
  if (start.includes('\u0000')) return { kind: 'none', reason: 'it holds a NUL: it is no text' };
  if (content.startsWith('{')) return { kind: 'format', format: 'ndjson' };
  const line = content.split(/\r\n|\n|\r/).find((one) => one.trim() !== '' && !/^\s*#/.test(one)) ?? '';
  if (line === '') return { kind: 'format', format: 'netlify' };
  const fields = fieldsOf(line);
  if (fields.length > 1 && readHeader(fields).kind === 'header') return { kind: 'format', format: 'csv' };
  if (isBulk(line)) return { kind: 'format', format: 'cloudflare-bulk' };
  if (/^(?:\/|https?:\/\/)\S*\s+\S/i.test(line.trim())) return { kind: 'format', format: 'netlify' };
  // A header with a column that is not known is a CSV whose first bad line says so.
  if (fields.length > 1) return { kind: 'format', format: 'csv' };
  return { kind: 'none', reason: 'its first line is no header, no rule, no JSON object' };
}

function fieldsOf(line: string): readonly string[] {
  for (const result of readRecords(line, delimiterOf(line)))
    return result.kind === 'record' ? result.record.fields : [];
  return [];
}

/** Two URLs lead a line of Bulk Redirects; the first may lack its scheme, the second may not. */
function isBulk(line: string): boolean {
  for (const result of readRecords(line, ',')) {
    if (result.kind === 'bad') return false;
    const [source = '', target = ''] = result.record.fields;
    return /^(?:https?:\/\/)?[^\s/,]+\.[^\s/,]+(?:\/|$)/i.test(source) && /^https?:\/\//i.test(target);
  }
  return false;
}
