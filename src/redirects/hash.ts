/**
 * FNV-1a, a character at a time: the start, and the step that every scanner takes along with what else it looks for.
 * It is no secret, so whatever is hashed by it bounds what colliding keys can cost.
 */
export const HASH_START = 0x811c9dc5 | 0;
export const HASH_PRIME = 0x01000193;

export function hashText(text: string): number {
  let hash = HASH_START;
  for (let index = 0; index < text.length; index++) hash = Math.imul(hash ^ text.charCodeAt(index), HASH_PRIME);
  return hash;
}

/** The same for a text that stands in bytes. */
export function hashBytes(bytes: Uint8Array, start: number, end: number): number {
  let hash = HASH_START;
  for (let at = start; at < end; at++) hash = Math.imul(hash ^ (bytes[at] ?? 0), HASH_PRIME);
  return hash;
}

/** A hash, and what else belongs to a key, with all bits mixed well; FNV leaves its low bits poor. One to one. */
export function scramble(hash: number, more = 0): number {
  const mixed = hash ^ Math.imul(more, 0x9e3779b1);
  return Math.imul(mixed ^ (mixed >>> 15), 0x85ebca6b);
}

/** A hash as a place among `2 ** bits`. */
export function spread(hash: number, bits: number): number {
  return scramble(hash) >>> (32 - bits);
}
