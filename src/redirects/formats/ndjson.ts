import { MATCH_KINDS, type MatchKind, type QueryPolicy, type RedirectRule, type RuleWindow } from '../rule.ts';
import type { HeaderMap } from './header-map.ts';
import { bad, linesOf, type RuleLine, type TextLine, tooLong } from './line.ts';
import type { RuleWriter } from './rule-writer.ts';

const KEYS = ['from', 'to', 'status', 'match', 'query', 'window', 'priority', 'note', 'enabled'] as const;

type Key = (typeof KEYS)[number];

type Writable<T> = { -readonly [K in keyof T]: T[K] };

/** Rules as JSON objects, one a line (NDJSON); the keys are those of a rule. Blank lines are fine. */
export function* ndjsonLines(text: string | Iterable<string>, map: HeaderMap = new Map()): Generator<RuleLine> {
  for (const line of linesOf(text)) {
    const row = ndjsonRow(line, map);
    if (row !== undefined) yield row;
  }
}

/** What one line comes to; undefined for a blank one. */
export function ndjsonRow(
  { line, text: written, length = written.length }: TextLine & { readonly length?: number },
  map: HeaderMap = new Map(),
): RuleLine | undefined {
  const long = tooLong(length);
  if (long === undefined && written.trim() === '') return undefined;
  const rule = long ?? readObject(written, map);
  return typeof rule === 'string' ? bad(line, written, rule) : { kind: 'rule', rule, line };
}

/** Writes rules as NDJSON; the keys stand in one order. */
export const NDJSON_WRITER: RuleWriter = {
  head: '',
  line(rule) {
    const ordered = Object.fromEntries(KEYS.flatMap((key) => (rule[key] === undefined ? [] : [[key, rule[key]]])));
    return `${JSON.stringify(ordered)}\n`;
  },
};

/** The rule of a line, or the reason why there is none. */
function readObject(written: string, map: HeaderMap): RedirectRule | string {
  let value: unknown;
  try {
    value = JSON.parse(written);
  } catch {
    return 'it is not JSON';
  }
  if (!isObject(value)) return 'it is not a JSON object';
  const rule: Writable<RedirectRule> = { from: '' };
  for (const [name, item] of Object.entries(value)) {
    const key = keyOf(name, map);
    if (key === 'ignore' || item === null || item === '') continue;
    if (key === undefined) return `the key "${name}" is not known; known are ${KEYS.join(', ')}`;
    const reason = readValue(rule, key, item);
    if (reason !== undefined) return reason;
  }
  return rule.from === '' ? '`from` is missing' : rule;
}

function keyOf(name: string, map: HeaderMap): Key | 'ignore' | undefined {
  const mapped = map.get(name) ?? name;
  if (mapped === 'ignore') return 'ignore';
  return KEYS.find((key) => key === mapped);
}

function readValue(rule: Writable<RedirectRule>, key: Key, value: unknown): string | undefined {
  switch (key) {
    case 'from':
    case 'to':
    case 'note':
      if (typeof value !== 'string') return `\`${key}\` is not a text`;
      rule[key] = key === 'note' ? value : value.trim();
      return undefined;
    case 'status':
    case 'priority':
      if (typeof value !== 'number') return `\`${key}\` is not a number`;
      rule[key] = value;
      return undefined;
    case 'enabled':
      if (typeof value !== 'boolean') return '`enabled` is neither true nor false';
      rule.enabled = value;
      return undefined;
    case 'match': {
      const match = MATCH_KINDS.find((kind): kind is MatchKind => kind === value);
      if (match === undefined) return `\`match\` is none of ${MATCH_KINDS.join(', ')}`;
      rule.match = match;
      return undefined;
    }
    case 'query': {
      const query = queryOf(value);
      if (query === undefined) return '`query` is none of "preserve", "drop", {"significant": [names]}';
      rule.query = query;
      return undefined;
    }
    case 'window': {
      const window = windowOf(value);
      if (window === undefined) return '`window` is not {"from": time, "until": time}';
      rule.window = window;
      return undefined;
    }
  }
}

function queryOf(value: unknown): QueryPolicy | undefined {
  if (value === 'preserve' || value === 'drop') return value;
  if (!isObject(value) || Object.keys(value).join() !== 'significant') return undefined;
  const names: unknown = value['significant'];
  if (!Array.isArray(names) || !names.every((name): name is string => typeof name === 'string')) return undefined;
  return { significant: names };
}

function windowOf(value: unknown): RuleWindow | undefined {
  if (!isObject(value)) return undefined;
  const { from, until, ...rest } = value;
  if (Object.keys(rest).length > 0) return undefined;
  if ((from !== undefined && typeof from !== 'string') || (until !== undefined && typeof until !== 'string'))
    return undefined;
  return { ...(from === undefined ? {} : { from }), ...(until === undefined ? {} : { until }) };
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
