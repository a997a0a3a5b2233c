import { createHash } from 'node:crypto';
import { api } from '../contract/operations/index.ts';
import type { LongOperation } from '../contract/shapes.ts';
import { contentOfLines, ruleLine } from '../domain/document/rule-lines.ts';
import type { RuleSpec, RulesReference } from '../domain/document/schema.ts';
import { EXIT, Failure, type Problem } from '../domain/failure.ts';
import type { Client } from './client.ts';
import { attemptsAfter } from './retry.ts';

export interface UploadOptions {
  /** Rules that the platform has taken, of how many. */
  readonly onProgress?: (received: number, total: number) => void;
}

/** Rules of one request: what a lost connection costs at most, and what fits every proxy's limits. */
const BATCH = 5_000;
/** Times that one upload is taken up again after a lost connection without any progress in between. */
const RESUMES = 5;

/**
 * Brings rules to a platform and gives the reference that a ruleset names them by. Nothing is sent where the platform
 * has them already; a lost connection goes on where the platform stands. Throws Failure `invalid-document` with the
 * number of every rule that the platform does not take.
 */
export async function uploadRules(
  client: Client,
  rules: Iterable<RuleSpec> | AsyncIterable<RuleSpec>,
  { onProgress }: UploadOptions = {},
): Promise<RulesReference> {
  const lines: string[] = [];
  for await (const rule of rules) lines.push(ruleLine(rule));
  const reference = rulesReference(lines);
  if (await has(client, reference.content)) return reference;
  const { value: upload } = await client.call(api.rules.begin);
  await sendAll(client, upload.id, lines, onProgress);
  const { value: sealed } = await client.call(api.rules.complete, { params: { id: upload.id } });
  if (sealed.result?.content !== reference.content) throw mismatch(reference, sealed);
  return sealed.result;
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
  const hash = createHash('sha256');
  return contentOfLines(lines, {
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

async function sendAll(
  client: Client,
  id: string,
  lines: readonly string[],
  onProgress: UploadOptions['onProgress'],
): Promise<void> {
  let received = 0;
  for (let failures = 0; received < lines.length; ) {
    const batch = lines.slice(received, received + BATCH);
    const before = received;
    try {
      const { value } = await client.call(api.rules.append, {
        params: { id },
        query: { offset: received },
        body: parsed(batch),
      });
      if (value.problems.length > 0) throw await refused(client, value);
      received = value.progress.received;
    } catch (error) {
      if (failures >= resumesAfter(error)) throw error;
      // Lines may have arrived although the answer did not: only the platform knows where it stands.
      const { value } = await client.call(api.operations.get, { params: { id } });
      received = value.progress.received;
    }
    failures = received > before ? 0 : failures + 1;
    onProgress?.(received, lines.length);
  }
}

async function* parsed(lines: readonly string[]): AsyncGenerator<RuleSpec> {
  for (const line of lines) yield JSON.parse(line) as RuleSpec;
}

/** How often in a row an upload that was interrupted like this is taken up again. */
function resumesAfter(error: unknown): number {
  if (!(error instanceof Failure)) return 0;
  return error.code === 'upload-offset' ? RESUMES : Math.min(RESUMES, attemptsAfter(error) - 1);
}

async function refused(client: Client, upload: LongOperation): Promise<Failure> {
  await client.call(api.operations.cancel, { params: { id: upload.id } });
  const problems = upload.problems.map(
    ({ line, message }): Problem => ({ code: 'invalid-rule', severity: 'error', message, place: { line } }),
  );
  return new Failure({
    code: 'invalid-document',
    exit: EXIT.usage,
    message: `The platform does not take ${problems.length} of the rules; the first is rule ${problems[0]?.place?.line}: ${problems[0]?.message}`,
    remedy: 'Correct the rules, and run the command again.',
    details: { problems },
  });
}

function mismatch(reference: RulesReference, sealed: LongOperation): Failure {
  return new Failure({
    code: 'unavailable',
    exit: EXIT.unavailable,
    message: 'What the platform received is not what was sent; nothing names it, so nothing changed.',
    remedy: 'Run the command again. If it happens again, something between here and the platform alters requests.',
    details: { sent: reference, received: sealed.result, permanent: true },
  });
}
