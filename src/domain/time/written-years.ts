import { invalidTime } from './invalid-time.ts';

/** Sentinels such as 9999-12-31 are refused: the end of that day has no RFC 3339 form in half of the world. */
const FIRST_YEAR = 1970;
export const LAST_YEAR = 9998;

export function isYear(year: number): boolean {
  return year >= FIRST_YEAR && year <= LAST_YEAR;
}

export function outsideYears(text: string): Error {
  const fault = `is outside the years ${FIRST_YEAR} to ${LAST_YEAR}`;
  return invalidTime(text, 'year-out-of-range', fault, 'Leave out what has no end, or write a year in that range');
}
