import type { Client } from '../../client/index.ts';
import type { LineBlocks } from '../../contract/operation.ts';
import { api } from '../../contract/operations/index.ts';
import type { Resource } from '../../domain/document/resources.ts';
import { ruleLine } from '../../domain/document/rule-lines.ts';
import type { RulesReference } from '../../domain/document/schema.ts';
import type { Warning } from '../answer.ts';
import { counted } from '../output/counted.ts';
import { LineSet } from './line-set.ts';

/** Rules that a ruleset keeps when others join them. */
export interface RulesBeside {
  readonly reference: RulesReference;
  /** Their canonical lines, each time anew. */
  lines(): LineBlocks;
}

export function rulesBeside(client: Client, { id, spec }: Resource<'rulesets'>): RulesBeside {
  return { reference: spec.rules, lines: () => linesOfRuleset(client, id) };
}

async function* linesOfRuleset(client: Client, id: string): LineBlocks {
  const { value } = await client.call(api.rules.read, { params: { id } });
  let block: string[] = [];
  for await (const rule of value) {
    block.push(ruleLine(rule));
    if (block.length < BLOCK) continue;
    yield block;
    block = [];
  }
  if (block.length > 0) yield block;
}

const BLOCK = 5_000;

/** Leaves out the rules that stand beside already just as they are: the same files twice are the same as once. */
export class FreshRules {
  /** How many were left out so far. */
  present = 0;
  readonly #own: LineSet;

  private constructor(own: LineSet) {
    this.#own = own;
  }

  static async beside(beside: RulesBeside): Promise<FreshRules> {
    const own = new LineSet(beside.reference.count);
    for await (const block of beside.lines()) for (const line of block) own.add(line);
    return new FreshRules(own);
  }

  /** Null where none is new. */
  async among(blocks: LineBlocks): Promise<LineBlocks | null> {
    const fresh = this.#without(blocks);
    const first = await fresh.next();
    return first.done === true ? null : continued(first.value, fresh);
  }

  async *#without(blocks: LineBlocks): AsyncGenerator<readonly string[]> {
    for await (const block of blocks) {
      const fresh = block.filter((line) => !this.#own.has(line));
      this.present += block.length - fresh.length;
      if (fresh.length > 0) yield fresh;
    }
  }
}

export async function* continued(head: readonly string[], rest: LineBlocks): LineBlocks {
  yield head;
  yield* rest;
}

export function presentRules(count: number): readonly Warning[] {
  if (count === 0) return [];
  const [stand, they, are] = count === 1 ? ['stands', 'it', 'is'] : ['stand', 'they', 'are'];
  const message = `${counted(count, 'rule')} ${stand} there already; ${they} ${are} not added again.`;
  return [{ code: 'rules-present', message }];
}
