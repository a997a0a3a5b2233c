/** Rows of one INSERT: enough to be quick, few enough for every database's limit on parameters. */
const ROWS = 100;

/** Cuts rows into groups that one statement can take. */
export function* batches<T>(rows: readonly T[], size = ROWS): Generator<readonly T[]> {
  for (let start = 0; start < rows.length; start += size) yield rows.slice(start, start + size);
}
