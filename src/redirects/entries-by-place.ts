/** Entries grouped by their place, in order within each. */
export interface EntriesByPlace {
  readonly count: number;
  /** By place: where its entries start in `order`, and behind the last where they end. */
  readonly starts: Int32Array;
  readonly order: Int32Array;
}

/** A counting sort. */
export function entriesByPlace(count: number, placeOf: (entry: number) => number): EntriesByPlace {
  let places = 0;
  for (let entry = 0; entry < count; entry++) places = Math.max(places, placeOf(entry) + 1);
  const starts = new Int32Array(places + 1);
  for (let entry = 0; entry < count; entry++) add(starts, placeOf(entry) + 1, 1);
  for (let place = 0; place < places; place++) add(starts, place + 1, starts[place] ?? 0);
  const next = starts.slice();
  const order = new Int32Array(count);
  for (let entry = 0; entry < count; entry++) order[add(next, placeOf(entry), 1)] = entry;
  return { count, starts, order };
}

/** Adds to one number of a column, and returns what it was. */
function add(column: Int32Array, at: number, more: number): number {
  const before = column[at] ?? 0;
  column[at] = before + more;
  return before;
}
