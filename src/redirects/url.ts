import { canonicalPath, canonicalQuery } from './canonical.ts';
import { hasControlCharacter, isHostText } from './characters.ts';
import { canonicalHostPattern, hostKey, hostPatternCovers } from './host.ts';

export type Scheme = 'http' | 'https';

/** A URL as a visitor asks for it, in canonical form. The fragment never reaches a server and is not kept. */
export interface RequestUrl {
  readonly scheme: Scheme;
  readonly host: string;
  /** Empty for the default port, that of http and that of https alike. */
  readonly port: string;
  /** Host and port as rules are filed under. */
  readonly hostKey: string;
  readonly path: string;
  /** Without its `?`; empty where there is none. */
  readonly query: string;
}

/** A base URL of a site: its host (or `*.host`), port and base path. Its scheme makes no difference to what it covers. */
export interface SiteUrl {
  readonly scheme: Scheme;
  readonly host: string;
  readonly port: string;
  readonly hostKey: string;
  /** Canonical, without a trailing slash; empty for the host's root. */
  readonly basePath: string;
}

/** A text that is no URL of the kind that is needed; `message` says why, for a person. */
export class UrlError extends Error {
  readonly code: 'invalid-url' | 'control-character';
  readonly text: string;

  constructor(code: 'invalid-url' | 'control-character', text: string, why: string) {
    super(why);
    this.name = 'UrlError';
    this.code = code;
    this.text = text;
  }
}

/** Scheme, host, port, path and query as they stand in the text; the scheme is empty where none is given. */
export interface UrlParts {
  readonly scheme: Scheme | '';
  readonly host: string;
  readonly port: string;
  readonly path: string;
  /** Undefined where there is no `?` at all. */
  readonly query: string | undefined;
}

/**
 * Splits `[http[s]:]//host[:port]/path?query#fragment`, or the same without scheme and slashes, and canonicalises the
 * host (`*.host` is allowed), leaving path and query raw.
 *
 * @throws UrlError with the reason
 */
export function splitUrl(text: string): UrlParts {
  if (hasControlCharacter(text)) {
    throw new UrlError('control-character', text, 'it holds a control character');
  }
  const scheme = schemeOf(text);
  const start = authorityStart(text, scheme);
  let end = start;
  while (end < text.length && !isAuthorityEnd(text.charCodeAt(end))) end++;
  const authority = text.slice(start, end);
  const hash = text.indexOf('#', end);
  const stop = hash < 0 ? text.length : hash;
  const mark = text.indexOf('?', end);
  const pathEnd = mark < 0 || mark > stop ? stop : mark;
  return {
    scheme,
    ...splitAuthority(text, authority, scheme),
    path: text.slice(end, pathEnd),
    query: pathEnd === stop ? undefined : text.slice(pathEnd + 1, stop),
  };
}

const isAuthorityEnd = (code: number): boolean => code === 47 || code === 63 || code === 35 || code === 92;

function schemeOf(text: string): Scheme | '' {
  if (text.startsWith('https:')) return 'https';
  if (text.startsWith('http:')) return 'http';
  const found = /^([A-Za-z][A-Za-z0-9+.-]*):(?!\d)/.exec(text);
  if (found === null) return '';
  const scheme = (found[1] ?? '').toLowerCase();
  if (scheme === 'http' || scheme === 'https') return scheme;
  throw new UrlError('invalid-url', text, `its scheme is "${scheme}"; only http and https redirect`);
}

function authorityStart(text: string, scheme: Scheme | ''): number {
  const start = scheme === '' ? 0 : scheme.length + 1;
  if (text.startsWith('//', start)) return start + 2;
  if (scheme !== '') throw new UrlError('invalid-url', text, `"//" is missing after "${scheme}:"`);
  if (start < text.length && isAuthorityEnd(text.charCodeAt(start)))
    throw new UrlError('invalid-url', text, 'it has no host');
  return start;
}

function splitAuthority(text: string, authority: string, scheme: Scheme | ''): { host: string; port: string } {
  let plain = authority.length > 0;
  for (let index = 0; plain && index < authority.length; index++) plain = isHostText(authority.charCodeAt(index));
  let rawHost = authority;
  let port = '';
  if (!plain) {
    if (authority.includes('@')) throw new UrlError('invalid-url', text, 'it holds a user name or password');
    const colon = authority.lastIndexOf(':');
    if (colon > authority.lastIndexOf(']')) {
      rawHost = authority.slice(0, colon);
      port = canonicalPort(text, authority.slice(colon + 1), scheme);
    }
  }
  const host = canonicalHostPattern(rawHost);
  if (host === undefined) {
    throw new UrlError('invalid-url', text, rawHost === '' ? 'it has no host' : `"${rawHost}" is not a host name`);
  }
  return { host, port };
}

function canonicalPort(text: string, raw: string, scheme: Scheme | ''): string {
  if (raw === '') return '';
  const number = /^\d{1,9}$/.test(raw) ? Number(raw) : -1;
  if (number < 1 || number > 65535) throw new UrlError('invalid-url', text, `"${raw}" is not a port`);
  if (number === 80 && scheme !== 'https') return '';
  if (number === 443 && scheme !== 'http') return '';
  return String(number);
}

/**
 * The canonical form of a URL that is asked for. Without a scheme it is read as https.
 *
 * @throws UrlError where the text is no http(s) URL, or holds a control character
 */
export function parseRequestUrl(text: string): RequestUrl {
  return shortRequestUrl(text) ?? longRequestUrl(text);
}

/** Nearly every request: canonical as it stands. One expression tells several times faster than the long way. */
const CANONICAL_REQUEST =
  /^https?:\/\/(?![^/]*xn--)(?:[a-z0-9_-]+\.)*[a-z_-][a-z0-9_-]*\/[A-Za-z0-9\-._~!$&'()*+,;=:@/]*(?:\?[A-Za-z0-9\-._~!$&'()*+,;=:@/?]*)?$/;

function shortRequestUrl(text: string): RequestUrl | undefined {
  if (!CANONICAL_REQUEST.test(text)) return undefined;
  const scheme = text.charCodeAt(4) === 58 ? 'http' : 'https';
  const start = scheme.length + 3;
  const slash = text.indexOf('/', start);
  const mark = text.indexOf('?', slash);
  const end = mark < 0 ? text.length : mark;
  const dot = text.indexOf('/.', slash);
  if (slash - start > 253 || (dot >= 0 && dot < end)) return undefined;
  const host = text.slice(start, slash);
  return { scheme, host, port: '', hostKey: host, path: text.slice(slash, end), query: text.slice(end + 1) };
}

function longRequestUrl(text: string): RequestUrl {
  const parts = splitUrl(text.trim());
  if (parts.host.startsWith('*')) throw new UrlError('invalid-url', text, 'a request has one host, no wildcard');
  return {
    scheme: parts.scheme === '' ? 'https' : parts.scheme,
    host: parts.host,
    port: parts.port,
    hostKey: hostKey(parts.host, parts.port),
    path: canonicalPath(parts.path),
    query: parts.query === undefined || parts.query === '' ? '' : canonicalQuery(parts.query),
  };
}

/**
 * A site's base URL. Without a scheme it is read as https; the host may be `*.host`.
 *
 * @throws UrlError where the text is no http(s) URL, or has a query
 */
export function parseSiteUrl(text: string): SiteUrl {
  const parts = splitUrl(text.trim());
  if (parts.query !== undefined) throw new UrlError('invalid-url', text, 'a site has no query in its URL');
  const path = canonicalPath(parts.path);
  return {
    scheme: parts.scheme === '' ? 'https' : parts.scheme,
    host: parts.host,
    port: parts.port,
    hostKey: hostKey(parts.host, parts.port),
    basePath: path.endsWith('/') ? path.slice(0, -1) : path,
  };
}

/** Whether a canonical path lies under a base path, by whole segments: `/uk` covers `/uk`, `/uk/x`, never `/ukraine`. */
export function basePathCovers(basePath: string, path: string): boolean {
  if (!path.startsWith(basePath)) return false;
  return path.length === basePath.length || path.charCodeAt(basePath.length) === 47;
}

/**
 * How specifically a site URL covers a request, or -1 where it does not. An exact host outranks every wildcard, a
 * longer wildcard a shorter one, and on the same host a longer base path a shorter one.
 */
export function siteUrlCovers(site: SiteUrl, url: RequestUrl): number {
  if (site.port !== url.port || !hostPatternCovers(site.host, url.host) || !basePathCovers(site.basePath, url.path))
    return -1;
  const hostRank = site.host.startsWith('*') ? site.host.length : 1024;
  return hostRank * 65536 + Math.min(site.basePath.length, 65535);
}

/** The URL as text, in canonical form. */
export function formatUrl(url: RequestUrl): string {
  return `${url.scheme}://${url.hostKey}${url.path}${url.query === '' ? '' : `?${url.query}`}`;
}
