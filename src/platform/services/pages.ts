import type { Page } from '../../contract/shapes.ts';
import { EXIT, Failure } from '../../domain/failure.ts';

/**
 * Cursors are opaque: the list they belong to and the key after which it goes on. A page is read with one row more
 * than asked for, which tells whether there is a next one.
 */
export function pageOf<T>(list: string, rows: readonly T[], limit: number, keyOf: (row: T) => string): Page<T> {
  const items = rows.slice(0, limit);
  const last = items.at(-1);
  return rows.length > limit && last !== undefined ? { items, next: writeCursor(list, keyOf(last)) } : { items };
}

function writeCursor(list: string, key: string): string {
  return Buffer.from(JSON.stringify([list, key])).toString('base64url');
}

/** The key that a cursor of this list goes on after; null for the first page. */
export function readCursor(list: string, cursor: string | undefined): string | null {
  if (cursor === undefined) return null;
  try {
    const parsed: unknown = JSON.parse(Buffer.from(cursor, 'base64url').toString());
    if (Array.isArray(parsed) && parsed.length === 2 && parsed[0] === list && typeof parsed[1] === 'string') {
      return parsed[1];
    }
  } catch {
    // Not JSON: refused below like any other text that is no cursor.
  }
  throw new Failure({
    code: 'invalid-cursor',
    exit: EXIT.usage,
    message: `The cursor is not one that ${list} gave.`,
    remedy: 'Send the `next` of the page before, unchanged, or start again without a cursor.',
  });
}
