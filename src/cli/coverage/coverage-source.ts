import { EXIT, Failure, type Problem } from '../../domain/failure.ts';
import { revisionAt } from '../../domain/state/document-index.ts';
import type { Explanation } from '../../domain/state/explain.ts';
import type { CompiledRuleset } from '../../redirects/compile.ts';
import { type Landing, type LandingInput, landingOf } from '../../redirects/coverage/landing.ts';
import { parseRequestUrl, UrlError } from '../../redirects/url.ts';
import { type AnswerSource, MOST_URLS, platformAnswers } from '../answers/answer-source.ts';
import { type AskedTime, instantOf, readAskedTime } from '../answers/asked-time.ts';
import { requireExplained } from '../answers/explain-urls.ts';
import type { Client } from '../connection.ts';
import { requireSiteUrl } from '../entries/rules/site-urls.ts';
import { type RulesSourceFlags, rulesAtInstant } from '../rules-files/rules-source.ts';
import type { Surroundings } from '../surroundings.ts';
import { explainedLanding } from './landing-of.ts';

/** What a visit lands by. */
export interface CoverageSource extends LandingInput {
  readonly skipped: readonly Problem[];
  /** Where visitors of canonical URLs end up. */
  landings(urls: readonly string[]): Promise<readonly Landing[]>;
  /** Of URLs, those to which no rule should lead. */
  badTargets(urls: readonly string[]): Promise<ReadonlySet<string>>;
  /** When the site no longer answers a URL itself, RFC 3339; null where that is never, or not known. */
  servedUntil(url: string): Promise<string | null>;
}

export interface CoverageSourceFlags extends RulesSourceFlags {
  readonly rules?: readonly string[] | undefined;
  readonly file?: string | undefined;
}

/**
 * Rules in files, which are followed by themselves; or one ruleset of a document or of the platform, where a visitor is
 * followed across all sites as they are at the instant.
 *
 * @throws Failure `input-needed`, `not-found`
 */
export async function coverageSource(
  flags: CoverageSourceFlags,
  surroundings: Surroundings,
  open: () => Promise<Client>,
): Promise<CoverageSource> {
  requireOneSource(flags);
  for (const url of flags.url ?? []) requireSiteUrl(url);
  if (flags.file !== undefined) return ofDocument(flags.file, flags.ruleset, readAskedTime(flags.at), surroundings);
  if (flags.ruleset === undefined) {
    const rules = await rulesAtInstant(flags.rules ?? [], flags, surroundings, open);
    return ofRules({ ...rules, siteIsKnown: flags.url !== undefined }, rules.skipped);
  }
  const client = await open();
  const { ruleset, at } = await rulesAtInstant([], flags, surroundings, async () => client);
  return explained(platformAnswers(client), ruleset, at);
}

function ofRules(input: LandingInput, skipped: readonly Problem[]): CoverageSource {
  return {
    ...input,
    skipped,
    landings: async (urls) => urls.map((url) => landingOf(input, parseRequestUrl(url))),
    badTargets: async () => new Set(),
    servedUntil: async () => null,
  };
}

async function ofDocument(
  file: string,
  only: string | undefined,
  asked: AskedTime,
  surroundings: Surroundings,
): Promise<CoverageSource> {
  const { answeringFromFile, localAnswers } = await import('../answers/local-answering.ts');
  const answering = await answeringFromFile(surroundings, file);
  const { rulesets, sites, markets } = answering.world.index.documents;
  const id = only ?? (rulesets.size === 1 ? [...rulesets.keys()][0] : undefined);
  const named = id === undefined ? undefined : rulesets.get(id);
  if (id === undefined || named === undefined) throw whichRuleset(only, [...rulesets.keys()]);
  const zone = markets.get(sites.get(named.spec.site)?.spec.market ?? '')?.spec.timeZone ?? null;
  const at = instantOf(asked, surroundings.now(), zone);
  const ruleset = answering.world.compiled(id, revisionAt(named, at));
  if (ruleset === null) throw new Error(`the rules of ${id} are not at hand`);
  return explained(
    localAnswers(answering, () => surroundings.now()),
    ruleset,
    at,
  );
}

/** Changes of a site that are looked through for the one after which it is dark. */
const MOST_CHANGES = 10;

function explained(source: AnswerSource, ruleset: CompiledRuleset, at: number): CoverageSource {
  const ask = async (urls: readonly string[], when = at): Promise<readonly Explanation[]> => {
    const found: Explanation[] = [];
    for (let start = 0; start < urls.length; start += MOST_URLS)
      found.push(...requireExplained(await source.explain(urls.slice(start, start + MOST_URLS), when, false)));
    return found;
  };
  return {
    ruleset,
    at,
    siteIsKnown: true,
    skipped: [],
    landings: async (urls) => (await ask(urls)).map(explainedLanding),
    async badTargets(urls) {
      const answers = await ask(urls.filter(isVisitable));
      return new Set(answers.filter(isNoPage).map(({ url }) => url));
    },
    async servedUntil(url) {
      let next: string | null = null;
      // A site is frozen before it is dark, and still answers.
      for (let changes = 0; changes < MOST_CHANGES; changes++) {
        const [found] = await ask([url], next === null ? at : instantOf({ kind: 'common', text: next }, at, null));
        if (found === undefined || found.outcome !== 'serve') return next;
        next = found.nextChangeAt;
        if (next === null) return null;
      }
      return null;
    },
  };
}

/** A target may be a path, or nothing that could be asked for here. */
function isVisitable(target: string): boolean {
  try {
    parseRequestUrl(target);
    return true;
  } catch (error) {
    if (error instanceof UrlError) return false;
    throw error;
  }
}

function isNoPage(explanation: Explanation): boolean {
  // Of a URL of no site nothing is known.
  if (explanation.site === null) return false;
  const landing = explainedLanding(explanation);
  return landing !== 'served' && landing !== 'redirect' && landing !== 'fallback';
}

/** @throws Failure `input-needed` where the rules are named twice, or not at all */
function requireOneSource({ ruleset, rules, file }: CoverageSourceFlags): void {
  const both = rules !== undefined && (ruleset !== undefined || file !== undefined);
  const none = rules === undefined && ruleset === undefined && file === undefined;
  if (!both && !none) return;
  throw new Failure({
    code: 'input-needed',
    exit: EXIT.usage,
    message: both
      ? `--rules and ${file === undefined ? '--ruleset' : '-f'} were both named.`
      : 'Against which rules? Neither --rules, --ruleset nor -f was named.',
    remedy: 'Name files of rules with --rules FILE, a ruleset of the platform with --ruleset ID, or a document with -f',
    details: { flags: ['--rules', '--ruleset', '--file'] },
  });
}

const NAMED = 5;

function whichRuleset(only: string | undefined, ids: readonly string[]): Failure {
  const others = ids.length > NAMED ? ` and ${ids.length - NAMED} more` : '';
  const known = ids.length === 0 ? 'none' : `${ids.slice(0, NAMED).join(', ')}${others}`;
  if (only === undefined) {
    return new Failure({
      code: 'input-needed',
      exit: EXIT.usage,
      message: `Whose visits are they? The rulesets of the document are: ${known}.`,
      remedy: 'Name one of them with --ruleset ID',
      details: { flags: ['--ruleset'] },
    });
  }
  return new Failure({
    code: 'not-found',
    exit: EXIT.notFound,
    message: `The document has no ruleset ${only}; it has ${known}.`,
    remedy: 'Name one of its rulesets with --ruleset ID',
    details: { ruleset: only },
  });
}
