import type { RedirectRule } from '../rule.ts';
import { orderRules } from './file-order.ts';
import { optionsOf } from './format.ts';
import { bad, linesOf, type RuleLine, tooLong } from './line.ts';

/** A `_redirects` file is read the same everywhere, and means something else at each host of static sites. */
export type Dialect = 'netlify' | 'cloudflare';

interface Entry {
  readonly from: string;
  readonly to: string;
  readonly status: number;
}

/**
 * Rules of a `_redirects` file: `from to [status]`, `#` for comments. There the first line that matches wins; here the
 * most specific rule does. A line whose URLs an earlier, less specific one takes is therefore reported as bad: it never
 * applies there, and would here.
 */
export function* redirectsLines(text: string | Iterable<string>, dialect: Dialect): Generator<RuleLine> {
  const read: RuleLine[] = [];
  const texts = new Map<number, string>();
  for (const { line, text: written } of linesOf(text)) {
    const content = written.replace(/(^|\s)#.*$/, '').trim();
    if (content === '') continue;
    texts.set(line, written);
    const entry = tooLong(written.length) ?? (dialect === 'netlify' ? netlifyEntry(content) : cloudflareEntry(content));
    if (typeof entry === 'string') read.push(bad(line, written, entry));
    else for (const rule of rulesOf(entry, dialect)) read.push({ kind: 'rule', rule, line });
  }
  const rules = read.flatMap((one) => (one.kind === 'rule' ? [one] : []));
  const order = orderRules(
    rules.map(({ rule }) => rule),
    optionsOf(dialect),
  );
  const positions = new Map(rules.map((one, index) => [one, index]));
  const live = new Set<number>();
  for (const [index, one] of rules.entries()) if (order[index]?.takenBy === undefined) live.add(one.line);
  const reported = new Set<number>();
  for (const one of read) {
    if (one.kind === 'bad') {
      yield one;
      continue;
    }
    const { takenBy: taker, instead } = order[positions.get(one) ?? -1] ?? {};
    if (taker === undefined) {
      yield one;
      if (instead !== undefined) yield { kind: 'rule', rule: instead, line: one.line };
    }
    // A line that became several rules still does its work through the others.
    else if (!live.has(one.line) && !reported.has(one.line)) {
      reported.add(one.line);
      yield bad(
        one.line,
        texts.get(one.line) ?? '',
        orderReason(rules[taker]?.line ?? 0, rules[taker]?.rule.from ?? ''),
      );
    }
  }
}

function orderReason(line: number, from: string): string {
  return `line ${line} (${from}) comes first and takes its URLs; in this format order decides, here the more specific rule`;
}

const NETLIFY_STATUSES: readonly number[] = [301, 302, 303, 307, 308];

/** `from [name=value…] to [status[!]] [Condition=…]` */
function netlifyEntry(content: string): Entry | string {
  const tokens = content.split(/\s+/);
  const from = tokens[0] ?? '';
  if (!isPlace(from)) return '`from` is neither a path nor a URL';
  const toAt = tokens.findIndex((token, index) => index > 0 && isPlace(token));
  if (toAt < 0) return 'there is no target: a path that starts with "/", or a URL';
  const parameters = tokens.slice(1, toAt);
  const wrong = parameters.find((token) => !/^[^=]+=/.test(token));
  if (wrong !== undefined) return `"${wrong}" stands where the target or a query parameter is expected`;
  const bound = parameters.find((token) => /=:/.test(token));
  if (bound !== undefined) return `the query parameter "${bound}" is a placeholder, which a rule here cannot have`;
  const rest = tokens.slice(toAt + 1);
  const code = /^(\d{3})!?$/.exec(rest[0] ?? '')?.[1];
  const conditions = code === undefined ? rest : rest.slice(1);
  if (conditions.length > 0) return `"${conditions[0]}" is a condition, which a rule here cannot have`;
  const status = code === undefined ? 301 : Number(code);
  if (!NETLIFY_STATUSES.includes(status)) return `status ${status} does not redirect`;
  if (/\*(?!$)/.test(from) || /[^/]\*$/.test(from)) return '"*" may only be the last segment of `from`';
  const query = parameters.length === 0 ? '' : `?${parameters.join('&')}`;
  return { from: from + query, to: tokens[toAt] ?? '', status };
}

const CLOUDFLARE_STATUSES: readonly number[] = [301, 302, 303, 307, 308];

/** `from to [status]`; 302 where it is left out. */
function cloudflareEntry(content: string): Entry | string {
  const tokens = content.split(/\s+/);
  const [from = '', to = '', code] = tokens;
  if (tokens.length < 2 || tokens.length > 3) return `it has ${tokens.length} words; 2 or 3 are expected`;
  if (!from.startsWith('/') || from.startsWith('//')) return '`from` is not a path';
  if (!isPlace(to)) return 'the target is neither a path nor a URL';
  if (code !== undefined && !/^\d{3}$/.test(code)) return `"${code}" is not a status`;
  const status = code === undefined ? 302 : Number(code);
  if (!CLOUDFLARE_STATUSES.includes(status))
    return status === 200 ? 'status 200 is a rewrite, not a redirect' : `status ${status} does not redirect`;
  if (from.includes('?')) return '`from` has a query, which this format does not match';
  if ((from.match(/\*/g) ?? []).length > 1) return 'more than one "*" in `from`';
  // Where a target's path begins with two slashes, it leaves one out.
  return { from, to: to.replace(/^(https:\/\/[^/]+)\/(?=\/)/, '$1'), status };
}

const isPlace = (token: string): boolean => token.startsWith('/') || /^https?:\/\//i.test(token);

function rulesOf(entry: Entry, dialect: Dialect): readonly RedirectRule[] {
  const { from, to, status } = entry;
  if (/[^/]\*|\*./.test(from) || (dialect === 'cloudflare' && /[^/]:[A-Za-z]|\/:[A-Za-z]\w*[^\w/]/.test(from)))
    return [splatAnywhere(entry)];
  const [path = '', query] = splitQuery(from);
  if (!path.endsWith('/*')) return [{ from, to, status }];
  const rule: RedirectRule = { from, to, status };
  const base = path.slice(0, -2);
  // Netlify's `/news/*` takes `/news` too; `/*` takes the root anyway.
  if (dialect === 'cloudflare' || base === '' || /^https?:\/\/[^/]*$/i.test(base)) return [rule];
  const companion = query === undefined ? base : `${base}?${query}`;
  return [rule, { from: companion, to: to.replaceAll(/:splat(?![A-Za-z0-9_])/g, ''), status }];
}

/** Cloudflare's `*` and `:name` may stand anywhere; what is no whole segment takes a regular expression here. */
function splatAnywhere({ from, to, status }: Entry): RedirectRule {
  const expression = from
    .split(/(\*|:[A-Za-z]\w*)/)
    .map((part) => {
      if (part === '*') return '(?P<splat>.*)';
      if (/^:[A-Za-z]/.test(part)) return `(?P<${part.slice(1)}>[^/]+)`;
      return part.replace(/[\\^$.|?+()[\]{}]/g, '\\$&');
    })
    .join('');
  return { from: expression, to, status, match: 'regex' };
}

function splitQuery(from: string): readonly [string, string | undefined] {
  const mark = from.indexOf('?');
  return mark < 0 ? [from, undefined] : [from.slice(0, mark), from.slice(mark + 1)];
}
