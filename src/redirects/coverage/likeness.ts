/** What an address says of the page that it is of. */
export interface Likeness {
  /** The last segment, without its extension and letter case; empty for a front page. */
  readonly slug: string;
  /** Numbers that look like those of products or articles (`1030`, `12-1038`): four digits or more, and no date. */
  readonly ids: readonly string[];
  /** Every folder of the path from the deepest to the first: `/uk/phones`, `/uk`. */
  readonly folders: readonly string[];
  /** Of the last segment: those of three letters or more. Numbers and `dg_` before them say nothing of a page. */
  readonly words: ReadonlySet<string>;
}

/** Pages that every site has many of: to share such a name, or the number of a page, says nothing. */
const COMMON: ReadonlySet<string> = new Set(['index', 'default', 'home', 'main', 'page', 'all', 'list', 'search']);

/** @param path canonical, without host; where there is a query, it names the page, and the path only what shows it */
export function likenessOf(path: string, query = ''): Likeness {
  const clean = path.toLowerCase().replace(/\/+$/, '');
  const slash = clean.lastIndexOf('/');
  const named = query === '' ? clean.slice(slash + 1) : lastNameIn(query.toLowerCase());
  const last = named.replace(/\.[a-z]{2,4}$/, '');
  const folders: string[] = [];
  for (let end = slash; end > 0; end = clean.lastIndexOf('/', end - 1)) folders.push(clean.slice(0, end));
  return {
    slug: COMMON.has(last) || !/[\p{L}]|\d{4}|%/u.test(last) ? '' : last,
    ids: idsIn(`${clean}?${query}`),
    folders,
    words: new Set(unescaped(last).match(/\p{L}{3,}/gu) ?? []),
  };
}

/** An escape is a character of its own: `%202012` is no number. */
const unescaped = (text: string): string => text.replace(/%[0-9a-f]{2}/gi, ' ');

/** A letter before it may be part of an id (`p1030`); at the end of a word it is a quarter or a year (`statsq22011`). */
function idsIn(text: string): readonly string[] {
  const numbers = unescaped(text).match(/(?<!\p{L}{2}|\d)\d+(?:-\d+)*/gu) ?? [];
  return numbers.filter((one) => one.replaceAll('-', '').length >= 4 && !/^(19|20)\d\d(-?\d\d){0,2}$/.test(one));
}

/** `file=docs%2Fa.pdf` names `a.pdf`; of several parameters the last one does. */
function lastNameIn(query: string): string {
  const value = query.slice(query.lastIndexOf('=') + 1).replaceAll('%2f', '/');
  return value.slice(value.lastIndexOf('/') + 1);
}

/** Shared words of both, 0 to 1 (the Sørensen–Dice coefficient). */
export function sharedWords(a: ReadonlySet<string>, b: ReadonlySet<string>): number {
  if (a.size + b.size === 0) return 0;
  let shared = 0;
  for (const word of a) if (b.has(word)) shared++;
  return (2 * shared) / (a.size + b.size);
}
