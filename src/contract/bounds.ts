/** What both the schemas of requests and the checks that spare loading them hold a request to. */

/** The most items of one page. */
export const MOST_ITEMS = 1000;
/** The most characters of a cursor. */
export const LONGEST_CURSOR = 500;
/** The most characters of a written time. */
export const LONGEST_TIME = 120;
/** The most characters of an id that the platform makes. */
export const LONGEST_ANY_ID = 100;
/** The most URLs of one question. */
export const MOST_URLS = 1000;
/** The most characters of each. */
export const LONGEST_URL = 2_000_000;
