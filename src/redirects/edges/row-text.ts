import type { RowAnswer, ValuePart } from './row.ts';

/** How a server writes the pieces of a value. */
export interface PartWriter {
  text(text: string): string;
  group(number: number): string;
  /** One character that no URL holds. */
  readonly separator: string;
}

/**
 * An answer as one line of text that a server takes apart again: `410`, or status, `h` (absolute) or `o` (own host),
 * what joins the query, what is passed of it (`a` all, `n` none, or the number of a filter); then the Location up to
 * its query, and its fragment where it has one.
 */
export function rowText(answer: RowAnswer, writer: PartWriter): string {
  if (answer.kind === 'gone') return '410';
  const { status, ownHost, join, base, fragment } = answer;
  const head = `${status}${ownHost ? 'o' : 'h'}${join}${passedText(answer.query)}`;
  const tail = fragment.length === 0 ? '' : `${writer.separator}${partsText(fragment, writer)}`;
  return `${head}${writer.separator}${partsText(base, writer)}${tail}`;
}

function passedText(query: 'all' | 'none' | { readonly filter: number }): string {
  if (query === 'all') return 'a';
  return query === 'none' ? 'n' : String(query.filter);
}

export function partsText(parts: readonly ValuePart[], writer: PartWriter): string {
  return parts.map((part) => ('text' in part ? writer.text(part.text) : writer.group(part.group))).join('');
}

/** A key, and what it is with its escapes in lower case: the spellings under which an exact path is found. */
export function keyForms(key: string): readonly string[] {
  const lower = key.replace(/%[0-9A-F]{2}/g, (byte) => byte.toLowerCase());
  return lower === key ? [key] : [key, lower];
}
