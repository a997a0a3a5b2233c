import { plainly } from '../plain.ts';

/** The most items of one page. */
export const MOST_ITEMS = 1000;

/** The most characters of a cursor. */
export const LONGEST_CURSOR = 500;

/**
 * The query of a page. What this program itself asks for needs no schema: loading what schemas are made with takes
 * longer than the rest of a list.
 */
export const pageQuery = plainly(async () => (await import('./paging-shapes.ts')).pageQuery, {
  limit: {
    fits: (value) => typeof value === 'number' && Number.isInteger(value) && value >= 1 && value <= MOST_ITEMS,
  },
  cursor: { fits: (value) => typeof value === 'string' && value.length <= LONGEST_CURSOR, optional: true },
});
