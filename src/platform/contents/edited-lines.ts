import type { ContentReference } from '../../domain/document/catalog-schema.ts';
import { skuOfLine } from '../../domain/document/content-lines.ts';
import type { PlatformParts } from '../parts.ts';
import { type Brought, broughtTexts } from './brought.ts';

/** A content of products or of listings; undefined where there are none. */
export type SkuReference = ContentReference | undefined;

export interface LineEdit {
  /** Lines that go in, canonical and in the order of their SKUs. */
  readonly put?: readonly string[];
  /** SKUs that go out. */
  readonly take?: ReadonlySet<string>;
}

/** A content with lines put in, in place of those of the same SKU, and others taken out; null where nothing is left. */
export async function editedLines(
  platform: PlatformParts,
  present: SkuReference,
  { put = [], take = new Set() }: LineEdit,
): Promise<Brought | null> {
  const kept = present === undefined ? [] : await allLines(platform, present.content);
  const texts: string[] = [];
  let at = 0;
  for (const line of put) {
    const sku = skuOfLine(line);
    for (; at < kept.length; at += 1) {
      const old = kept[at] ?? '';
      const own = skuOfLine(old);
      if (own > sku) break;
      if (own < sku && !take.has(own)) texts.push(old);
    }
    texts.push(line);
  }
  for (; at < kept.length; at += 1) {
    const old = kept[at] ?? '';
    if (take.size === 0 || !take.has(skuOfLine(old))) texts.push(old);
  }
  return texts.length === 0 ? null : broughtTexts(texts);
}

/** Every line of a content, in its order. */
export async function allLines({ skus }: PlatformParts, content: string): Promise<readonly string[]> {
  const lines: string[] = [];
  for await (const block of skus.blocks(content)) for (const line of block) lines.push(line);
  return lines;
}
