import { canonicalPath, canonicalQuery, removeDotSegments } from '../canonical.ts';
import { isStaticHost, type ProvenEdge } from './edge.ts';

/**
 * The ways in which a path can be spelt, as regular expressions that PCRE and RE2 read alike. A server without a way
 * to bring a path into canonical form takes it raw where that is (but for the case of hexadecimal digits) canonical
 * already, or decoded where every escape was needless; all else is no path that any rule takes there.
 */

const HEX = '[0-9A-Fa-f]';
/** Escapes that the canonical form keeps. */
const KEPT_ESCAPE = `%(?:[0189A-Fa-f]${HEX}|2[0-9A-Ca-cFf]|3[A-Fa-f]|40|5[B-Eb-e]|60|7[B-Db-dFf])`;
const NEEDLESS_ESCAPE = `%(?:2[DEde]|3[0-9]|4[1-9A-Fa-f]|5[0-9AaFf]|6[1-9A-Fa-f]|7[0-9AaEe])`;
const NO_DOT = `(?:[A-Za-z0-9_~!$&'()*+,;=:@-]|${KEPT_ESCAPE})`;
const SEGMENT = `(?:[.]{0,2}${NO_DOT}|[.]{3})(?:[.]|${NO_DOT})*`;

/** No needless escape and no dot segment: the raw path is the canonical one. */
export const RAW_IS_CANONICAL = `^(?:/(?:${SEGMENT})?)+$`;

/** No escape but needless ones: the decoded path, dot segments removed, is the canonical one. */
export const DECODED_IS_CANONICAL = `^/(?:[A-Za-z0-9_~!$&'()*+,;=:@./-]|${NEEDLESS_ESCAPE})*$`;

const rawIsCanonical = new RegExp(RAW_IS_CANONICAL);
const decodedIsCanonical = new RegExp(DECODED_IS_CANONICAL);

/** Whether a raw path and query are spelt in a way that an exported server brings into canonical form. */
export function isUsualSpelling(edge: ProvenEdge, rawPath: string, rawQuery: string): boolean {
  return isUsualPath(edge, rawPath) && (isStaticHost(edge) || edge === 'haproxy' || isUsualQuery(rawQuery));
}

/** What is asked for is found without needless escapes, and with one way to write escapes and spaces. */
function isUsualQuery(rawQuery: string): boolean {
  const upper = rawQuery.replace(/%[0-9a-f]{2}/gi, (byte) => byte.toUpperCase());
  const lower = rawQuery.replace(/%[0-9a-f]{2}/gi, (byte) => byte.toLowerCase());
  return (
    canonicalQuery(rawQuery) === upper &&
    (rawQuery === upper || rawQuery === lower) &&
    !/%20.*[+]|[+].*%20/.test(rawQuery)
  );
}

function isUsualPath(edge: ProvenEdge, rawPath: string): boolean {
  if (edge === 'netlify') return isAsSpelt(rawPath) && !rawPath.includes('%');
  if (edge === 'cloudflare') return isAsSpelt(rawPath) && !FILLED_IN_OTHERWISE.test(rawPath);
  if (rawIsCanonical.test(rawPath)) return true;
  if (!decodedIsCanonical.test(rawPath)) return false;
  switch (edge) {
    case 'nginx':
    case 'haproxy':
      return true;
    case 'caddy':
      return !/\/(?:\.|%2e){1,2}(?:\/|$)/i.test(rawPath);
    case 'apache':
      return !rawPath.startsWith('//');
  }
}

/** Cloudflare fills values in by replacing text: what is special to that, or may be a name of the rule. */
const FILLED_IN_OTHERWISE = /\$[$&`']|:[A-Za-z]/;

/** Hosts of static sites compare a path as it is spelt, but for its dot segments; empty segments they keep or drop. */
function isAsSpelt(rawPath: string): boolean {
  if (rawPath.includes('//')) return false;
  const dots = rawPath.replace(/\/(?:\.|%2e){1,2}(?=\/|$)/gi, (segment) => segment.replace(/%2e/gi, '.'));
  return canonicalPath(rawPath) === removeDotSegments(dots);
}

export const SPELLING_NOTE =
  'A path that mixes needless escapes (%61) with needed ones (%2F), or holds what no browser sends unescaped, is answered as if no rule were there for it; so is a query that spells what a rule asks for with needless escapes.';
