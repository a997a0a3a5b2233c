/** Rows that are joined together. */
const BLOCK = 1_000;

/**
 * Rows as lines, many of them in one text: what a row is put together from can be forgotten long before the last of a
 * million is made.
 */
export function* rowBlocks(rows: Iterable<string>): Generator<string> {
  let block: string[] = [];
  for (const row of rows) {
    block.push(row);
    if (block.length < BLOCK) continue;
    yield block.join('\n');
    block = [];
  }
  if (block.length > 0) yield block.join('\n');
}
