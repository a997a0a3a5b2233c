/** What JSON allows unescaped and a terminal would obey: C1 controls and marks that turn text around. */
const LIVE = /[\u007f-\u009f\u200e\u200f\u2028-\u202e\u2066-\u2069]/g;

/**
 * JSON of any value a command answers with: one line, bigint as a string, never a throw. Every character a
 * terminal could act on is written as an escape, so the value is the same and looking at it is safe.
 */
export function jsonText(value: unknown): string {
  const seen = new Set<object>();
  const walk = (current: unknown): unknown => {
    if (typeof current === 'bigint') return current.toString();
    if (typeof current !== 'object' || current === null) return current;
    if (seen.has(current)) return '[circular]';
    const own: unknown = 'toJSON' in current && typeof current.toJSON === 'function' ? current.toJSON() : current;
    if (typeof own !== 'object' || own === null) return own;
    seen.add(current);
    const copy = Array.isArray(own)
      ? own.map(walk)
      : Object.fromEntries(Object.entries(own).map(([key, entry]) => [key, walk(entry)]));
    seen.delete(current);
    return copy;
  };
  const text = JSON.stringify(walk(value)) ?? 'null';
  return text.replace(LIVE, (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`);
}
