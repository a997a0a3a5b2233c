import type { RedirectRule } from '../rule.ts';
import { type CsvRecord, type RecordResult, readRecords, unguard, writeField } from './csv-records.ts';
import { bad, type RuleLine } from './line.ts';

/**
 * Cloudflare's Bulk Redirects as CSV, without a header: source, target, status, preserve_query_string,
 * include_subdomains, subpath_matching, preserve_path_suffix. Only the first two must be there; flags are false where
 * they are left out, preserve_path_suffix among them (in Cloudflare's API it is true).
 */
export interface BulkRedirect {
  readonly source: string;
  readonly target: string;
  readonly status: number;
  readonly preserveQuery: boolean;
  readonly includeSubdomains: boolean;
  readonly subpaths: boolean;
  readonly preserveSuffix: boolean;
}

const FLAGS = ['preserve_query_string', 'include_subdomains', 'subpath_matching', 'preserve_path_suffix'] as const;
const BULK_STATUSES: readonly number[] = [301, 302, 307, 308];

export function isBulkStatus(status: number): boolean {
  return BULK_STATUSES.includes(status);
}

/** The rules of each line: several where one line covers what takes several rules here. */
export function* bulkLines(text: string | Iterable<string>): Generator<RuleLine> {
  const whole = typeof text === 'string' ? text : [...text].join('');
  for (const result of readRecords(whole, ',')) yield* bulkRow(result);
}

/** What one record comes to. */
export function bulkRow(result: RecordResult): readonly RuleLine[] {
  if (result.kind === 'bad') return [bad(result.bad.line, result.bad.text, result.bad.reason)];
  const { line, text } = result.record;
  const redirect = readBulk(result.record);
  const rules = typeof redirect === 'string' ? redirect : rulesOfBulk(redirect);
  if (typeof rules === 'string') return [bad(line, text, rules)];
  return rules.map((rule) => ({ kind: 'rule', rule, line }));
}

export function writeBulk(redirect: BulkRedirect): string {
  const flags = [redirect.preserveQuery, redirect.includeSubdomains, redirect.subpaths, redirect.preserveSuffix];
  const cells = [redirect.source, redirect.target, String(redirect.status), ...flags.map((flag) => String(flag))];
  return `${cells.map(writeField).join(',')}\r\n`;
}

function readBulk({ fields }: CsvRecord): BulkRedirect | string {
  const cells = fields.map((field) => unguard(field).trim());
  const [source = '', target = '', status = ''] = cells;
  if (cells.length > 7 && cells.slice(7).some((cell) => cell !== ''))
    return `it has ${cells.length} fields, more than 7`;
  if (source === '') return 'the source is empty';
  if (target === '') return 'the target is empty';
  if (status !== '' && !BULK_STATUSES.includes(Number(status)))
    return `status "${status}" is none of ${BULK_STATUSES.join(', ')}`;
  const flags: boolean[] = [];
  for (const [index, name] of FLAGS.entries()) {
    const cell = (cells[index + 3] ?? '').toLowerCase();
    if (cell !== '' && cell !== 'true' && cell !== 'false')
      return `${name} "${cells[index + 3]}" is neither true nor false`;
    flags.push(cell === 'true');
  }
  const [preserveQuery = false, includeSubdomains = false, subpaths = false, preserveSuffix = false] = flags;
  return {
    source,
    target,
    status: status === '' ? 301 : Number(status),
    preserveQuery,
    includeSubdomains,
    subpaths,
    preserveSuffix,
  };
}

function rulesOfBulk(redirect: BulkRedirect): readonly RedirectRule[] | string {
  const parts = /^((?:https?:)?\/\/)?([^/?#]+)([^?#]*)$/i.exec(redirect.source);
  if (parts === null) return /[?#]/.test(redirect.source) ? 'a source has no query' : 'the source has no host';
  const [, scheme = '', host = '', path = ''] = parts;
  if (host.includes('*') || path.includes('*'))
    return 'a source has no wildcard; include_subdomains and subpath_matching say it';
  const hosts = redirect.includeSubdomains ? [host, `*.${host}`] : [host];
  const rule = { status: redirect.status, query: redirect.preserveQuery ? 'preserve' : 'drop' } as const;
  return hosts.flatMap((one): RedirectRule[] => {
    const from = `${scheme}${one}${path === '' ? '/' : path}`;
    const base = from.replace(/\/+$/, '');
    if (!redirect.subpaths) return [{ from, to: redirect.target, ...rule, match: 'exact' }];
    if (redirect.preserveSuffix)
      return [{ from: base === '' ? '/' : from, to: redirect.target, ...rule, match: 'prefix' }];
    return [
      { from: path === '' || path === '/' ? `${base}/` : base, to: redirect.target, ...rule, match: 'exact' },
      { from: `${base}/*`, to: redirect.target, ...rule, match: 'pattern' },
    ];
  });
}
