/** What an address says of the page that it is of. */
export interface Likeness {
  /** The last segment, without its extension and letter case; empty for a front page. */
  readonly slug: string;
  /** Numbers that look like those of products or articles: four digits or more, and no year. */
  readonly ids: readonly string[];
  /** Every folder of the path from the deepest to the first: `/uk/phones`, `/uk`. */
  readonly folders: readonly string[];
  readonly words: ReadonlySet<string>;
}

/** Pages that every site has many of: to share such a name, or the number of a page, says nothing. */
const COMMON: ReadonlySet<string> = new Set(['index', 'default', 'home', 'main', 'page', 'all', 'list', 'search']);

/** @param path canonical, without host; a query is looked at for ids alone */
export function likenessOf(path: string, query = ''): Likeness {
  const clean = path.toLowerCase().replace(/\/+$/, '');
  const slash = clean.lastIndexOf('/');
  const last = clean.slice(slash + 1).replace(/\.(html?|php|aspx?|jsp)$/, '');
  const folders: string[] = [];
  for (let end = slash; end > 0; end = clean.lastIndexOf('/', end - 1)) folders.push(clean.slice(0, end));
  return {
    slug: COMMON.has(last) || /^\d{1,3}$/.test(last) ? '' : last,
    ids: (`${clean}?${query}`.match(/\d{4,}/g) ?? []).filter((id) => !/^(19|20)\d\d$/.test(id)),
    folders,
    words: new Set(last.split(/[^\p{L}\p{N}]+/u).filter((word) => word !== '')),
  };
}

/** Shared words of both, 0 to 1 (the Sørensen–Dice coefficient). */
export function sharedWords(a: ReadonlySet<string>, b: ReadonlySet<string>): number {
  if (a.size + b.size === 0) return 0;
  let shared = 0;
  for (const word of a) if (b.has(word)) shared++;
  return (2 * shared) / (a.size + b.size);
}
