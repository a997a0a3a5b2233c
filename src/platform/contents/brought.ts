import type { ContentReference, ListingLine, ProductLine } from '../../domain/document/catalog-schema.ts';
import { bySku, type SkuLine, skuLineText } from '../../domain/document/content-lines.ts';
import { canonicalRule, contentOfLines, ruleLine } from '../../domain/document/rule-lines.ts';
import type { RuleSpec } from '../../domain/document/schema.ts';
import { EXIT, Failure } from '../../domain/failure.ts';
import { sha256Lines } from '../digest.ts';
import { ChunkCutter, type RuleChunk } from '../store/rule-chunks.ts';
import type { Tables } from '../store/store.ts';

/** Lines that came in a request: named by content like all others, and stored with the write that they belong to. */
export interface Brought {
  readonly reference: ContentReference;
  /** Canonical, in the order of the content. */
  readonly texts: Iterable<string>;
}

/** Lines of products or listings. */
export interface BroughtSkus extends Brought {
  readonly texts: readonly string[];
}

export interface BroughtRules extends Brought {
  /** As they are read from their lines. */
  readonly rules: readonly RuleSpec[];
}

/** Rules are many, and the request holds them already: their lines are written where they are asked for, and not kept. */
export function broughtRules(given: readonly RuleSpec[]): BroughtRules {
  const rules = given.map(canonicalRule);
  const texts = { [Symbol.iterator]: () => rules.values().map(ruleLine) };
  return { reference: contentOfLines(texts, sha256Lines()), texts, rules };
}

export function isBroughtRules(brought: Brought): brought is BroughtRules {
  return 'rules' in brought;
}

/**
 * Products or listings, whatever order they came in.
 *
 * @throws Failure `invalid-document` where a SKU stands there twice
 */
export function broughtSkus(lines: readonly (ProductLine | ListingLine)[], pointer: string): BroughtSkus {
  const sorted = lines.toSorted(bySku);
  requireDistinct(sorted, pointer);
  return broughtTexts(sorted.map(skuLineText));
}

/** Lines that are canonical, and in the order of their content. */
export function broughtTexts(texts: readonly string[]): BroughtSkus {
  return { reference: contentOfLines(texts, sha256Lines()), texts };
}

function requireDistinct(sorted: readonly SkuLine[], pointer: string): void {
  const twice = sorted.find(({ sku }, index) => sku === sorted[index + 1]?.sku);
  if (twice === undefined) return;
  const message = `\`${twice.sku}\` is there twice`;
  throw new Failure({
    code: 'invalid-document',
    exit: EXIT.usage,
    message,
    remedy: 'Name each SKU once.',
    details: { problems: [{ code: 'duplicate', severity: 'error', message, place: { pointer } }] },
  });
}

/** Stores them where the store does not have them yet, until what names them keeps them longer. */
export async function storeBrought(tables: Tables, { reference, texts }: Brought, keepUntil: number): Promise<void> {
  if ((await tables.rules.count(reference.content)) !== null) return;
  const cutter = new ChunkCutter();
  const chunks: RuleChunk[] = [];
  for (const text of texts) {
    const chunk = cutter.push(text);
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
