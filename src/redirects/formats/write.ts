import type { RedirectRule } from '../rule.ts';
import { writeRulesCsv } from './csv.ts';
import { writeNdjson } from './ndjson.ts';

/** The formats that can say everything a rule can; the others are written by their edge's exporter. */
export type FullFormat = 'csv' | 'ndjson';

/** Rules as text, a line at a time; what is read back is the same rules. */
export function writeRules(rules: Iterable<RedirectRule>, format: FullFormat): Iterable<string> {
  switch (format) {
    case 'csv':
      return writeRulesCsv(rules);
    case 'ndjson':
      return writeNdjson(rules);
  }
}
