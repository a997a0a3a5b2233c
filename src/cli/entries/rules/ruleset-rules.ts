import { type Client, uploadRules } from '../../../client/index.ts';
import { api } from '../../../contract/operations/index.ts';
import type { RuleSpec, RulesReference } from '../../../domain/document/schema.ts';
import { GatheredRules } from '../../../redirects/gathered-rules.ts';
import type { RedirectRule } from '../../../redirects/rule.ts';
import type { RuleTable } from '../../../redirects/rule-table.ts';
import type { Progress } from '../../progress.ts';
import { giveWay } from '../../turns.ts';

/** Rules that go along in the request; more are uploaded before it. */
const MOST_INLINE = 1000;

/** The rules of a ruleset in their order, at its latest revision unless told. */
export async function readRules(client: Client, id: string, revision?: number): Promise<readonly RuleSpec[]> {
  const query = revision === undefined ? {} : { revision };
  const { value } = await client.call(api.rules.read, { params: { id }, query });
  const rules: RuleSpec[] = [];
  for await (const rule of value) rules.push(rule);
  return rules;
}

/** Rules that are taken in together. */
const BLOCK = 5_000;

/** The same as bytes: for rules that are to be compiled, compared or looked up, however many they are. */
export async function readRuleTable(client: Client, id: string, revision: number): Promise<RuleTable> {
  const gathered = new GatheredRules();
  for await (const block of readRuleBlocks(client, id, revision)) gathered.add(block);
  return gathered.finish();
}

/** The same block by block, of which one is in memory at a time. */
export async function* readRuleBlocks(
  client: Client,
  id: string,
  revision: number,
): AsyncGenerator<readonly RedirectRule[]> {
  const { value } = await client.call(api.rules.read, { params: { id }, query: { revision } });
  let block: RedirectRule[] = [];
  for await (const rule of value) {
    block.push(rule as RedirectRule);
    if (block.length < BLOCK) continue;
    yield block;
    block = [];
    await giveWay();
  }
  if (block.length > 0) yield block;
}

/** Rules as a write names them: themselves where they are few, else by the content that an upload gave them. */
export async function rulesForWrite(
  client: Client,
  rules: readonly RuleSpec[] | RulesReference,
  progress: Progress,
): Promise<unknown> {
  if ('content' in rules) return rules;
  if (rules.length <= MOST_INLINE) return rules;
  return uploadRules(client, rules, {
    onProgress: (received, total) => progress.update(`Uploading rules: ${received} of ${total}`),
  });
}
