import type { Client } from '../../client/index.ts';
import { api } from '../../contract/operations/index.ts';
import type { RuleSpec } from '../../domain/document/schema.ts';
import { EXIT, Failure } from '../../domain/failure.ts';
import { optionsOf } from '../../redirects/formats/format.ts';
import { requireId } from '../entries/entry-id.ts';
import type { Said } from '../entries/fields.ts';
import { findResource } from '../entries/read.ts';
import { readRules } from '../entries/rules/ruleset-rules.ts';
import { editRuleset } from '../entries/rules/ruleset-spec.ts';
import type { RulesetWrite } from '../entries/rules/ruleset-write.ts';
import type { RulesOfFiles } from './read-rules-files.ts';

export interface ImportOrder {
  readonly id: string;
  readonly read: RulesOfFiles;
  /** Keep the rules that are there, and add these. */
  readonly add: boolean;
  /** `dark`: only where the site is not dark yet, so that visitors meet the rules when it is. */
  readonly inForce: 'now' | 'dark';
  /** The ruleset's own flags. */
  readonly said: Said;
}

/**
 * The ruleset with the rules of files instead of, or beside, its own; a new one where there is none of that id.
 *
 * @throws Failure `input-needed` where a new ruleset has no site, `already-dark`
 */
export async function importedRules(client: Client, order: ImportOrder): Promise<RulesetWrite> {
  const { id, read, add, said } = order;
  requireId(id);
  const present = await findResource(client, 'rulesets', id);
  const site = present?.resource.spec.site ?? said['site'];
  if (typeof site !== 'string' || site === '') throw siteNeeded(id);
  if (order.inForce === 'dark') await requireNotDark(client, site);
  const kept = add && present !== null ? await readRules(client, id) : [];
  const { rules: _, ...options } = present?.resource.spec ?? { rules: null, ...usualOptions(read) };
  return {
    id,
    present,
    options: editRuleset(options, said, 'ruleset'),
    // Reading has held every rule against this shape; only the readonly of its query differs.
    rules: [...kept, ...(read.rules as readonly RuleSpec[])],
  };
}

/** A new ruleset gets the options that the format means, where they are not the usual ones. */
function usualOptions({ formats }: RulesOfFiles): Readonly<Record<string, unknown>> {
  const { trailingSlash } = optionsOf(formats[0] ?? 'csv');
  return trailingSlash === 'ignore' ? {} : { trailingSlash };
}

async function requireNotDark(client: Client, site: string): Promise<void> {
  const { value } = await client.call(api.answers.status, { query: { at: 'now' } });
  const state = value.sites.find((one) => one.site === site)?.state;
  if (state !== 'dark') return;
  throw new Failure({
    code: 'already-dark',
    exit: EXIT.blocked,
    message: `The site ${site} is dark already: the rules would answer its visitors at once. Nothing was written.`,
    remedy: 'If that is meant, say --in-force now',
    details: { site, state },
  });
}

function siteNeeded(id: string): Failure {
  return new Failure({
    code: 'input-needed',
    exit: EXIT.usage,
    message: `There is no ruleset ${id} yet, and a new one needs the site that its rules are for.`,
    remedy: 'Add --site ID',
    details: { flags: ['--site'] },
  });
}
