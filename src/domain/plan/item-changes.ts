import type { SkuLine } from '../document/content-lines.ts';
import { equalValues } from './equal.ts';

/** How products, or the listings of a catalog, change: by SKU. */
export interface ItemChanges {
  readonly before: number;
  readonly after: number;
  readonly added: number;
  readonly removed: number;
  readonly changed: number;
  /** The first of each, so that a person sees what is meant. */
  readonly examples: {
    readonly added: readonly string[];
    readonly removed: readonly string[];
    readonly changed: readonly string[];
  };
}

/** So many SKUs of each are named. */
const EXAMPLES = 20;

/** Both in the order of their SKUs; one pass over both. */
export function itemChanges(before: readonly SkuLine[], after: readonly SkuLine[]): ItemChanges {
  const counts = { added: 0, removed: 0, changed: 0 };
  const examples = { added: [] as string[], removed: [] as string[], changed: [] as string[] };
  const note = (what: keyof typeof counts, { sku }: SkuLine): void => {
    counts[what] += 1;
    if (examples[what].length < EXAMPLES) examples[what].push(sku);
  };
  for (let i = 0, j = 0; i < before.length || j < after.length; ) {
    const [old, next] = [before[i], after[j]];
    if (old !== undefined && (next === undefined || old.sku < next.sku)) {
      note('removed', old);
      i += 1;
    } else if (next !== undefined && (old === undefined || next.sku < old.sku)) {
      note('added', next);
      j += 1;
    } else if (old !== undefined && next !== undefined) {
      if (!equalValues(old, next)) note('changed', next);
      i += 1;
      j += 1;
    }
  }
  return { before: before.length, after: after.length, ...counts, examples };
}
