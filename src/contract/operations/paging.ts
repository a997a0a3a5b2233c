/** The most items of one page. */
export const MOST_ITEMS = 1000;

/** The most characters of a cursor. */
export const LONGEST_CURSOR = 500;

/**
 * The query of a page. What this program itself asks for needs no schema: loading what schemas are made with takes
 * longer than the rest of a list.
 */
export const pageQuery = Object.assign(async () => (await import('./paging-shapes.ts')).pageQuery, {
  plain: plainPage,
});

function plainPage(query: object): object | undefined {
  const { limit, cursor, ...unknown } = query as { readonly limit?: unknown; readonly cursor?: unknown };
  if (Object.keys(unknown).length > 0) return undefined;
  if (typeof limit !== 'number' || !Number.isInteger(limit) || limit < 1 || limit > MOST_ITEMS) return undefined;
  if (!Object.hasOwn(query, 'cursor')) return { limit };
  return typeof cursor === 'string' && cursor.length <= LONGEST_CURSOR ? { limit, cursor } : undefined;
}
