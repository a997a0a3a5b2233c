import { COLUMN_NAMES } from './column-names.ts';

/** What other names of columns (or JSON keys) stand for: by the name in the file, the rule's own key, or `ignore`. */
export type HeaderMap = ReadonlyMap<string, string>;

/** What a name can be mapped to. */
export const MAPPABLE: readonly string[] = [...COLUMN_NAMES, 'ignore'];

/**
 * Reads `from=Old URL,to=New URL,ignore=Owner`. A comma within a name is written `\,`.
 *
 * @returns the map, or the reason why the text is none
 */
export function readHeaderMap(text: string): HeaderMap | string {
  const map = new Map<string, string>();
  for (const part of text.split(/(?<!\\),/)) {
    const equals = part.indexOf('=');
    const key = part.slice(0, Math.max(equals, 0)).trim();
    const name = part
      .slice(equals + 1)
      .replaceAll('\\,', ',')
      .trim();
    if (equals < 0 || name === '') return `"${part}" is not KEY=COLUMN`;
    if (!MAPPABLE.includes(key)) return `"${key}" is none of ${MAPPABLE.join(', ')}`;
    if (map.has(name)) return `the column "${name}" is mapped twice`;
    map.set(name, key);
  }
  return map;
}
