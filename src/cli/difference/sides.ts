import { documentsOf, type Resource, type RulesetRevision } from '../../domain/document/resources.ts';
import { EXIT, Failure } from '../../domain/failure.ts';
import { compileRevision, rulesetOptions } from '../../domain/state/compile-revision.ts';
import { createTimeResolver } from '../../domain/time/time-resolver.ts';
import { type CompiledRuleset, compileRuleset } from '../../redirects/compile.ts';
import type { RulesetOptions } from '../../redirects/rule.ts';
import type { RuleTable } from '../../redirects/rule-table.ts';
import { instantOf, readAskedTime, TZDB } from '../answers/asked-time.ts';
import type { Client } from '../connection.ts';
import { shownName } from '../coverage/text-pieces.ts';
import { listResources } from '../entries/places.ts';
import { requireResource } from '../entries/read.ts';
import { readRuleTable } from '../entries/rules/ruleset-rules.ts';
import { requireSiteUrl } from '../entries/rules/site-urls.ts';
import { type RulesOfFiles, readRulesFiles } from '../rules-files/read-rules-files.ts';
import { compileFiles, optionsOfFiles, type RulesSourceFlags } from '../rules-files/rules-source.ts';
import type { Surroundings } from '../surroundings.ts';

/** Rules on one side of a comparison. */
export interface Side {
  /** A file's name, or `poco-gb revision 3`. */
  readonly name: string;
  readonly rules: RuleTable;
  readonly options: RulesetOptions;
  /** Where a rule stands, from 1; on the platform, its place among the rules. */
  readonly lineOf: (index: number) => number | null;
  /** Makes them ready to be asked; comparing them takes no more than their text. */
  readonly compile: () => CompiledRuleset;
  /** Lines of a file that were skipped, as allowed. */
  readonly skipped: RulesOfFiles['skipped'];
}

export interface Sides {
  readonly before: Side;
  readonly after: Side;
  /** Epoch milliseconds. */
  readonly at: number;
}

export interface SidesFlags extends RulesSourceFlags {
  readonly revision?: number | undefined;
  readonly against?: number | undefined;
}

/**
 * Two files; or a ruleset of the platform and a file; or two revisions of a ruleset. What is left out is the latest
 * revision.
 *
 * @throws Failure `input-needed` where that makes no two sides; what reading either throws
 */
export async function sidesOf(
  files: readonly string[],
  flags: SidesFlags,
  surroundings: Surroundings,
  open: () => Promise<Client>,
): Promise<Sides> {
  const { ruleset, revision, against } = flags;
  requireTwoSides(files, flags);
  for (const url of flags.url ?? []) requireSiteUrl(url);
  const asked = readAskedTime(flags.at);
  const now = surroundings.now();
  const [first = '', second = ''] = files;
  if (ruleset === undefined) {
    const before = await fileSide(surroundings, first, flags);
    return { before, after: await fileSide(surroundings, second, flags), at: instantOf(asked, now, 'UTC') };
  }
  const platform = await platformRuleset(await open(), ruleset);
  const before = await platform.side(revision);
  const at = instantOf(asked, now, platform.zone);
  if (files.length === 0) return { before, after: await platform.side(against), at };
  return { before, after: platform.meant(before, shownName(first), await readSide(surroundings, first, flags)), at };
}

function requireTwoSides(files: readonly string[], { ruleset, revision, against }: SidesFlags): void {
  const isGood =
    ruleset === undefined
      ? files.length === 2 && revision === undefined && against === undefined
      : files.length === 0
        ? revision !== undefined
        : files.length === 1 && against === undefined;
  if (isGood) return;
  throw new Failure({
    code: 'input-needed',
    exit: EXIT.usage,
    message: 'A comparison has two sides, and these flags and files do not make two.',
    remedy: 'Name two files; or a file and --ruleset ID [--revision N]; or --ruleset ID --revision N [--against M]',
  });
}

function readSide(surroundings: Surroundings, file: string, flags: SidesFlags): Promise<RulesOfFiles> {
  return readRulesFiles(surroundings, {
    files: [file],
    format: flags['from-format'],
    map: flags.map,
    skipInvalid: flags['skip-invalid'] === true,
  });
}

async function fileSide(surroundings: Surroundings, file: string, flags: SidesFlags): Promise<Side> {
  const read = await readSide(surroundings, file, flags);
  const options = optionsOfFiles(read, flags);
  return {
    name: shownName(file),
    rules: read.rules,
    options,
    lineOf: (index) => read.origins(index)?.line ?? null,
    compile: () => compileFiles(read, options, flags.url),
    skipped: read.skipped,
  };
}

async function platformRuleset(client: Client, id: string) {
  const { resource } = await requireResource(client, 'rulesets', id);
  const [sites, markets] = await Promise.all([listResources(client, 'sites'), listResources(client, 'markets')]);
  const documents = documentsOf([...sites, ...markets]);
  const site = documents.sites.get(resource.spec.site);
  const zone = documents.markets.get(site?.spec.market ?? '')?.spec.timeZone ?? null;
  const side = async (number: number | undefined): Promise<Side> => {
    const revision = revisionOf(resource, number);
    const rules = await readRuleTable(client, id, revision.revision);
    return {
      name: `${id} revision ${revision.revision}`,
      rules,
      options: rulesetOptions(revision.spec),
      lineOf: (index) => index + 1,
      compile: () => compileRevision(documents, revision, rules, createTimeResolver(TZDB)),
      skipped: [],
    };
  };
  /** A file is meant for the same site, and holds nothing but rules: the ruleset says what they mean. */
  const meant = ({ options }: Side, name: string, { rules, origins, skipped }: RulesOfFiles): Side => {
    const resolver = createTimeResolver(TZDB);
    const resolveTime = (text: string): number => resolver.resolve(text, zone).at;
    return {
      name,
      rules,
      options,
      lineOf: (index) => origins(index)?.line ?? null,
      compile: () => compileRuleset({ rules, options, siteUrls: site?.spec.urls ?? [], resolveTime }),
      skipped,
    };
  };
  return { side, zone, meant };
}

/** The latest where none is named. Throws Failure `not-found`. */
function revisionOf(resource: Resource<'rulesets'>, number: number | undefined): RulesetRevision {
  const revisions = resource.revisions ?? [{ revision: 1, from: null, spec: resource.spec }];
  const last = revisions.at(-1);
  const found = number === undefined ? last : revisions.find(({ revision }) => revision === number);
  if (found !== undefined) return found;
  throw new Failure({
    code: 'not-found',
    exit: EXIT.notFound,
    message: `The ruleset ${resource.id} has no revision ${number}.`,
    remedy: `It has the revisions 1 to ${last?.revision ?? 0}.`,
    details: { noun: 'revision', id: number, last: last?.revision ?? 0 },
  });
}
