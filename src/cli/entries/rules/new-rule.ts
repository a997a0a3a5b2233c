import type { Client } from '../../../client/index.ts';
import type { Resource } from '../../../domain/document/resources.ts';
import type { RuleSpec } from '../../../domain/document/schema.ts';
import { EXIT, Failure } from '../../../domain/failure.ts';
import { requireId } from '../entry-id.ts';
import { findResource } from '../read.ts';
import { addRule, editRule, type SaidRule } from './edit-rules.ts';
import { readRules } from './ruleset-rules.ts';
import { editRuleset } from './ruleset-spec.ts';
import type { RulesetWrite } from './ruleset-write.ts';

/** What was said of a new rule and of the ruleset it goes into. */
export type SaidNewRule = SaidRule & { readonly site?: string | undefined };

/** What has to be said yet. A rule that answers 410 goes nowhere; a ruleset that is there has its site. */
export function missingOfRule(ruleset: string | undefined, isThere: boolean, said: SaidNewRule): readonly string[] {
  return [
    ...(ruleset === undefined ? ['RULESET'] : []),
    ...(isThere || (said.site ?? '') !== '' ? [] : ['--site']),
    ...((said.from ?? '') === '' ? ['--from'] : []),
    ...(said.status === 410 || (said.to ?? '') !== '' ? [] : ['--to']),
  ];
}

/** The ruleset with one rule more; a new one where there is none of that id. */
export async function withNewRule(client: Client, id: string, said: SaidNewRule): Promise<RulesetWrite> {
  requireId(id);
  const present = await findResource(client, 'rulesets', id);
  if (present !== null) requireSameSite(present.resource, said);
  const rules: readonly RuleSpec[] = present === null ? [] : await readRules(client, id);
  const { rules: _, ...options } = present?.resource.spec ?? { rules: null };
  return {
    id,
    present,
    options: editRuleset(options, said, 'rule'),
    rules: addRule(rules, editRule({ from: said.from ?? '' }, said)),
  };
}

/** Adding a rule is no way to give a ruleset to another site. */
function requireSameSite({ id, spec }: Resource<'rulesets'>, { site }: SaidNewRule): void {
  if (site === undefined || site === spec.site) return;
  throw new Failure({
    code: 'other-site',
    exit: EXIT.usage,
    message: `The ruleset ${id} is for the site ${spec.site}, not ${site}. Nothing was written.`,
    remedy: `Leave --site out, or give the rule to another ruleset.`,
    details: { ruleset: id, site: spec.site },
  });
}
