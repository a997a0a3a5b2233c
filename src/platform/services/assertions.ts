import type { api } from '../../contract/operations/index.ts';
import { checkAssertions } from '../../domain/assertions/check-assertions.ts';
import { type AssertionResult, assertionJson } from '../../domain/assertions/result.ts';
import { revisionsSince } from '../../domain/assertions/revisions.ts';
import type { Documents } from '../../domain/document/resources.ts';
import type { Handler } from '../handler.ts';
import { CompiledRevisions } from './compiled-revisions.ts';
import { notFound } from './not-found.ts';
import { presentWorld } from './world.ts';
import { indexOf } from './world-index.ts';

type Check = (typeof api)['answers']['assertions'];

export const checkStoredAssertions: Handler<Check> = async ({ platform }, { query }) => {
  const { documents } = await presentWorld(platform);
  if (query.id !== undefined && !documents.assertions.has(query.id)) throw notFound('assertion', query.id);
  const revisions = new CompiledRevisions(platform, documents);
  const results = await checkedAssertions(documents, revisions, platform.now());
  return {
    value: { assertions: results.filter(({ id }) => query.id === undefined || id === query.id).map(assertionJson) },
  };
};

/** What the assertions of a state come to, from an instant (epoch milliseconds) on. */
export async function checkedAssertions(
  documents: Documents,
  revisions: CompiledRevisions,
  since: number,
): Promise<readonly AssertionResult[]> {
  if (documents.assertions.size === 0) return [];
  for (const ruleset of documents.rulesets.values()) {
    for (const revision of revisionsSince(ruleset, since)) revisions.compiled(ruleset.id, revision);
  }
  await revisions.loadMissing();
  return checkAssertions({ index: indexOf(documents), compiled: revisions.compiled }, { since });
}
