import { canonicalPath, canonicalQuery } from '../redirects/canonical.ts';
import { hasControlCharacter } from '../redirects/characters.ts';
import type { CompiledRuleset } from '../redirects/compiled.ts';
import { isStaticHost, type ProvenEdge } from '../redirects/edges/edge.ts';
import { isUsualSpelling } from '../redirects/edges/spelling.ts';
import { fallbackLocation, matchRule } from '../redirects/match.ts';
import { parseRequestUrl, type RequestUrl, siteUrlCovers, UrlError } from '../redirects/url.ts';
import type { ProofRequest } from './proof-request.ts';
import { SERVER_SECRET } from './server-secret.ts';

/** What a request is answered with, by the engine or by a server. */
export interface ProofAnswer {
  readonly status: number;
  readonly location: string | null;
}

/** The engine's answer, and what decided it: -1 is the fallback, null nothing. */
export interface EngineAnswer extends ProofAnswer {
  readonly rule: number | null;
}

export const NO_RULE = 404;

/** @returns undefined where the request is for no URL at all */
export function engineAnswer(ruleset: CompiledRuleset, request: ProofRequest, at: number): EngineAnswer | undefined {
  let url: RequestUrl;
  try {
    url = parseRequestUrl(`${request.scheme}://${request.host}${request.target}`);
  } catch (error) {
    if (error instanceof UrlError) return undefined;
    throw error;
  }
  const match = matchRule(ruleset, url, at);
  if (match.kind === 'rule') return { status: match.status, location: match.location, rule: match.index };
  return fallbackAnswer(ruleset, url) ?? { status: NO_RULE, location: null, rule: null };
}

function fallbackAnswer(ruleset: CompiledRuleset, url: RequestUrl): EngineAnswer | undefined {
  const { fallback } = ruleset.options;
  if (fallback === undefined || !ruleset.sites.some((site) => siteUrlCovers(site, url) >= 0)) return undefined;
  return { status: fallback.status, location: fallbackLocation(ruleset.options, url), rule: -1 };
}

export type Verdict =
  | { readonly kind: 'agreed' }
  /** The server would not take the request, and need not. */
  | { readonly kind: 'refused' }
  /** A spelling of the path that servers cannot bring into canonical form; the answer does no harm. */
  | { readonly kind: 'spelling' }
  /** The exporter said that this rule loses something. */
  | { readonly kind: 'lost'; readonly rule: number }
  | { readonly kind: 'differs'; readonly why: string };

export interface Comparison {
  readonly ruleset: CompiledRuleset;
  readonly request: ProofRequest;
  readonly expected: EngineAnswer | undefined;
  readonly actual: ProofAnswer;
  readonly lossy: ReadonlySet<number>;
  readonly edge: ProvenEdge;
}

export function compareAnswers({ edge, ruleset, request, expected, actual: given, lossy }: Comparison): Verdict {
  const comparable = (one: ProofAnswer): ProofAnswer => (isStaticHost(edge) ? asFollowed(edge, request, one) : one);
  const actual = comparable(given);
  const harm = harmOf(ruleset, request, actual);
  if (harm !== null) return { kind: 'differs', why: harm };
  if (expected !== undefined && sameAnswer(comparable(expected), actual)) return { kind: 'agreed' };
  if (mayBeRefused(request) && actual.location === null && isRefusal(request, actual.status))
    return { kind: 'refused' };
  if (expected === undefined) {
    return actual.location === null
      ? { kind: 'refused' }
      : { kind: 'differs', why: 'it is for no URL, and is redirected' };
  }
  const [, rawPath = '', rawQuery = ''] = /^([^?#]*)(?:\?([^#]*))?/.exec(request.target) ?? [];
  if (!isUsualSpelling(edge, rawPath, rawQuery)) return { kind: 'spelling' };
  if (expected.rule !== null && lossy.has(expected.rule)) return { kind: 'lost', rule: expected.rule };
  return { kind: 'differs', why: 'the engine answers otherwise' };
}

/**
 * Hosts of static sites read and write URLs as browsers do (WHATWG URL), relative ones too: an answer with the URL that
 * a browser makes of its Location, or as it is where there is none to make.
 */
function asFollowed(edge: ProvenEdge, { scheme, host, target }: ProofRequest, answer: ProofAnswer): ProofAnswer {
  const base = `${scheme}://${host}${target}`;
  if (answer.location === null || hasControlCharacter(answer.location) || !URL.canParse(answer.location, base))
    return answer;
  const url = new URL(answer.location, base);
  // Netlify writes a visitor's query anew, as a form does: the same parameters in other words.
  if (edge === 'netlify') url.search = new URLSearchParams(url.search).toString();
  return { ...answer, location: url.href };
}

/** Bad request, forbidden, too long: what a server says of a request that it will not look at. */
const REFUSALS: readonly number[] = [400, 403, 414, 431];

/** Apache says "not found" of every path with a NUL, before any rule is looked at. */
const isRefusal = ({ target }: ProofRequest, status: number): boolean =>
  REFUSALS.includes(status) || (status === NO_RULE && target.includes('%00'));

/** What no browser sends, and what is longer than servers take by default. */
function mayBeRefused(request: ProofRequest): boolean {
  return request.hostile || request.target.length > 4000 || !/^[\w.-]+(?::\d+)?$/.test(request.host) || climbs(request);
}

/** Paths that climb above the root. */
function climbs({ target }: ProofRequest): boolean {
  let depth = 0;
  for (const segment of (target.split(/[?#]/, 1)[0] ?? '').split('/').slice(1)) {
    const name = segment.replace(/%2e/gi, '.');
    if (name === '..') depth--;
    else if (name !== '.') depth++;
    if (depth < 0) return true;
  }
  return false;
}

/** Harm is a visitor on a host that no rule names, a header that a visitor wrote, or what the server keeps to itself. */
function harmOf(ruleset: CompiledRuleset, request: ProofRequest, { location }: ProofAnswer): string | null {
  if (location === null) return null;
  if (hasControlCharacter(location)) return 'its Location holds a control character';
  if (location.includes(SERVER_SECRET.value)) return 'its Location holds a variable of the server’s environment';
  const origin = /^https?:\/\/[^/?#\\]*/i.exec(location)?.[0].toLowerCase();
  if (origin === undefined) return 'its Location is not absolute';
  if (targetOrigins(ruleset).has(origin) || origin === ownOrigin(request)) return null;
  return 'its Location is on a host that no rule names';
}

const origins = new WeakMap<CompiledRuleset, ReadonlySet<string>>();

function targetOrigins(ruleset: CompiledRuleset): ReadonlySet<string> {
  const known = origins.get(ruleset);
  if (known !== undefined) return known;
  const { fallback } = ruleset.options;
  const texts = [...ruleset.targets, fallback !== undefined && 'to' in fallback ? fallback.to : undefined];
  const found = new Set(texts.flatMap((text) => /^https?:\/\/[^/?#]*/i.exec(text ?? '')?.[0].toLowerCase() ?? []));
  origins.set(ruleset, found);
  return found;
}

function ownOrigin({ scheme, host }: ProofRequest): string | undefined {
  try {
    return `${scheme}://${parseRequestUrl(`${scheme}://${host}/`).hostKey}`;
  } catch {
    return undefined;
  }
}

function sameAnswer(expected: ProofAnswer, actual: ProofAnswer): boolean {
  if (expected.status !== actual.status) return false;
  if (expected.location === null || actual.location === null) return expected.location === actual.location;
  return comparableLocation(expected.location) === comparableLocation(actual.location);
}

/** Two spellings of one URL are one Location (RFC 3986, section 6.2.2); an empty parameter is none. */
export function comparableLocation(location: string): string {
  const found = /^([a-z]+:\/\/[^/?#]*)([^?#]*)(?:\?([^#]*))?(?:#(.*))?$/is.exec(location);
  if (found === null) return location;
  const [, origin = '', path = '', query = '', fragment] = found;
  const parameters = canonicalQuery(query)
    .split('&')
    .filter((one) => one !== '');
  return `${origin.toLowerCase()}${canonicalPath(path)}?${parameters.join('&')}${fragment === undefined ? '' : `#${fragment}`}`;
}
