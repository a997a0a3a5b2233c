/**
 * Character classes of URLs (RFC 3986, section 2 and 3.3) as lookup tables over ASCII, so that the scanners that run
 * for every request test a character with one array read.
 */

const UNRESERVED = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~';
const SUB_DELIMITERS = "!$&'()*+,;=";

function table(allowed: string): Uint8Array {
  const flags = new Uint8Array(128);
  for (let index = 0; index < allowed.length; index++) flags[allowed.charCodeAt(index)] = 1;
  return flags;
}

const unreserved = table(UNRESERVED);
const pathText = table(`${UNRESERVED}${SUB_DELIMITERS}:@/`);
const queryText = table(`${UNRESERVED}${SUB_DELIMITERS}:@/?`);
/** What a target may hold unescaped: real servers are picky about `[]|`, so these stay as they were written. */
const targetText = table(`${UNRESERVED}${SUB_DELIMITERS}:@/?#%[]|`);
const hostText = table('abcdefghijklmnopqrstuvwxyz0123456789-._');

export const isUnreserved = (code: number): boolean => code < 128 && unreserved[code] === 1;
export const isPathText = (code: number): boolean => code < 128 && pathText[code] === 1;
export const isQueryText = (code: number): boolean => code < 128 && queryText[code] === 1;
export const isTargetText = (code: number): boolean => code < 128 && targetText[code] === 1;
export const isHostText = (code: number): boolean => code < 128 && hostText[code] === 1;
export const isDigit = (code: number): boolean => code >= 48 && code <= 57;
export const isLetter = (code: number): boolean => (code | 32) >= 97 && (code | 32) <= 122;
export const isNameText = (code: number): boolean => isLetter(code) || isDigit(code) || code === 95;

/** The value of a hexadecimal digit, or -1. */
export function hexValue(code: number): number {
  if (isDigit(code)) return code - 48;
  const lower = code | 32;
  return lower >= 97 && lower <= 102 ? lower - 87 : -1;
}

/** C0 controls, DEL, C1 controls and the two Unicode line ends: none of them has a place in a URL or a header. */
export function hasControlCharacter(text: string): boolean {
  for (let index = 0; index < text.length; index++) {
    const code = text.charCodeAt(index);
    if (code < 32 || (code >= 127 && code <= 159) || code === 0x2028 || code === 0x2029) return true;
  }
  return false;
}

/** One character (a code point; a lone surrogate counts as U+FFFD) as percent escapes of its UTF-8 bytes. */
export function percentEncode(character: string): string {
  const text = character.isWellFormed() ? character : '\uFFFD';
  return encodeURIComponent(text).replace(/[!'()*~_.-]/g, (c) => `%${c.charCodeAt(0).toString(16).toUpperCase()}`);
}

/** ASCII letters to lower case, nothing else: the length and every index stay the same. */
export function foldCase(text: string): string {
  return /[A-Z]/.test(text) ? text.replace(/[A-Z]+/g, (letters) => letters.toLowerCase()) : text;
}
