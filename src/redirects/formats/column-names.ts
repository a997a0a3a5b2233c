/** The columns of a CSV of rules, in the order in which they are written; other names are mapped to these. */
export const COLUMN_NAMES = [
  'from',
  'to',
  'status',
  'match',
  'query',
  'window.from',
  'window.until',
  'priority',
  'note',
  'enabled',
] as const;
