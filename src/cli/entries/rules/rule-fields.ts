import type { Field } from '../fields.ts';

/** The keys of a rule, for the command line that a wizard prints. */
export const RULE_FIELDS: readonly Field[] = [
  { key: 'from', flag: 'from', kind: 'text' },
  { key: 'to', flag: 'to', kind: 'text' },
  { key: 'status', flag: 'status', kind: 'text' },
  { key: 'match', flag: 'match', kind: 'text' },
  { key: 'query', flag: 'query', kind: 'text' },
  { key: 'window.from', flag: 'window-from', kind: 'time' },
  { key: 'window.until', flag: 'window-until', kind: 'time' },
  { key: 'priority', flag: 'priority', kind: 'text' },
  { key: 'note', flag: 'note', kind: 'text' },
  { key: 'enabled', flag: 'enabled', kind: 'switch' },
];
