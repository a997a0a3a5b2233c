import type { CompiledRuleset } from '../compiled.ts';
import { witnessesOf } from '../lint/witness.ts';
import { fallbackLocation, matchRule, windowEdges } from '../match.ts';
import { parseRequestUrl, type RequestUrl, UrlError } from '../url.ts';

/** A URL whose answer two rulesets differ about. */
export interface Difference {
  readonly url: string;
  /** Epoch milliseconds. */
  readonly at: number;
  /** The rule of the second ruleset that answers; -1 where none does. */
  readonly index: number;
}

export interface Comparison {
  /** How many URLs were asked for. */
  readonly urls: number;
  readonly differences: readonly Difference[];
}

/**
 * Asks two rulesets for every URL, and lists where status or Location differ, at every instant at which either answer
 * may change; what no rule takes has the fallback's answer. Texts that are no URLs are passed over, since no visitor can ask for them.
 */
export function compareAnswers(before: CompiledRuleset, after: CompiledRuleset, urls: Iterable<string>): Comparison {
  let count = 0;
  const differences: Difference[] = [];
  for (const text of urls) {
    const url = readUrl(text);
    if (url === undefined) continue;
    count++;
    for (const at of instantsOf(before, after, url)) {
      const [one, other] = [answerOf(before, url, at), answerOf(after, url, at)];
      if (one.status !== other.status || one.location !== other.location)
        differences.push({ url: text, at, index: other.index });
    }
  }
  return { urls: count, differences };
}

interface Answer {
  readonly index: number;
  /** Null: a page. */
  readonly status: number | null;
  readonly location: string | null;
}

function answerOf(compiled: CompiledRuleset, url: RequestUrl, at: number): Answer {
  const result = matchRule(compiled, url, at);
  if (result.kind === 'rule') return result;
  const { fallback } = compiled.options;
  const location = fallbackLocation(compiled.options, url);
  const leads = fallback !== undefined && (fallback.status === 410 || location !== null);
  return { index: -1, status: leads ? fallback.status : null, location };
}

function instantsOf(before: CompiledRuleset, after: CompiledRuleset, url: RequestUrl): readonly number[] {
  const edges = [...windowEdges(before, url), ...windowEdges(after, url)];
  if (edges.length === 0) return [0];
  const first = edges.reduce((least, edge) => Math.min(least, edge), Number.POSITIVE_INFINITY);
  return [first - 1, ...new Set(edges)];
}

/** What visitors of a ruleset's rules may ask for: their own URLs over either scheme, with a query, with a slash. */
export function* urlsOf(compiled: CompiledRuleset): Generator<string> {
  const slashed = compiled.options.trailingSlash === 'ignore';
  for (let index = 0; index < compiled.rules.length; index++) {
    for (const url of witnessesOf(compiled, index)) {
      yield url;
      yield url.startsWith('https:') ? `http:${url.slice(6)}` : `https:${url.slice(5)}`;
      yield `${url}${url.includes('?') ? '&' : '?'}utm_source=mail`;
      if (slashed && !url.includes('?') && !url.endsWith('/')) yield `${url}/`;
      if (compiled.options.case === 'ignore') yield inUpperCase(url);
    }
  }
}

function inUpperCase(url: string): string {
  const path = url.indexOf('/', 8);
  const end = url.indexOf('?', path);
  const stop = end < 0 ? url.length : end;
  return url.slice(0, path) + url.slice(path, stop).toUpperCase() + url.slice(stop);
}

function readUrl(text: string): RequestUrl | undefined {
  try {
    return parseRequestUrl(text);
  } catch (error) {
    if (error instanceof UrlError) return undefined;
    throw error;
  }
}
