import { HASH_PRIME, HASH_START } from './hash.ts';
import { MAX_URL_LENGTH } from './source.ts';

/**
 * Scanners for what nearly every rule is: a source and a target that are canonical as they stand. One pass over the
 * bytes checks them and hashes what has to be looked up; nothing is allocated. What they refuse is not wrong: it goes
 * the long way (`parseSource`, `parseTarget`), which has to come to the same result where they do not refuse.
 */

const PATH = 1;
const QUERY = 2;
const HOST = 4;
const TARGET = 8;
const UPPER = 16;
const HEX = 32;
const SLASHES = 64;

const classes = classTable();

function classTable(): Uint8Array {
  const table = new Uint8Array(256);
  const mark = (characters: string, bits: number): void => {
    for (const one of characters) {
      const code = one.charCodeAt(0);
      table[code] = (table[code] ?? 0) | bits;
    }
  };
  mark('abcdefghijklmnopqrstuvwxyz0123456789-._', PATH | QUERY | HOST | TARGET);
  mark('ABCDEFGHIJKLMNOPQRSTUVWXYZ', PATH | QUERY | TARGET | UPPER);
  mark("~!$&'()+,;=@/", PATH | QUERY | TARGET);
  mark('/', SLASHES);
  mark('*', QUERY | TARGET);
  mark(':?', QUERY);
  mark('[]|', TARGET);
  mark('0123456789abcdefABCDEF', HEX);
  return table;
}

const SLASH = 47;
const DOT = 46;
const COLON = 58;
const EQUALS = 61;
const QUESTION = 63;
const PERCENT = 37;
const LETTER_H = 104;
const LETTER_S = 115;

/** Where an authority starts after `http://` or `https://`; the start itself where there is no such scheme. */
function authorityStart(bytes: Uint8Array, start: number): number {
  if (bytes[start] !== LETTER_H || bytes[start + 1] !== 116 || bytes[start + 2] !== 116 || bytes[start + 3] !== 112)
    return start;
  const colon = bytes[start + 4] === LETTER_S ? start + 5 : start + 4;
  return bytes[colon] === COLON && bytes[colon + 1] === SLASH && bytes[colon + 2] === SLASH ? colon + 3 : start;
}

/** Scheme, host, path and query of an exact source. The fields hold the last scan that succeeded. */
export class SourceScan {
  scheme: '' | 'http' | 'https' = '';
  /** Equal to the end where no host is named. Whether the text is a host is not looked at. */
  hostStart = 0;
  hostEnd = 0;
  hostHash = 0;
  /** The comparable path: it ends before a trailing slash that makes no difference. */
  pathStart = 0;
  pathEnd = 0;
  pathHash = 0;
  /** Negative: there is no query, or an empty one. */
  queryStart = -1;
  hasUpperCase = false;
  private readonly cutsSlash: boolean;

  constructor(cutsSlash: boolean) {
    this.cutsSlash = cutsSlash;
  }

  scan(bytes: Uint8Array, start: number, end: number): boolean {
    if (end - start > MAX_URL_LENGTH) return false;
    this.hostStart = authorityStart(bytes, start);
    this.scheme = this.hostStart === start ? '' : this.hostStart === start + 7 ? 'http' : 'https';
    return this.scanHost(bytes, end) && this.scanPath(bytes, end);
  }

  private scanHost(bytes: Uint8Array, end: number): boolean {
    let hash = HASH_START;
    let at = this.hostStart;
    for (; at < end; at++) {
      const code = bytes[at] ?? 0;
      if (code === SLASH) break;
      if (((classes[code] ?? 0) & HOST) === 0) return false;
      hash = Math.imul(hash ^ code, HASH_PRIME);
    }
    this.hostEnd = at;
    this.hostHash = hash;
    // Without a host, two slashes would be the start of one.
    if (at === this.hostStart) return this.scheme === '' && at < end && bytes[at + 1] !== SLASH;
    return at < end;
  }

  private scanPath(bytes: Uint8Array, end: number): boolean {
    const start = this.hostEnd;
    let hash = HASH_START;
    let shorter = hash;
    let last = 0;
    let seen = 0;
    let at = start;
    for (; at < end; at++) {
      const code = bytes[at] ?? 0;
      const kind = classes[code] ?? 0;
      if ((kind & PATH) === 0) break;
      if (code === DOT && last === SLASH) return false;
      seen |= kind;
      shorter = hash;
      hash = Math.imul(hash ^ code, HASH_PRIME);
      last = code;
    }
    if (at < end && bytes[at] !== QUESTION) return false;
    const cut = this.cutsSlash && last === SLASH && at - start > 1;
    this.pathStart = start;
    this.pathEnd = cut ? at - 1 : at;
    this.pathHash = cut ? shorter : hash;
    this.hasUpperCase = (seen & UPPER) !== 0;
    return this.scanQuery(bytes, at + 1, end);
  }

  private scanQuery(bytes: Uint8Array, start: number, end: number): boolean {
    this.queryStart = start < end ? start : -1;
    for (let at = start; at < end; at++) {
      const code = bytes[at] ?? 0;
      if (((classes[code] ?? 0) & QUERY) === 0) return false;
      // What looks like a placeholder is for the long way to refuse.
      if (code === COLON && bytes[at - 1] === EQUALS) return false;
    }
    return true;
  }
}

/** Origin and path of a target that is its own Location. The fields hold the last scan that succeeded. */
export class TargetScan {
  /** Where the origin ends, and the path starts. Whether its host is one is not looked at. */
  originEnd = 0;
  originHash = 0;
  /** Whether there is a capital letter or an empty segment after the origin. */
  isOdd = false;

  scan(bytes: Uint8Array, start: number, end: number): boolean {
    if (end - start > MAX_URL_LENGTH) return false;
    const host = authorityStart(bytes, start);
    if (host === start) return false;
    // The scheme is part of the origin.
    let hash = HASH_START ^ (host - start);
    let at = host;
    for (; at < end; at++) {
      const code = bytes[at] ?? 0;
      if (code === SLASH) break;
      if (((classes[code] ?? 0) & HOST) === 0) return false;
      hash = Math.imul(hash ^ code, HASH_PRIME);
    }
    if (at === end) return false;
    this.originEnd = at;
    this.originHash = hash;
    return this.scanPath(bytes, at, end);
  }

  private scanPath(bytes: Uint8Array, start: number, end: number): boolean {
    let seen = 0;
    let before = 0;
    for (let at = start; at < end; at++) {
      const code = bytes[at] ?? 0;
      const kind = classes[code] ?? 0;
      // A capital letter counts by itself, a slash after another one.
      seen |= kind & (before | UPPER);
      before = kind;
      if ((kind & TARGET) !== 0) continue;
      if (code !== PERCENT || at + 2 >= end) return false;
      const digits = (classes[bytes[at + 1] ?? 0] ?? 0) & (classes[bytes[at + 2] ?? 0] ?? 0);
      if ((digits & HEX) === 0) return false;
    }
    this.isOdd = (seen & (UPPER | SLASHES)) !== 0;
    return true;
  }
}

const HOST_NAME = /^(?!.*xn--)(?:[a-z0-9_-]+\.)*[a-z_-][a-z0-9_-]*$/;

/** Whether a text of host characters is a host in its canonical form for certain. */
export function isPlainHost(text: string): boolean {
  return text.length <= 253 && HOST_NAME.test(text);
}
