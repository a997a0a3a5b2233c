import { ruleOfLine } from '../../domain/document/rule-lines.ts';
import type { RedirectRule } from '../../redirects/rule.ts';
import { linesOfChunk } from '../store/rule-chunks.ts';
import type { Store } from '../store/store.ts';
import { WeightedCache } from '../weighted-cache.ts';

/** The rules of contents, read chunk by chunk and remembered while there is room. */
export interface RuleLibrary {
  /** Null where the store does not have this content. */
  load(content: string): Promise<readonly RedirectRule[] | null>;
  /** The canonical lines of a content, one chunk in memory at a time. */
  lines(content: string): AsyncGenerator<string>;
}

/** How many parsed rules are kept at most, over all contents: some 100 MB. */
const MOST_RULES = 300_000;

export function createRuleLibrary(store: Store): RuleLibrary {
  const known = new WeightedCache<readonly RedirectRule[]>(MOST_RULES);

  async function* lines(content: string): AsyncGenerator<string> {
    const chunks = await store.read((tables) => tables.rules.chunks(content));
    for (const chunk of chunks) {
      const text = await store.read((tables) => tables.rules.text(chunk));
      yield* linesOfChunk(text ?? '');
    }
  }

  return {
    lines,
    async load(content) {
      const cached = known.get(content);
      if (cached !== undefined) return cached;
      const rules = await store.read(async ({ rules: table }) => {
        if ((await table.count(content)) === null) return null;
        const read: RedirectRule[] = [];
        for (const chunk of await table.chunks(content)) {
          for (const line of linesOfChunk((await table.text(chunk)) ?? '')) read.push(ruleOfLine(line) as RedirectRule);
        }
        return read;
      });
      if (rules !== null) known.set(content, rules, rules.length);
      return rules;
    },
  };
}
