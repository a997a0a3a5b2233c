import { documentsOf } from '../../domain/document/resources.ts';
import { EXIT, Failure } from '../../domain/failure.ts';
import { compileRevision } from '../../domain/state/compile-revision.ts';
import { revisionAt } from '../../domain/state/document-index.ts';
import { createTimeResolver } from '../../domain/time/time-resolver.ts';
import { type CompiledRuleset, compileRuleset } from '../../redirects/compile.ts';
import { optionsOf, type RuleFormat } from '../../redirects/formats/format.ts';
import { hostSamples } from '../../redirects/host-samples.ts';
import type { RulesetOptions } from '../../redirects/rule.ts';
import { instantOf, readAskedTime, TZDB } from '../answers/asked-time.ts';
import type { Client } from '../connection.ts';
import { listResources } from '../entries/places.ts';
import { requireResource } from '../entries/read.ts';
import { parseQueryPolicy } from '../entries/rules/rule-flags.ts';
import { readRuleTable } from '../entries/rules/ruleset-rules.ts';
import { requireSiteUrl, urlsIn } from '../entries/rules/site-urls.ts';
import type { Surroundings } from '../surroundings.ts';
import { fallbackOf } from './fallback-flag.ts';
import { type RulesOfFiles, readRulesFiles } from './read-rules-files.ts';

/** What flags say of rules in files besides where they are. */
export interface OptionFlags {
  readonly query?: string | undefined;
  readonly 'trailing-slash'?: 'ignore' | 'strict' | undefined;
  readonly case?: 'sensitive' | 'ignore' | undefined;
  readonly fallback?: string | undefined;
}

/** What flags say of rules in files, or of a ruleset on the platform. */
export interface RulesSourceFlags extends OptionFlags {
  readonly ruleset?: string | undefined;
  readonly 'from-format'?: RuleFormat | undefined;
  readonly map?: string | undefined;
  readonly 'skip-invalid'?: boolean;
  /** Said by a command: whether it writes what it makes of them. */
  readonly writes?: boolean;
  readonly url?: readonly string[] | undefined;
  readonly at: string;
}

/** Rules ready to be asked, for one instant. */
export interface RulesAtInstant {
  readonly ruleset: CompiledRuleset;
  /** Epoch milliseconds. */
  readonly at: number;
  readonly skipped: RulesOfFiles['skipped'];
}

/** The rules of files as one ruleset, or a ruleset of the platform; the platform is opened only for the latter. */
export async function rulesAtInstant(
  files: readonly string[],
  flags: RulesSourceFlags,
  surroundings: Surroundings,
  open: () => Promise<Client>,
): Promise<RulesAtInstant> {
  const asked = readAskedTime(flags.at);
  if ((files.length === 0) === (flags.ruleset === undefined)) throw eitherOr(files.length > 0);
  if (flags.ruleset !== undefined) return platformRules(await open(), flags.ruleset, asked, surroundings.now());
  for (const url of flags.url ?? []) requireSiteUrl(url);
  const read = await readRulesFiles(surroundings, {
    files,
    format: flags['from-format'],
    map: flags.map,
    skipInvalid: flags['skip-invalid'] === true,
    writes: flags.writes,
  });
  return {
    ruleset: surroundings.interruption.busy(() => compileFiles(read, flags)),
    at: instantOf(asked, surroundings.now(), 'UTC'),
    skipped: read.skipped,
  };
}

/** The rules of files, with the options that their format means and flags have the last word on. */
export function compileFiles(read: RulesOfFiles, flags: Omit<RulesSourceFlags, 'at'>): CompiledRuleset {
  const { rules, origins } = read;
  const resolver = createTimeResolver(TZDB);
  return compileRuleset({
    rules,
    origins,
    options: optionsOfFiles(read, flags),
    siteUrls: flags.url ?? urlsIn(hostSamples(rules)),
    // No market says in which zone a window of a file is read.
    resolveTime: (time) => resolver.resolve(time, 'UTC').at,
  });
}

/** Throws Failure `invalid-query`. */
export function optionsOfFiles({ formats }: RulesOfFiles, flags: Omit<RulesSourceFlags, 'at'>): RulesetOptions {
  return optionsFor(formats[0] ?? 'csv', flags);
}

/**
 * The options that a format means; flags have the last word.
 *
 * @throws Failure `invalid-query`, `invalid-fallback`
 */
export function optionsFor(format: RuleFormat, flags: OptionFlags): RulesetOptions {
  const usual = optionsOf(format);
  const fallback = fallbackOf(flags.fallback);
  return {
    query: flags.query === undefined ? usual.query : parseQueryPolicy(flags.query),
    trailingSlash: flags['trailing-slash'] ?? usual.trailingSlash,
    case: flags.case ?? usual.case,
    ...(fallback === undefined ? {} : { fallback }),
  };
}

async function platformRules(
  client: Client,
  id: string,
  asked: ReturnType<typeof readAskedTime>,
  now: number,
): Promise<RulesAtInstant> {
  const { resource } = await requireResource(client, 'rulesets', id);
  const [sites, markets] = await Promise.all([listResources(client, 'sites'), listResources(client, 'markets')]);
  const documents = documentsOf([...sites, ...markets]);
  const market = documents.sites.get(resource.spec.site)?.spec.market ?? '';
  const at = instantOf(asked, now, documents.markets.get(market)?.spec.timeZone ?? null);
  const revision = revisionAt(resource, at);
  const rules = await readRuleTable(client, id, revision.revision);
  const lines = (index: number) => ({ line: index + 1 });
  const ruleset = compileRevision(documents, revision, rules, createTimeResolver(TZDB), lines);
  return { ruleset, at, skipped: [] };
}

function eitherOr(both: boolean): Failure {
  return new Failure({
    code: 'input-needed',
    exit: EXIT.usage,
    message: both ? 'Files and --ruleset were both named.' : 'Neither files nor --ruleset were named.',
    remedy: 'Name files (- is standard input), or a ruleset of the platform with --ruleset ID',
  });
}
