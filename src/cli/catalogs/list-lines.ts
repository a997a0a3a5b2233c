import type { ListOptions } from '../output/list-flags.ts';

interface LineQuery {
  readonly limit: number;
  readonly cursor?: string;
}

/** Where lines of products or listings come from. */
export interface LineSource<L> {
  page(query: LineQuery): Promise<{ readonly items: readonly L[]; readonly next?: string | undefined }>;
  all(): Promise<AsyncIterable<L>>;
}

/** Lines of one request. */
const PAGE = 1_000;

/**
 * The lines that a list shows: where nothing chooses or sorts them, no more than its limit are read.
 *
 * @param plain whether nothing but the list's own flags chooses among them
 */
export async function linesFor<L>(
  { filter, sort, limit }: ListOptions,
  plain: boolean,
  source: LineSource<L>,
): Promise<readonly L[]> {
  const lines: L[] = [];
  if (!plain || limit === undefined || filter !== undefined || sort !== undefined) {
    for await (const line of await source.all()) lines.push(line);
    return lines;
  }
  let cursor: string | undefined;
  do {
    const query = { limit: Math.min(PAGE, limit - lines.length), ...(cursor === undefined ? {} : { cursor }) };
    const page = await source.page(query);
    for (const line of page.items) lines.push(line);
    cursor = page.next;
  } while (cursor !== undefined && lines.length < limit);
  return lines;
}
