import { LONGEST_ANY_ID, LONGEST_TIME } from '../bounds.ts';
import { optional, otherwise, PLAIN_FLAG, PLAIN_ID, plainly, plainText } from '../plain.ts';

/** Parts of requests that many operations have: all of them are read without their schemas where that can be. */

const shapes = () => import('../shapes.ts');

export const PLAIN_TIME = plainText(LONGEST_TIME);
export const PLAIN_AT = { at: otherwise(PLAIN_TIME, 'now') };
export const PLAIN_ANY_ID = { id: plainText(LONGEST_ANY_ID) };

export const idParams = plainly(async () => (await shapes()).IdParams, { id: PLAIN_ID });

export const anyId = plainly(async () => (await shapes()).AnyId, PLAIN_ANY_ID);

export const dryRun = plainly(async () => (await shapes()).DryRun, {
  dryRun: otherwise(PLAIN_FLAG, false),
});

export const optionalTimes = (...names: readonly string[]) =>
  Object.fromEntries(names.map((name) => [name, optional(PLAIN_TIME)]));
