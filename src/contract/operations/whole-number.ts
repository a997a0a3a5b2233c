import * as z from 'zod';

/** A whole number of a query, which comes as a number from near and as its decimal digits from far. */
export function wholeNumber(min: number, max: number = Number.MAX_SAFE_INTEGER) {
  return z.preprocess(
    (value) => (typeof value === 'string' && /^\d{1,15}$/.test(value) ? Number(value) : value),
    z.number({ error: 'must be a whole number in decimal digits' }).int().min(min).max(max),
  );
}
