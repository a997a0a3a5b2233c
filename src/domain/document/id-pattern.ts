/** What ids and SKUs are, apart from their schema: whoever only has to tell one does not load what schemas are made with. */
export const ID_PATTERN = /^[a-z0-9]+(-[a-z0-9]+)*$/;

/** The most characters of an id. */
export const LONGEST_ID = 100;
