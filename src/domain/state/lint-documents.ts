import { type CompiledRuleset, compileRuleset } from '../../redirects/compile.ts';
import { hostPatternCovers } from '../../redirects/host.ts';
import { type Finding, type LintRuleset, lintRules, type Span } from '../../redirects/lint/index.ts';
import { basePathCovers, type SiteUrl } from '../../redirects/url.ts';
import { instantIn, type Resource } from '../document/resources.ts';
import { FALLBACK_STATUS, RULESET_DEFAULTS } from '../document/ruleset-defaults.ts';
import { revisionsOf } from '../document/ruleset-revisions.ts';
import type { StoredRulesetSpec } from '../document/schema.ts';
import { visitorUrl } from '../document/visitor-url.ts';
import type { TimeResolver } from '../time/time-resolver.ts';
import type { Answering } from './answer.ts';
import type { DocumentIndex } from './document-index.ts';
import { asOfRulesets, earlierRevisions } from './earlier-revisions.ts';
import { exemptAreas } from './exempt-areas.ts';
import { lintSettingsOf, settleByRuleset, unusedAllow } from './lint-settings.ts';
import { readableUrls } from './readable-urls.ts';

/** Each ruleset's compiled rules with the spec they come from. */
export type CompiledById = ReadonlyMap<string, { readonly ruleset: CompiledRuleset; readonly spec: StoredRulesetSpec }>;

export interface LintDocumentsOptions {
  /** Epoch milliseconds; what is over by then is left aside. All of time where it is absent. */
  readonly since?: number;
  /** The instant that decides which entries of the rulesets' lint settings have ended, and how their times are read. */
  readonly settings: { readonly at: number; readonly resolver: TimeResolver } | 'none';
  /** Gives earlier revisions, where those that answer before the latest ones begin are to be looked at too. */
  readonly earlier?: Answering['compiled'];
}

/**
 * Lints all rulesets together over the whole schedule: rules answer from the dark instant of their site until its
 * redirects end, and not where and while an exception holds. A site without a shutdown has no dates yet, and its rules
 * are looked at as if they answered always. What no rule takes goes on as in a visitor's answers: to the unified site.
 */
export function lintDocuments(
  index: DocumentIndex,
  compiled: CompiledById,
  { since = Number.NEGATIVE_INFINITY, settings, earlier }: LintDocumentsOptions,
): readonly Finding[] {
  const written = [...compiled].map(([id, { ruleset, spec }]): LintRuleset => {
    const { site } = spec;
    return {
      id,
      compiled: withIntoFallback(index, site, ruleset),
      answers: darkSpan(index, site, Math.max(since, beginning(index, id))),
      ...(spec.allowedHosts === undefined ? {} : { allowedHosts: spec.allowedHosts }),
    };
  });
  const others = siblingsOf(index, compiled, since);
  const before = [...compiled].flatMap(([id, { spec }]) =>
    earlier === undefined
      ? []
      : earlierRevisions(index, id, darkSpan(index, spec.site, since), earlier).map((one) => ({
          ...one,
          written: one.compiled,
          compiled: withIntoFallback(index, spec.site, one.compiled),
        })),
  );
  const own = new Map([
    ...[...compiled].map(([id, { ruleset }]) => [id, ruleset] as const),
    ...before.map(({ id, written: ruleset }) => [id, ruleset] as const),
  ]);
  const found = lintRules({
    rulesets: [...written, ...before, ...others],
    exceptions: exemptAreas(index).filter(({ until }) => until === undefined || until > since),
  }).flatMap((finding) => withoutImplied(finding, own));
  const findings = asOfRulesets(found, before);
  if (settings === 'none') return findings;
  const bySpec = [...compiled].flatMap(([id, { spec }]) => {
    if (spec.lint === undefined) return [];
    return [[id, lintSettingsOf(spec.lint, { ...settings, zone: zoneOf(index, spec.site) })] as const];
  });
  const unused: Finding[] = [];
  const settled = settleByRuleset(findings, new Map(bySpec), (ruleset, entry) => {
    const level = compiled.get(ruleset)?.spec.lint?.severity?.['unused-allow'] ?? 'info';
    if (level !== 'off') unused.push({ ...unusedAllow(ruleset, entry), severity: level });
  });
  // From now on, an entry may be for what has been.
  return since === Number.NEGATIVE_INFINITY ? [...settled, ...unused] : settled;
}

function zoneOf({ documents }: DocumentIndex, site: string): string | null {
  return documents.markets.get(documents.sites.get(site)?.spec.market ?? '')?.spec.timeZone ?? null;
}

const NEVER: Span = { from: Number.POSITIVE_INFINITY, until: Number.NEGATIVE_INFINITY };

/** When a site's rules answer, exceptions aside; always, where nothing says when it goes dark. */
function darkSpan(index: DocumentIndex, site: string, since: number): Span {
  const shutdown = index.shutdownOf(site);
  const market = index.documents.sites.get(site)?.spec.market ?? '';
  const dark = instantIn(shutdown?.times ?? {}, 'dark', market) ?? Number.NEGATIVE_INFINITY;
  const until = instantIn(shutdown?.times ?? {}, 'redirectsUntil', market) ?? Number.POSITIVE_INFINITY;
  return until <= since ? NEVER : { from: Math.max(dark, since), until };
}

/** When the latest revision of a ruleset begins: it is the one that is looked at. */
function beginning({ documents }: DocumentIndex, id: string): number {
  const ruleset = documents.rulesets.get(id);
  const latest = ruleset === undefined ? undefined : revisionsOf(ruleset).at(-1);
  return latest?.from ?? Number.NEGATIVE_INFINITY;
}

/** Without a fallback of its own, a dark site sends its visitors into the unified one. */
function withIntoFallback(index: DocumentIndex, site: string, compiled: CompiledRuleset): CompiledRuleset {
  const to = intoOf(index, site);
  if (compiled.options.fallback !== undefined || to === null) return compiled;
  return { ...compiled, options: { ...compiled.options, fallback: { to, status: FALLBACK_STATUS } } };
}

function intoOf(index: DocumentIndex, site: string): string | null {
  const into = index.documents.sites.get(index.shutdownOf(site)?.spec.into ?? '');
  return into === undefined ? null : visitorUrl(into.spec);
}

/**
 * Sites without rules that share a host with ones that have some: they keep to themselves what lies under their own
 * URLs, and are redirected as a whole once they are dark.
 */
function siblingsOf(index: DocumentIndex, compiled: CompiledById, since: number): readonly LintRuleset[] {
  const ruled = new Set([...compiled.values()].map(({ spec }) => spec.site));
  const covered = [...compiled.values()].flatMap(({ ruleset }) => ruleset.sites);
  return [...index.documents.sites.values()].flatMap((site): LintRuleset[] => {
    if (ruled.has(site.id)) return [];
    const closes = index.shutdownOf(site.id) !== null;
    if (!closes && !readableUrls(site.spec.urls).some((url) => isInside(url, covered))) return [];
    const answers = closes ? darkSpan(index, site.id, since) : NEVER;
    return [{ id: impliedId(site), compiled: withIntoFallback(index, site.id, emptyRuleset(site)), answers }];
  });
}

function isInside(url: SiteUrl, areas: readonly SiteUrl[]): boolean {
  return areas.some(
    (area) => hostPatternCovers(area.hostKey, url.hostKey) && basePathCovers(area.basePath, url.basePath),
  );
}

/** No ruleset has such an id. */
function impliedId({ id }: Resource<'sites'>): string {
  return `site ${id}`;
}

function emptyRuleset({ spec }: Resource<'sites'>): CompiledRuleset {
  const siteUrls = spec.urls.filter((url) => readableUrls([url]).length > 0);
  return compileRuleset({ rules: [], options: RULESET_DEFAULTS, siteUrls, resolveTime: () => Number.NaN });
}

/** Codes that are about the way of a visitor, and true whether or not somebody wrote each step of it. */
const WAYS: ReadonlySet<string> = new Set(['loop', 'loop-at-instant', 'infinite-growth', 'chain', 'chain-at-instant']);

/** What nobody wrote is no rule of a finding, and no finding by itself. */
function withoutImplied(finding: Finding, written: ReadonlyMap<string, CompiledRuleset>): readonly Finding[] {
  const rules = finding.rules.filter(({ ruleset, index }) => {
    const own = written.get(ruleset);
    return own !== undefined && (index >= 0 || own.options.fallback !== undefined);
  });
  if (rules.length === finding.rules.length) return [finding];
  return rules.length > 0 || WAYS.has(finding.code) ? [{ ...finding, rules }] : [];
}
