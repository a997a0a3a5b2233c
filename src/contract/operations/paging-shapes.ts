import * as z from 'zod';
import { wholeNumber } from './whole-number.ts';

/** Apart from the other shapes, so that a list does not load them. */
export const pageQuery = z.strictObject({
  limit: wholeNumber(1, 1000).default(100),
  cursor: z.string().max(500).optional().describe('The `next` of the page before'),
});
