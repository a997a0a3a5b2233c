/**
 * Rows by the beginnings of their keys, for servers that find nothing by hash: a key goes down a few branches, and is
 * held against a handful of rows, however many there are.
 */
export type KeyTree<Row> =
  | { readonly kind: 'rows'; readonly rows: readonly Row[] }
  | { readonly kind: 'branches'; readonly branches: readonly KeyBranch<Row>[] };

export interface KeyBranch<Row> {
  /** What every key of this branch and of those beside it begins with. */
  readonly start: string;
  /** An expression for what comes next in the keys of this branch, and in none beside it; PCRE and RE2 read it alike. */
  readonly next: string;
  readonly tree: KeyTree<Row>;
}

export interface KeyTreeShape {
  /** So many rows are tried one after the other. */
  readonly rows: number;
  /** About so many branches begin at one place. */
  readonly branches: number;
}

/** Keys of which each is the beginning of the next would make a branch each; below this depth they are rows. */
const MOST_DEPTH = 24;

interface KeyedRow<Row> {
  readonly key: string;
  readonly row: Row;
}

/** Rows with one key keep their order. */
export function keyTree<Row>(rows: readonly Row[], keyOf: (row: Row) => string, shape: KeyTreeShape): KeyTree<Row> {
  const keyed = rows.map((row): KeyedRow<Row> => ({ key: keyOf(row), row }));
  return treeOf(
    keyed.sort((a, b) => (a.key < b.key ? -1 : Number(a.key > b.key))),
    shape,
    0,
  );
}

function treeOf<Row>(sorted: readonly KeyedRow<Row>[], shape: KeyTreeShape, depth: number): KeyTree<Row> {
  const [first, last] = [sorted[0]?.key ?? '', sorted.at(-1)?.key ?? ''];
  if (sorted.length <= shape.rows || depth === MOST_DEPTH || first === last)
    return { kind: 'rows', rows: sorted.map(({ row }) => row) };
  const start = first.slice(0, sharedLength(first, last));
  const most = Math.max(shape.rows, Math.ceil(sorted.length / shape.branches));
  const branches = partsOf(sorted, start.length, most).map(
    ({ next, rows }): KeyBranch<Row> => ({ start, next: oneOf(next), tree: treeOf(rows, shape, depth + 1) }),
  );
  return { kind: 'branches', branches };
}

/** What two keys begin with is what all between them begin with. */
function sharedLength(first: string, last: string): number {
  let length = 0;
  while (length < first.length && first[length] === last[length]) length++;
  return length;
}

interface Part<Row> {
  /** The characters with which its keys go on; empty where one ends. */
  readonly next: readonly string[];
  readonly rows: readonly KeyedRow<Row>[];
}

/** Neighbours by their next character, small ones together. */
function partsOf<Row>(sorted: readonly KeyedRow<Row>[], at: number, most: number): readonly Part<Row>[] {
  const parts: { next: string[]; start: number; end: number }[] = [];
  for (let start = 0; start < sorted.length; ) {
    const character = sorted[start]?.key.charAt(at) ?? '';
    let end = start + 1;
    while (end < sorted.length && sorted[end]?.key.charAt(at) === character) end++;
    const before = parts.at(-1);
    if (before !== undefined && end - before.start <= most) {
      before.next.push(character);
      before.end = end;
    } else parts.push({ next: [character], start, end });
    start = end;
  }
  return parts.map(({ next, start, end }) => ({ next, rows: sorted.slice(start, end) }));
}

function oneOf(characters: readonly string[]): string {
  const some = characters.filter((one) => one !== '').map((one) => one.replace(/[\\\]^[-]/g, '\\$&'));
  const ways = [
    ...(some.length === 0 ? [] : [`[${some.join('')}]`]),
    ...(some.length < characters.length ? ['$'] : []),
  ];
  return ways.length === 1 ? ways.join('') : `(?:${ways.join('|')})`;
}
