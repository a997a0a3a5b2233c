import { type Client, uploadRules } from '../../../client/index.ts';
import { api } from '../../../contract/operations/index.ts';
import type { RuleSpec, RulesReference } from '../../../domain/document/schema.ts';
import type { Progress } from '../../progress.ts';

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
