import type { Decider } from '../domain/state/answer.ts';
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

/** What a URL is to do. */
export interface Expectation {
  readonly url: string;
  readonly hops: readonly Hop[];
  /** Of the first answer. */
  readonly decidedBy: DecidedBy;
  /**
   * `own`: the site itself still answers, as it sees fit; `unsaid`: all that is known is that the URL is not
   * redirected.
   */
  readonly end: 'page' | 'gone' | 'endless' | 'own' | 'unsaid';
}

/** What decides an answer, in the words of an explanation. */
export interface DecidedBy {
  readonly kind: Decider;
  /** Null where rules stand alone, without a ruleset's name. */
  readonly id: string | null;
  /** Index of the rule in its ruleset, where it is one. */
  readonly rule: number | null;
}

/** What the engine says of a URL at an instant (epoch milliseconds), followed through the rules to its end. */
export function expectationOf(ruleset: CompiledRuleset, url: string, at: number): Expectation {
  const hops: Hop[] = [];
  let decidedBy: DecidedBy = { kind: 'none', id: null, rule: null };
  for (let asked = url; ; ) {
    const answer = engineAnswer(ruleset, requestFor(asked), at);
    if (hops.length === 0) decidedBy = deciderOf(answer?.rule ?? null);
    if (answer === undefined || answer.rule === null)
      return { url, hops, decidedBy, end: hops.length === 0 ? 'unsaid' : 'page' };
    if (answer.location === null) return { url, hops, decidedBy, end: 'gone' };
    if (hops.length === MOST_HOPS) return { url, hops, decidedBy, end: 'endless' };
    hops.push({ url: asked, status: answer.status, location: answer.location });
    asked = answer.location;
  }
}

/** The engine calls the fallback -1. */
function deciderOf(rule: number | null): DecidedBy {
  if (rule === null) return { kind: 'none', id: null, rule: null };
  return rule < 0 ? { kind: 'fallback', id: null, rule: null } : { kind: 'rule', id: null, rule };
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
