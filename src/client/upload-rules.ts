import { createHash } from 'node:crypto';
import type { LineBlocks } from '../contract/operation.ts';
import { api } from '../contract/operations/index.ts';
import type { ContentReference } from '../domain/document/catalog-schema.ts';
import { contentSteps, ruleLine } from '../domain/document/rule-lines.ts';
import type { RuleSpec, RulesReference } from '../domain/document/schema.ts';
import { Failure } from '../domain/failure.ts';
import { atOnce, type Steps } from '../redirects/steps.ts';
import type { Client } from './client.ts';
import { type UploadKind, uploadLines } from './upload-lines.ts';

export interface UploadOptions {
  /** Lines that the platform has taken, of how many. */
  readonly onProgress?: (received: number, total: number) => void;
}

/** Rules that can be gone through again, of which none need be made before it is asked for. */
export interface ManyRules extends Iterable<RuleSpec> {
  readonly length: number;
}

/**
 * Brings rules that are in memory to a platform and gives the reference that a ruleset names them by. Nothing is sent
 * where the platform has them already, and their lines are made as they are sent. Throws what {@link uploadLines} throws.
 *
 * @param known their reference, where it has been worked out
 */
export async function uploadRules(
  client: Client,
  rules: ManyRules,
  { onProgress }: UploadOptions = {},
  known?: RulesReference,
): Promise<RulesReference> {
  const reference = known ?? rulesReference(linesOf(rules));
  if (await has(client, reference.content)) return reference;
  return uploadLines(client, blocksOf(rules), { onProgress: (received) => onProgress?.(received, rules.length) });
}

function* linesOf(rules: Iterable<RuleSpec>): Generator<string> {
  for (const rule of rules) yield ruleLine(rule);
}

/** Lines that are made together. */
const BLOCK = 5_000;

async function* blocksOf(rules: Iterable<RuleSpec>): LineBlocks {
  let block: string[] = [];
  for (const line of linesOf(rules)) {
    block.push(line);
    if (block.length < BLOCK) continue;
    yield block;
    block = [];
  }
  if (block.length > 0) yield block;
}

/** The same of canonical lines that are at hand, of any kind; products and listings are in the order of their SKUs. */
export async function uploadContent(
  client: Client,
  kind: UploadKind,
  lines: readonly string[],
  { onProgress }: UploadOptions = {},
): Promise<ContentReference> {
  const reference = rulesReference(lines);
  if (await has(client, reference.content)) return reference;
  return uploadLines(client, oneBlock(lines), { kind, onProgress: (received) => onProgress?.(received, lines.length) });
}

async function* oneBlock(lines: readonly string[]): LineBlocks {
  yield lines;
}

/** Rules that travel with the document: an upload of its own would take longer than they do. */
const FEW_RULES = 1_000;
/** Rules that one document carries in all, so that its request stays far below a platform's limit on bodies. */
const MOST_CARRIED = 100_000;

/**
 * Says, ruleset by ruleset of one document, how its rules travel: few in the document itself, many uploaded ahead of
 * it and named by content.
 */
export function rulesCarrier(
  client: Client,
  options: UploadOptions = {},
): (rules: readonly RuleSpec[]) => Promise<RuleSpec[] | RulesReference> {
  let carried = 0;
  return async (rules) => {
    if (rules.length > FEW_RULES || carried + rules.length > MOST_CARRIED) return uploadRules(client, rules, options);
    carried += rules.length;
    return [...rules];
  };
}

/** The reference of canonical lines: what the platform will call them. */
export function rulesReference(lines: Iterable<string>): RulesReference {
  return atOnce(rulesReferenceSteps(lines));
}

/** The same in steps. */
export function rulesReferenceSteps(lines: Iterable<string>): Steps<RulesReference> {
  const hash = createHash('sha256');
  return contentSteps(lines, {
    update: (text) => {
      hash.update(text, 'utf8');
    },
    digest: () => hash.digest('hex'),
  });
}

async function has(client: Client, content: string): Promise<boolean> {
  try {
    await client.call(api.rules.find, { params: { content } });
    return true;
  } catch (error) {
    if (error instanceof Failure && error.code === 'not-found') return false;
    throw error;
  }
}
