import { hostKey } from '../redirects/host.ts';
import { parseRequestUrl, type RequestUrl, UrlError } from '../redirects/url.ts';

/** What of an HTTP request says which URL its visitor asks for. */
export interface RequestLine {
  /** The request target, as it came: origin form (`/uk/?q=1`) or absolute form (`http://po.co/uk/`). */
  readonly target: string;
  /** Every Host field of the request. */
  readonly hosts: readonly string[];
  /** `X-Forwarded-Proto`, where it was sent. */
  readonly forwardedProto?: string | undefined;
}

/** What no host holds, but would move the place where the host ends. */
const BREAKS_AUTHORITY = /[\s/?#@\\,]/;

/**
 * The URL that a request asks for (RFC 9112, section 3.3). In origin form its scheme is https, since this stands
 * where TLS has ended already, unless `X-Forwarded-Proto` says otherwise.
 *
 * @throws UrlError with the reason, where the request names no URL
 */
export function visitedUrl({ target, hosts, forwardedProto }: RequestLine): RequestUrl {
  // The absolute form outranks Host, as it does for a proxy.
  if (/^https?:\/\//i.test(target)) return parseRequestUrl(target);
  if (!target.startsWith('/')) throw new UrlError('invalid-url', target, 'the request target is no path');
  const [host, ...others] = hosts;
  if (host === undefined || host.trim() === '') throw new UrlError('invalid-url', target, 'it has no Host header');
  if (others.length > 0) throw new UrlError('invalid-url', target, 'it has more than one Host header');
  if (BREAKS_AUTHORITY.test(host.trim()) || host.startsWith('*')) {
    throw new UrlError('invalid-url', host, 'its Host header is not a host name');
  }
  return parseRequestUrl(`${schemeOf(forwardedProto)}://${host.trim()}${target}`);
}

/** The same URL without its port. */
export function withoutPort(url: RequestUrl): RequestUrl {
  return { ...url, port: '', hostKey: hostKey(url.host, '') };
}

function schemeOf(forwardedProto: string | undefined): 'http' | 'https' {
  return forwardedProto?.split(',', 1)[0]?.trim().toLowerCase() === 'http' ? 'http' : 'https';
}
