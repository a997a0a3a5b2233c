import { LONGEST_CURSOR, MOST_ITEMS } from '../bounds.ts';
import { plainly } from '../plain.ts';

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
