import { documentsOf } from '../../domain/document/resources.ts';
import { EXIT, Failure } from '../../domain/failure.ts';
import { compileRevision } from '../../domain/state/compile-revision.ts';
import { revisionAt } from '../../domain/state/document-index.ts';
import { createTimeResolver } from '../../domain/time/time-resolver.ts';
import { type CompiledRuleset, compileRuleset } from '../../redirects/compile.ts';
import { optionsOf, type RuleFormat } from '../../redirects/formats/format.ts';
import { hostSamples } from '../../redirects/host-samples.ts';
import type { RedirectRule, RulesetOptions } from '../../redirects/rule.ts';
import { instantOf, readAskedTime, TZDB } from '../answers/asked-time.ts';
import type { Client } from '../connection.ts';
import { listResources } from '../entries/places.ts';
import { requireResource } from '../entries/read.ts';
import { parseQueryPolicy } from '../entries/rules/rule-flags.ts';
import { readRuleBlocks, readRuleTable } from '../entries/rules/ruleset-rules.ts';
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

/** Rules of files or of a ruleset, of which no more is held than what is to be done with them needs. */
export interface RulesSource {
  /** Epoch milliseconds. */
  readonly at: number;
  /** How many rules there are. */
  readonly count: number;
  readonly skipped: RulesOfFiles['skipped'];
  /** The rules in their order, as they were written. */
  readonly blocks: () => AsyncIterable<Iterable<RedirectRule>>;
  /** Makes them ready to be asked. */
  readonly compile: () => Promise<CompiledRuleset>;
}

/** The rules of files as one ruleset, or a ruleset of the platform; the platform is opened only for the latter. */
export async function rulesAtInstant(
  files: readonly string[],
  flags: RulesSourceFlags,
  surroundings: Surroundings,
  open: () => Promise<Client>,
): Promise<RulesAtInstant> {
  const { at, skipped, compile } = await rulesSource(files, flags, surroundings, open);
  return { ruleset: await compile(), at, skipped };
}

/** The same before it is known what is to be done with them. */
export async function rulesSource(
  files: readonly string[],
  flags: RulesSourceFlags,
  surroundings: Surroundings,
  open: () => Promise<Client>,
): Promise<RulesSource> {
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
  const options = optionsOfFiles(read, flags);
  return {
    at: instantOf(asked, surroundings.now(), 'UTC'),
    count: read.rules.length,
    skipped: read.skipped,
    async *blocks() {
      yield read.rules;
    },
    compile: async () => surroundings.interruption.busy(() => compileFiles(read, options, flags.url)),
  };
}

/** The rules of files, of the site that they name unless its base URLs are given. */
export function compileFiles(
  { rules, origins }: RulesOfFiles,
  options: RulesetOptions,
  urls: readonly string[] | undefined,
): CompiledRuleset {
  const resolver = createTimeResolver(TZDB);
  return compileRuleset({
    rules,
    origins,
    options,
    siteUrls: urls ?? urlsIn(hostSamples(rules)),
    // No market says in which zone a window of a file is read.
    resolveTime: (time) => resolver.resolve(time, 'UTC').at,
  });
}

/** The options that the format of files means; flags have the last word. Throws Failure `invalid-query`. */
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
): Promise<RulesSource> {
  const { resource } = await requireResource(client, 'rulesets', id);
  const [sites, markets] = await Promise.all([listResources(client, 'sites'), listResources(client, 'markets')]);
  const documents = documentsOf([...sites, ...markets]);
  const market = documents.sites.get(resource.spec.site)?.spec.market ?? '';
  const at = instantOf(asked, now, documents.markets.get(market)?.spec.timeZone ?? null);
  const revision = revisionAt(resource, at);
  const { revision: number, spec } = revision;
  return {
    at,
    count: spec.rules.count,
    skipped: [],
    blocks: () => readRuleBlocks(client, id, number),
    async compile() {
      const rules = await readRuleTable(client, id, number);
      return compileRevision(documents, revision, rules, createTimeResolver(TZDB), (index) => ({ line: index + 1 }));
    },
  };
}

function eitherOr(both: boolean): Failure {
  return new Failure({
    code: 'input-needed',
    exit: EXIT.usage,
    message: both ? 'Files and --ruleset were both named.' : 'Neither files nor --ruleset were named.',
    remedy: 'Name files (- is standard input), or a ruleset of the platform with --ruleset ID',
  });
}
