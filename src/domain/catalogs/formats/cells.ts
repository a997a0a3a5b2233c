import { ID_PATTERN } from '../../document/id-pattern.ts';

/** What a cell of a file says, or what is wrong with it. */
export type Cell<T> = { readonly value: T } | { readonly fault: string };

const COUNTED = /^(?<name>[^\s:=]+)[:=](?<count>-?\d+)$/;

/**
 * Numbers by name, as spreadsheets hold them: `mi-band:2 strap:1`, with blanks, commas or semicolons between. A name
 * that stands alone counts one where `alone` says so.
 */
export function countsCell(text: string, what: string, alone: boolean): Cell<Record<string, number>> {
  const counts: Record<string, number> = {};
  for (const word of text.split(/[\s,;|]+/).filter((part) => part !== '')) {
    const found = COUNTED.exec(word)?.groups;
    const name = found?.['name'] ?? word;
    if (found === undefined && !(alone && !/[:=]/.test(word)))
      return { fault: `${what} \`${word}\` is not NAME:NUMBER` };
    // A name that is none could also be one that every object has.
    if (!ID_PATTERN.test(name)) return { fault: `${what} names \`${name}\`, which is no id` };
    if (Object.hasOwn(counts, name)) return { fault: `${what} names \`${name}\` twice` };
    counts[name] = found === undefined ? 1 : Number(found['count']);
  }
  return { value: counts };
}

/** Words with blanks, commas or semicolons between. */
export function wordsCell(text: string): readonly string[] {
  return text.split(/[\s,;|]+/).filter((part) => part !== '');
}
