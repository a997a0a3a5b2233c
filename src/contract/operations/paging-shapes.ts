import * as z from 'zod';
import { LONGEST_CURSOR, MOST_ITEMS } from '../bounds.ts';
import { wholeNumber } from './whole-number.ts';

/** Apart from the other shapes, so that a list does not load them. */
export const pageQuery = z.strictObject({
  limit: wholeNumber(1, MOST_ITEMS).default(100),
  cursor: z.string().max(LONGEST_CURSOR).optional().describe('The `next` of the page before'),
});
