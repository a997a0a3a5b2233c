import { contentOfLines, ruleLine } from '../../domain/document/rule-lines.ts';
import type { RuleSpec, RulesReference } from '../../domain/document/schema.ts';
import { sha256Lines } from '../digest.ts';
import { ChunkCutter, type RuleChunk } from '../store/rule-chunks.ts';
import type { Tables } from '../store/store.ts';

/** Rules that came in a request: named by content like all others, and stored with the write that they belong to. */
export interface InlineRules {
  readonly reference: RulesReference;
  readonly rules: readonly RuleSpec[];
}

export function inlineRules(rules: readonly RuleSpec[]): InlineRules {
  return { reference: contentOfLines(rules.map(ruleLine), sha256Lines()), rules };
}

/** Stores them where the store does not have them yet, until what names them keeps them longer. */
export async function storeInlineRules(
  tables: Tables,
  { reference, rules }: InlineRules,
  keepUntil: number,
): Promise<void> {
  if ((await tables.rules.count(reference.content)) !== null) return;
  const cutter = new ChunkCutter();
  const chunks: RuleChunk[] = [];
  for (const rule of rules) {
    const chunk = cutter.push(ruleLine(rule));
    if (chunk !== null) chunks.push(chunk);
  }
  const last = cutter.end();
  if (last !== null) chunks.push(last);
  await tables.rules.putChunks(chunks);
  await tables.rules.putContent(
    reference.content,
    reference.count,
    chunks.map((chunk) => chunk.hash),
    keepUntil,
  );
}
