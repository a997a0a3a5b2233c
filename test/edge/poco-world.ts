import { checkDocuments } from '../../src/domain/document/check-documents.ts';
import type { StoredDocument } from '../../src/domain/document/schema.ts';
import { SECTIONS } from '../../src/domain/document/sections.ts';
import { specsOfDocument } from '../../src/domain/document/specs.ts';
import type { Answering } from '../../src/domain/state/answer.ts';
import { compileRevision } from '../../src/domain/state/compile-revision.ts';
import { indexDocuments } from '../../src/domain/state/document-index.ts';
import { createTimeResolver } from '../../src/domain/time/time-resolver.ts';
import type { RedirectRule } from '../../src/redirects/rule.ts';
import { POCO } from '../platform/poco.ts';

/** The dark instant of poco-gb, 2025-01-01T00:00Z; poco-fr is dark an hour before. */
export const DARK = Date.UTC(2025, 0, 1);

/** The POCO document, ready to answer from, with more rules for poco-gb where a test has some. */
export function pocoWorld(more: readonly RedirectRule[] = []): Answering {
  const { 'poco-gb': ruleset } = POCO.rulesets ?? {};
  if (ruleset === undefined || !Array.isArray(ruleset.rules)) throw new Error('the fixture has lost its rules');
  const rules = [...(ruleset.rules as readonly RedirectRule[]), ...more];
  const stored = { ...ruleset, rules: { content: '0'.repeat(64), count: rules.length } };
  const { specs } = specsOfDocument({ ...POCO, rulesets: { 'poco-gb': stored } } as StoredDocument);
  const { documents } = checkDocuments(specs, { tzdb: 'test', known: new Set(SECTIONS) });
  const resolver = createTimeResolver('test');
  const made = new Map<string, ReturnType<typeof compileRevision>>();
  return {
    index: indexDocuments(documents),
    compiled(id, revision) {
      const compiled = made.get(id) ?? compileRevision(documents, revision, rules, resolver);
      made.set(id, compiled);
      return compiled;
    },
  };
}
