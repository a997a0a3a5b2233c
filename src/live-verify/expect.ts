import { comparableLocation, engineAnswer } from '../edge-proof/answers.ts';
import type { CompiledRuleset } from '../redirects/compiled.ts';
import { formatUrl, parseRequestUrl } from '../redirects/url.ts';

/** More hops than this are too many for any visitor, and end a walk. */
export const MOST_HOPS = 10;

/** One redirect, as it is said or as it happened. */
export interface Hop {
  readonly url: string;
  readonly status: number;
  /** Absolute. */
  readonly location: string;
}

/** What a URL is to do by the rules. */
export interface Expectation {
  readonly url: string;
  readonly hops: readonly Hop[];
  /** Of the first answer: an index, -1 is the fallback, null no rule at all. */
  readonly rule: number | null;
  /** `unsaid`: no rule takes the URL, so all that is known is that it is not redirected. */
  readonly end: 'page' | 'gone' | 'endless' | 'unsaid';
}

/** What the engine says of a URL at an instant (epoch milliseconds), followed through the rules to its end. */
export function expectationOf(ruleset: CompiledRuleset, url: string, at: number): Expectation {
  const hops: Hop[] = [];
  let rule: number | null = null;
  for (let asked = url; ; ) {
    const answer = engineAnswer(ruleset, requestFor(asked), at);
    if (hops.length === 0) rule = answer?.rule ?? null;
    if (answer === undefined || answer.rule === null)
      return { url, hops, rule, end: hops.length === 0 ? 'unsaid' : 'page' };
    if (answer.location === null) return { url, hops, rule, end: 'gone' };
    if (hops.length === MOST_HOPS) return { url, hops, rule, end: 'endless' };
    hops.push({ url: asked, status: answer.status, location: answer.location });
    asked = answer.location;
  }
}

function requestFor(text: string): Parameters<typeof engineAnswer>[1] {
  const { protocol, host, pathname, search } = new URL(text);
  return { scheme: protocol === 'http:' ? 'http' : 'https', host, target: `${pathname}${search}`, hostile: false };
}

/** One text for all spellings of a URL that lead to the same place (RFC 3986, section 6.2). */
export function canonicalLocation(text: string): string {
  const hash = text.indexOf('#');
  try {
    return comparableLocation(`${formatUrl(parseRequestUrl(text))}${hash < 0 ? '' : text.slice(hash)}`);
  } catch {
    return text;
  }
}
