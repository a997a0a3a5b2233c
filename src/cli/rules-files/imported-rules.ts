import type { Client } from '../../client/index.ts';
import { api } from '../../contract/operations/index.ts';
import { NO_RULES } from '../../domain/document/rule-lines.ts';
import { inForceFrom } from '../../domain/document/ruleset-revisions.ts';
import type { RulesReference } from '../../domain/document/schema.ts';
import { EXIT, Failure } from '../../domain/failure.ts';
import { rulesetOptions } from '../../domain/state/compile-revision.ts';
import { optionsOf } from '../../redirects/formats/format.ts';
import { requireId } from '../entries/entry-id.ts';
import type { Said } from '../entries/fields.ts';
import { findResource, type ReadResource } from '../entries/read.ts';
import { editRuleset, type RulesetOptionsSpec } from '../entries/rules/ruleset-spec.ts';
import type { RulesetWrite } from '../entries/rules/ruleset-write.ts';
import { shellLine } from '../prompts/shell-quote.ts';
import { type BringScene, type BroughtRules, bringRules } from './bring-rules.ts';
import type { ReadRulesInput } from './read-rules-files.ts';
import { rulesBeside } from './rules-beside.ts';
import type { RulesPlace } from './unusable-rules.ts';

export interface ImportOrder {
  readonly id: string;
  readonly input: ReadRulesInput;
  /** The content of a draft, in place of files. */
  readonly content: string | undefined;
  /** Keep the rules that are there, and add these. */
  readonly add: boolean;
  /** Whether it is meant that no rules remain. */
  readonly allowEmpty: boolean;
  /** Whether the rules are uploaded however few they are, so that they can be named later. */
  readonly draft: boolean;
  /** `now`, `dark`, a time, or undefined: at once, where nobody notices that. */
  readonly inForce: string | undefined;
  /** The ruleset's own flags. */
  readonly said: Said;
  /** The words of this command. */
  readonly words: readonly string[];
}

export interface ImportedRules {
  readonly write: RulesetWrite;
  readonly brought: BroughtRules;
}

/** Rules that go along in the request; more are uploaded before it. */
const MOST_INLINE = 1_000;

/**
 * The ruleset with the rules of files instead of, or beside, its own; a new one where there is none of that id.
 *
 * @throws Failure `input-needed` where a new ruleset has no site, or neither files nor a draft are named; `already-dark`
 */
export async function importedRules(client: Client, order: ImportOrder, scene: BringScene): Promise<ImportedRules> {
  const { id, said, inForce } = order;
  requireId(id);
  requireOneSource(order);
  const present = await findResource(client, 'rulesets', id);
  const site = present?.resource.spec.site ?? said['site'];
  if (typeof site !== 'string' || site === '') throw siteNeeded(id);
  const from = present === null ? null : inForceFrom(present.resource.times);
  // Rules that take the place of some that begin later begin when those would have.
  const isLater = from !== null && from > scene.surroundings.now();
  const unsaid = inForce === undefined && !isLater && !order.draft;
  if (inForce === 'dark' || unsaid) await requireNotDark(client, site);
  const place = await placeOf(client, site, present, said);
  const brought = await broughtRules(client, order, present, scene, place);
  if (present !== null && !order.allowEmpty) requireRules(present, brought);
  const { rules: _, ...options } = present?.resource.spec ?? { rules: null, ...usualOptions(brought) };
  const edited = editRuleset(options, said, 'ruleset');
  return {
    write: { id, present, options: withInForce(edited, inForce), rules: brought.rules },
    brought,
  };
}

function withInForce(options: Readonly<Record<string, unknown>>, inForce: string | undefined) {
  if (inForce === undefined) return options;
  const { inForceFrom: _, ...rest } = options;
  return inForce === 'now' ? rest : { ...rest, inForceFrom: inForce };
}

async function broughtRules(
  client: Client,
  { id, input, content, add, draft, words }: ImportOrder,
  present: ReadResource<'rulesets'> | null,
  scene: BringScene,
  place: RulesPlace | undefined,
): Promise<BroughtRules> {
  if (content !== undefined) return draftOf(client, content);
  return bringRules(
    client,
    {
      ruleset: id,
      input,
      place,
      beside: add && present !== null ? rulesBeside(client, present.resource) : undefined,
      mostInline: draft ? 0 : MOST_INLINE,
      again: `${shellLine(words)}${input.files.includes('-') ? ' < the same input' : ''}`,
    },
    scene,
  );
}

/** Undefined where the platform does not know the site: that is what is wrong then. */
async function placeOf(
  client: Client,
  site: string,
  present: ReadResource<'rulesets'> | null,
  said: Said,
): Promise<RulesPlace | undefined> {
  const found = await findResource(client, 'sites', site);
  if (found === null) return undefined;
  const { rules: _, ...options } = present?.resource.spec ?? { rules: null, site };
  const spec = editRuleset(options, said, 'ruleset') as RulesetOptionsSpec;
  return { siteUrls: found.resource.spec.urls, options: rulesetOptions({ ...spec, rules: NO_RULES }) };
}

/** A file that lost its lines on the way would take every rule out of force. */
function requireRules({ resource }: ReadResource<'rulesets'>, { rules }: BroughtRules): void {
  const before = countOf(resource.spec.rules);
  if (before === 0 || countOf(rules) > 0) return;
  throw new Failure({
    code: 'empty-import',
    exit: EXIT.blocked,
    message: `There are no rules in what was read, and ${resource.id} has ${before}: it would be empty. Nothing was written.`,
    remedy: 'If that is meant, add --allow-empty',
    details: { ruleset: resource.id, before, missing: ['--allow-empty'] },
  });
}

function countOf(rules: readonly unknown[] | RulesReference): number {
  return 'count' in rules ? rules.count : rules.length;
}

async function draftOf(client: Client, content: string): Promise<BroughtRules> {
  if (!/^[0-9a-f]{64}$/.test(content)) throw noContent(content);
  const { value } = await client.call(api.rules.find, { params: { content } });
  const rules: RulesReference = { content: value.content, count: value.count };
  return { rules, formats: [], done: async () => {} };
}

/** A new ruleset gets the options that the format means, where they are not the usual ones. */
function usualOptions({ formats }: BroughtRules): Readonly<Record<string, unknown>> {
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
    remedy: 'If that is meant, say --in-force now; or say from when: --in-force TIME',
    details: { site, state },
  });
}

function requireOneSource({ input, content, add }: ImportOrder): void {
  if ((input.files.length === 0) === (content === undefined) || (content !== undefined && add)) {
    throw new Failure({
      code: 'input-needed',
      exit: EXIT.usage,
      message:
        content === undefined
          ? 'There are no files of rules to import.'
          : 'A draft is imported as it is: without files, and without --add.',
      remedy: 'Name files (- is standard input), or a draft with --content SHA256',
      details: { flags: [] },
    });
  }
}

function noContent(content: string): Failure {
  return new Failure({
    code: 'invalid-request',
    exit: EXIT.usage,
    message: `--content "${content}" is no digest of rules.`,
    remedy: 'Give the 64 hexadecimal digits that --draft answered.',
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
