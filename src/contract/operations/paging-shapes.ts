import * as z from 'zod';

/** Apart from the other shapes, so that a list does not load them. */
export const pageQuery = z.strictObject({
  limit: z.coerce.number().int().min(1).max(1000).default(100),
  cursor: z.string().max(500).optional().describe('The `next` of the page before'),
});
