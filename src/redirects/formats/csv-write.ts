import type { QueryPolicy, RedirectRule } from '../rule.ts';
import { COLUMN_NAMES } from './column-names.ts';
import { writeField } from './csv-records.ts';
import type { RuleWriter } from './rule-writer.ts';

const HEADER = `${COLUMN_NAMES.join(',')}\r\n`;

/**
 * Writes rules as CSV, each line with its CRLF. What a spreadsheet could take for a formula is guarded with an apostrophe,
 * which `readRulesCsv` takes back.
 */
export const CSV_WRITER: RuleWriter = {
  head: HEADER,
  line(rule) {
    const cells = [
      rule.from,
      rule.to ?? '',
      rule.status === undefined ? '' : String(rule.status),
      rule.match ?? '',
      writeQueryPolicy(rule.query),
      rule.window?.from ?? '',
      rule.window?.until ?? '',
      rule.priority === undefined ? '' : String(rule.priority),
      rule.note ?? '',
      rule.enabled === undefined ? '' : String(rule.enabled),
    ];
    return `${cells.map(writeField).join(',')}\r\n`;
  },
};

/** The same of many rules, a line at a time. */
export function* writeRulesCsv(rules: Iterable<RedirectRule>): Generator<string> {
  yield CSV_WRITER.head;
  for (const rule of rules) yield CSV_WRITER.line(rule);
}

function writeQueryPolicy(query: QueryPolicy | undefined): string {
  if (query === undefined || typeof query === 'string') return query ?? '';
  return `significant:${query.significant.map((name) => name.replaceAll('%', '%25').replaceAll(' ', '%20')).join(' ')}`;
}
