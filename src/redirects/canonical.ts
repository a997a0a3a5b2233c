import { hexValue, isPathText, isQueryText, isUnreserved, percentEncode } from './characters.ts';

const PERCENT = 37;
const DOT = 46;
const SLASH = 47;
const BACKSLASH = 92;

/**
 * The canonical form of a path (RFC 3986, section 6.2.2): unreserved characters decoded, every other percent escape
 * kept with upper-case digits, what may not stand in a path escaped, then dot segments removed. Decoding happens once:
 * `%2F` never becomes a separator and `%2525` stays. A stray `%` becomes `%25`, so that the form is a fixed point.
 * As in the URL Standard, `\` is `/`, and `%2e` is a dot.
 */
export function canonicalPath(raw: string): string {
  const length = raw.length;
  if (length === 0) return '/';
  let clean = raw.charCodeAt(0) === SLASH;
  let afterSlash = false;
  let dots = false;
  for (let index = 0; clean && index < length; index++) {
    const code = raw.charCodeAt(index);
    if (!isPathText(code)) clean = false;
    else if (code === DOT && afterSlash) dots = true;
    afterSlash = code === SLASH;
  }
  if (clean) return dots ? removeDotSegments(raw) : raw;
  const slashed = raw.includes('\\') ? raw.replaceAll('\\', '/') : raw;
  const rooted = slashed.charCodeAt(0) === SLASH ? slashed : `/${slashed}`;
  return removeDotSegments(normalizeEscapes(rooted, isPathText));
}

/** The canonical form of a query, without its `?`: escapes as in a path; `+` and the order of parameters are kept. */
export function canonicalQuery(raw: string): string {
  for (let index = 0; index < raw.length; index++) {
    if (!isQueryText(raw.charCodeAt(index))) return normalizeEscapes(raw, isQueryText);
  }
  return raw;
}

/** Escapes what `allowed` refuses, decodes escaped unreserved characters, and leaves every other escape alone. */
export function normalizeEscapes(raw: string, allowed: (code: number) => boolean): string {
  const length = raw.length;
  let out = '';
  let kept = 0;
  for (let index = 0; index < length; ) {
    const code = raw.charCodeAt(index);
    if (code !== PERCENT && allowed(code)) {
      index++;
      continue;
    }
    out += raw.slice(kept, index);
    if (code === PERCENT) {
      const high = index + 2 < length ? hexValue(raw.charCodeAt(index + 1)) : -1;
      const low = index + 2 < length ? hexValue(raw.charCodeAt(index + 2)) : -1;
      if (high < 0 || low < 0) {
        out += '%25';
        index += 1;
      } else {
        const byte = high * 16 + low;
        out += isUnreserved(byte) ? String.fromCharCode(byte) : raw.slice(index, index + 3).toUpperCase();
        index += 3;
      }
    } else {
      const character = String.fromCodePoint(raw.codePointAt(index) ?? 0xfffd);
      out += percentEncode(character);
      index += character.length;
    }
    kept = index;
  }
  return out + raw.slice(kept);
}

/**
 * Removes `.` and `..` segments (RFC 3986, section 5.2.4) from a path that starts with `/`. Empty segments count, as
 * in the URL Standard.
 */
export function removeDotSegments(path: string): string {
  if (!path.includes('/.')) return path;
  const kept: string[] = [];
  const segments = path.slice(1).split('/');
  const last = segments.length - 1;
  segments.forEach((segment, index) => {
    if (segment === '..') kept.pop();
    else if (segment !== '.') {
      kept.push(segment);
      return;
    }
    if (index === last) kept.push('');
  });
  return `/${kept.join('/')}`;
}

/** Whether `path` could be read as another host by something that resolves it: `//host`, `/\host`. */
export function looksLikeAuthority(path: string): boolean {
  const second = path.charCodeAt(1);
  return path.charCodeAt(0) === SLASH && (second === SLASH || second === BACKSLASH);
}
