/** What a ruleset says where it says nothing. */
export const RULESET_DEFAULTS = { query: 'preserve', trailingSlash: 'ignore', case: 'sensitive' } as const;

/** A fallback without a status redirects for now: what has no successor yet may get one. */
export const FALLBACK_STATUS = 302;
