import { checkAssertions } from '../../domain/assertions/check-assertions.ts';
import type { AssertionResult } from '../../domain/assertions/result.ts';
import { checkDocuments } from '../../domain/document/check-documents.ts';
import { hasErrors } from '../../domain/document/fault-list.ts';
import type { Documents, Resource } from '../../domain/document/resources.ts';
import { NO_RULES } from '../../domain/document/rule-lines.ts';
import type { StoredDocument } from '../../domain/document/schema.ts';
import { SECTIONS, type Section } from '../../domain/document/sections.ts';
import { specsOfDocument } from '../../domain/document/specs.ts';
import type { Problem } from '../../domain/failure.ts';
import type { Answering } from '../../domain/state/answer.ts';
import { compileRevision } from '../../domain/state/compile-revision.ts';
import { indexDocuments } from '../../domain/state/document-index.ts';
import { type CompiledById, lintDocuments } from '../../domain/state/lint-documents.ts';
import { createTimeResolver, type TimeResolver } from '../../domain/time/time-resolver.ts';
import type { CompiledRuleset } from '../../redirects/compile.ts';
import type { Finding } from '../../redirects/lint/index.ts';
import { UrlError } from '../../redirects/url.ts';
import type { LoadedDocument } from './load-document.ts';
import { offerFindings } from './offer-findings.ts';

/** What lint and assertions say of a document by itself. */
export interface DocumentFindings {
  readonly documents: Documents;
  readonly managed: ReadonlySet<Section>;
  /** What its entries say of each other. */
  readonly problems: readonly Problem[];
  readonly compiled: CompiledById;
  readonly findings: readonly Finding[];
  readonly assertions: readonly AssertionResult[];
  /** What could not be looked at with this document alone. */
  readonly unchecked: readonly string[];
}

/** Sections without which the document does not say what visitors get. */
const ANSWERED_BY = ['markets', 'sites', 'shutdowns', 'rulesets'] as const;

/**
 * Checks a document, lints its rules over its whole schedule, past and to come, and holds its assertions against it.
 *
 * @param tzdb version of the tz database in use
 * @param now epoch milliseconds; it decides which settings of lint have ended, and what is no longer sold
 */
export function documentFindings(
  loaded: LoadedDocument,
  document: StoredDocument,
  tzdb: string,
  now: number,
): DocumentFindings {
  const { specs, managed } = specsOfDocument(document);
  const resolver = createTimeResolver(tzdb);
  const { documents, problems } = checkDocuments(specs, { tzdb, known: managed, resolver });
  const reading = managed.has('markets') ? resolver : inSomeZone(resolver);
  const offers = offerFindings(loaded, documents, { managed, resolver: reading, now });
  const compiled = compileAll(documents, loaded, resolver);
  const index = indexDocuments(documents);
  const findings = lintDocuments(index, compiled, { settings: { at: now, resolver } });
  const elsewhere = [...documents.rulesets.keys()]
    .filter((id) => !compiled.has(id))
    .map((id) => `rules of ${id}: its site is not in this document, or not right`);
  const withheld = whyNoAssertions(documents, managed, problems, elsewhere.length > 0);
  const assertions =
    withheld === null && documents.assertions.size > 0
      ? checkAssertions({ index, compiled: answering(documents, compiled, resolver) })
      : [];
  const unchecked = [
    ...elsewhere,
    ...unreadDates(documents, managed),
    ...offers.unchecked,
    ...(withheld === null ? [] : [`assertions: ${withheld}`]),
  ];
  return { documents, managed, problems: [...problems, ...offers.problems], compiled, findings, assertions, unchecked };
}

/** Sections whose entries name the markets that they are for; others reach them through sites, or have none. */
const OF_MARKETS: readonly Section[] = ['launches', 'certifications'];

/** A civil time is an instant in each market that its entry affects; where none of these is known, it is none yet. */
function unreadDates(documents: Documents, managed: ReadonlySet<Section>): readonly string[] {
  const unread = SECTIONS.filter(
    // A freeze window is one for all markets: its times need a zone of their own, and its faults say so.
    (section) => section !== 'freezeWindows' && [...documents[section].values()].some(hasUnreadTime),
  );
  const needed = unread.some((section) => !OF_MARKETS.includes(section))
    ? (['markets', 'sites'] as const)
    : (['markets'] as const);
  const lacking = needed.filter((section) => !managed.has(section));
  if (unread.length === 0 || lacking.length === 0) return [];
  return [
    `dates without a zone in ${unread.join(', ')}: the document has no ${lacking.join(', ')}; a plan reads them on the platform`,
  ];
}

function hasUnreadTime({ times }: Resource): boolean {
  return Object.values(times).some((resolved) => Object.keys(resolved).length === 0);
}

/** Assertions are about answers; null where the document gives them, or asserts nothing. */
function whyNoAssertions(
  documents: Documents,
  managed: ReadonlySet<Section>,
  problems: readonly Problem[],
  lacksRules: boolean,
): string | null {
  if (documents.assertions.size === 0) return null;
  const lacking = ANSWERED_BY.filter((section) => !managed.has(section));
  if (lacking.length > 0) return `the document has no ${lacking.join(', ')}; a plan checks them on the platform`;
  if (lacksRules) return 'they need the rules of every ruleset';
  return hasErrors(problems) ? 'once the errors are mended' : null;
}

/** The rules of each revision: those of the document, and before they begin, none. */
function answering(documents: Documents, compiled: CompiledById, resolver: TimeResolver): Answering['compiled'] {
  const before = new Map<string, CompiledRuleset>();
  return (id, revision) => {
    if (revision.spec.rules.content !== NO_RULES.content) return compiled.get(id)?.ruleset ?? null;
    const none = before.get(id) ?? compileRevision(documents, revision, [], resolver);
    before.set(id, none);
    return none;
  };
}

type CompiledEntry = CompiledById extends ReadonlyMap<string, infer Entry> ? Entry : never;

/** Rulesets whose site is known; paths of a rule mean nothing without one. */
function compileAll(documents: Documents, loaded: LoadedDocument, resolver: TimeResolver): CompiledById {
  const compiled = new Map<string, CompiledEntry>();
  for (const [id, { spec }] of documents.rulesets) {
    const rules = loaded.rulesByRuleset.get(id);
    const site = documents.sites.get(spec.site);
    if (rules === undefined || site === undefined) continue;
    const reading = documents.markets.has(site.spec.market) ? resolver : inSomeZone(resolver);
    try {
      const revision = { revision: 1, from: null, spec };
      compiled.set(id, { ruleset: compileRevision(documents, revision, rules.rules, reading, rules.origins), spec });
    } catch (error) {
      // A base URL that cannot be read has been reported at its own place.
      if (!(error instanceof UrlError)) throw error;
    }
  }
  return compiled;
}

/** For a site whose market is elsewhere: times are read, and not held against a zone that only the platform knows. */
function inSomeZone(resolver: TimeResolver): TimeResolver {
  return { ...resolver, resolve: (text, zone) => resolver.resolve(text, zone ?? 'UTC') };
}
