import * as z from 'zod';
import { ID_PATTERN, LONGEST_ID } from './id-pattern.ts';

/** What entries of every section are made of. */

const named = (noun: string, example: string) =>
  z
    .string()
    .max(LONGEST_ID, `${noun} has at most ${LONGEST_ID} characters`)
    .regex(
      ID_PATTERN,
      `${noun} is lower-case letters and digits in groups joined by single hyphens, such as ${example}`,
    );

export const Id = named('an id', 'poco-gb');
export const Sku = named('a SKU', 'mi-band').describe('What the product is kept under everywhere');

export const Time = z
  .string()
  .min(1)
  .max(120)
  .describe(
    'An instant (2024-12-31T23:00Z), a zoned time (2015-05-19T13:00[Europe/Berlin]), a civil time read in each market (2024-12-31T23:59), or start of DATE / end of DATE',
  );

export const Text = z.string().trim().min(1).max(2000);
export const Address = z.string().trim().min(1).max(4096);

/** What people follow: a page of the web, and nothing that a browser would run. */
export const WebLink = Address.refine(isWebLink, 'a link is an http or https URL, such as https://example.com/report');

function isWebLink(text: string): boolean {
  return /^https?:\/\//i.test(text) && !/\s/.test(text) && URL.canParse(text);
}
export const Protected = z
  .boolean()
  .optional()
  .describe('Never deleted by a plan; stays set on the platform until it is written as false');
