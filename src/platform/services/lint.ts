import type { api } from '../../contract/operations/index.ts';
import { assertionFindings } from '../../domain/assertions/findings.ts';
import type { RulesetRevision } from '../../domain/document/resources.ts';
import { type CompiledById, lintDocuments } from '../../domain/state/lint-documents.ts';
import { createTimeResolver } from '../../domain/time/time-resolver.ts';
import type { CompiledRuleset } from '../../redirects/compile.ts';
import type { Handler } from '../handler.ts';
import { checkedAssertions } from './assertions.ts';
import { CompiledRevisions } from './compiled-revisions.ts';
import { notFound } from './not-found.ts';
import { presentWorld } from './world.ts';
import { indexOf } from './world-index.ts';

export const lintRulesets: Handler<(typeof api)['answers']['lint']> = async ({ platform }, { query }) => {
  const { documents } = await presentWorld(platform);
  if (query.ruleset !== undefined && !documents.rulesets.has(query.ruleset)) throw notFound('ruleset', query.ruleset);
  const revisions = new CompiledRevisions(platform, documents);
  const compiled = await compileAll(revisions, [...documents.rulesets.values()].map(lastRevision));
  const byId: CompiledById = new Map(
    [...documents.rulesets.values()].flatMap((ruleset, index) => {
      const found = compiled[index];
      return found === null || found === undefined
        ? []
        : [[ruleset.id, { ruleset: found, spec: ruleset.spec }] as const];
    }),
  );
  // Loops and chains run across rulesets, so all are looked at whichever is asked for.
  const at = platform.now();
  const settings = { at, resolver: createTimeResolver(platform.tzdb) };
  const lintSince = async (since: number) => {
    const lint = () => lintDocuments(indexOf(documents), byId, { since, settings, earlier: revisions.compiled });
    const found = lint();
    return (await revisions.loadMissing()) ? lint() : found;
  };
  const asserted = assertionFindings(await checkedAssertions(documents, revisions, at));
  const findings = [...(await lintSince(at)), ...asserted].filter(
    (finding) => query.ruleset === undefined || finding.rules.some((rule) => rule.ruleset === query.ruleset),
  );
  const counted = [...documents.rulesets.values()].filter(
    ({ id }) => query.ruleset === undefined || id === query.ruleset,
  );
  return { value: { rules: counted.reduce((sum, { spec }) => sum + spec.rules.count, 0), findings } };
};

function lastRevision({
  id,
  spec,
  revisions,
}: {
  readonly id: string;
  readonly spec: RulesetRevision['spec'];
  readonly revisions?: readonly RulesetRevision[];
}): { readonly id: string; readonly revision: RulesetRevision } {
  return { id, revision: revisions?.at(-1) ?? { revision: 1, from: null, spec } };
}

async function compileAll(
  revisions: CompiledRevisions,
  wanted: readonly { readonly id: string; readonly revision: RulesetRevision }[],
): Promise<readonly (CompiledRuleset | null)[]> {
  const compile = () => wanted.map(({ id, revision }) => revisions.compiled(id, revision));
  compile();
  await revisions.loadMissing();
  return compile();
}
