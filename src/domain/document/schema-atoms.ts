import * as z from 'zod';

/** What entries of every section are made of. */

export const ID_PATTERN = /^[a-z0-9]+(-[a-z0-9]+)*$/;

export const Id = z
  .string()
  .max(100, 'an id has at most 100 characters')
  .regex(ID_PATTERN, 'an id is lower-case letters and digits in groups joined by single hyphens, such as poco-gb');

export const Time = z
  .string()
  .min(1)
  .max(120)
  .describe(
    'An instant (2024-12-31T23:00Z), a zoned time (2015-05-19T13:00[Europe/Berlin]), a civil time read in each market (2024-12-31T23:59), or start of DATE / end of DATE',
  );

export const Text = z.string().trim().min(1).max(2000);
export const Address = z.string().trim().min(1).max(4096);
export const Protected = z
  .boolean()
  .optional()
  .describe('Never deleted by a plan; stays set on the platform until it is written as false');
