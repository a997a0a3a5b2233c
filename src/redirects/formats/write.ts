import type { RedirectRule } from '../rule.ts';
import { CSV_WRITER } from './csv-write.ts';
import { NDJSON_WRITER } from './ndjson.ts';
import type { RuleWriter } from './rule-writer.ts';

/** The formats that can say everything a rule can; the others are written by their edge's exporter. */
export type FullFormat = 'csv' | 'ndjson';

export function isFullFormat(format: string): format is FullFormat {
  return format === 'csv' || format === 'ndjson';
}

function ruleWriter(format: FullFormat): RuleWriter {
  switch (format) {
    case 'csv':
      return CSV_WRITER;
    case 'ndjson':
      return NDJSON_WRITER;
  }
}

/** Rules as text, a line at a time. */
export function* writeRules(rules: Iterable<RedirectRule>, format: FullFormat): Generator<string> {
  const { head, line } = ruleWriter(format);
  if (head !== '') yield head;
  for (const rule of rules) yield line(rule);
}

/** UTF-16 units of a piece: writing each line by itself would take longer than making it. */
const PIECE = 65_536;

/** The same of rules that come block by block, in pieces of whole lines. */
export async function* writeRuleBlocks(
  blocks: AsyncIterable<Iterable<RedirectRule>>,
  format: FullFormat,
): AsyncGenerator<string> {
  const { head, line } = ruleWriter(format);
  let piece = head;
  for await (const rules of blocks) {
    for (const rule of rules) {
      piece += line(rule);
      if (piece.length < PIECE) continue;
      yield piece;
      piece = '';
    }
  }
  if (piece !== '') yield piece;
}
