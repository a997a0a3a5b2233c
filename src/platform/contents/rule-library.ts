import { NO_RULES, ruleOfLine } from '../../domain/document/rule-lines.ts';
import type { RuleSpec } from '../../domain/document/schema.ts';
import { GatheredRules } from '../../redirects/gathered-rules.ts';
import type { RedirectRule } from '../../redirects/rule.ts';
import type { RuleTable } from '../../redirects/rule-table.ts';
import { linesOfChunk } from '../store/rule-chunks.ts';
import type { Store } from '../store/store.ts';
import { StoreDamage } from '../store/store-damage.ts';
import { WeightedCache } from '../weighted-cache.ts';

/** The rules of contents, read chunk by chunk, and remembered as bytes while there is room. */
export interface RuleLibrary {
  /** Null where the store does not have this content. */
  load(content: string): Promise<RuleTable | null>;
  /** The same for one that the store has, one chunk in memory at a time. Throws Failure `store-damaged` on the way where a line is no rule. */
  each(content: string): AsyncGenerator<RuleSpec>;
}

/** Bytes of rules that are kept at most, over all contents. */
const MOST_BYTES = 50_000_000;
/** Rules that are packed together. */
const BLOCK = 5_000;

export function createRuleLibrary(store: Store): RuleLibrary {
  const known = new WeightedCache<RuleTable>(MOST_BYTES);

  async function* each(content: string): AsyncGenerator<RuleSpec> {
    const chunks = await store.read((tables) => tables.rules.chunks(content));
    for (const chunk of chunks) {
      const rules = await store.read(async (tables) => storedRules(content, await tables.rules.text(chunk)));
      yield* rules;
    }
  }

  return {
    each,
    async load(content) {
      if (content === NO_RULES.content) return new GatheredRules().finish();
      const cached = known.get(content);
      if (cached !== undefined) return cached;
      const rules = await store.read(async ({ rules: table }) => {
        if ((await table.count(content)) === null) return null;
        const gathered = new GatheredRules();
        let block: RedirectRule[] = [];
        for (const chunk of await table.chunks(content)) {
          for (const rule of storedRules(content, await table.text(chunk))) block.push(rule as RedirectRule);
          if (block.length < BLOCK) continue;
          gathered.add(block);
          block = [];
        }
        gathered.add(block);
        return gathered.finish();
      });
      if (rules !== null) known.set(content, rules, rules.bytes.length);
      return rules;
    },
  };
}

function storedRules(content: string, chunk: string | null): readonly RuleSpec[] {
  if (chunk === null) throw new StoreDamage(`has lost some of the rules ${content}`);
  try {
    return linesOfChunk(chunk).map(ruleOfLine);
  } catch (error) {
    throw new StoreDamage(`holds the rules ${content}, of which one cannot be read`, error);
  }
}
