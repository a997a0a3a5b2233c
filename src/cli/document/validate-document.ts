import { checkDocuments } from '../../domain/document/check-documents.ts';
import { pointerOf } from '../../domain/document/pointer.ts';
import type { Documents } from '../../domain/document/resources.ts';
import { SECTIONS, type Section } from '../../domain/document/sections.ts';
import { specsOfDocument } from '../../domain/document/specs.ts';
import type { Place, Problem } from '../../domain/failure.ts';
import { compileRevision } from '../../domain/state/compile-revision.ts';
import { indexDocuments } from '../../domain/state/document-index.ts';
import { type CompiledById, lintDocuments } from '../../domain/state/lint-documents.ts';
import { createTimeResolver, type TimeResolver } from '../../domain/time/time-resolver.ts';
import type { Finding } from '../../redirects/lint/index.ts';
import { UrlError } from '../../redirects/url.ts';
import { type LoadedDocument, placed } from './load-document.ts';

export interface Validation {
  readonly problems: readonly Problem[];
  /** How many entries each section has; sections that are absent are left out. */
  readonly entries: Readonly<Partial<Record<Section, number>>>;
  readonly rules: number;
  /** What could not be checked with this document alone. */
  readonly unchecked: readonly string[];
}

/**
 * Everything that can be said of a document with no platform at hand: form, references inside it, times, rules and
 * the findings that would block its plan. Sections that are absent are on the platform, if anywhere, so references
 * into them are not judged.
 *
 * @param tzdb version of the tz database in use
 */
export function validateDocument(loaded: LoadedDocument, tzdb: string): Validation {
  const { document } = loaded;
  const rules = [...loaded.rulesByRuleset.values()].reduce((sum, { rules: own }) => sum + own.length, 0);
  if (document === null) {
    const unchecked = ['what entries say of each other, until the form is right'];
    return { problems: sorted(loaded.problems, loaded.file), entries: {}, rules, unchecked };
  }
  const { specs, managed } = specsOfDocument(document);
  const resolver = createTimeResolver(tzdb);
  const { documents, problems } = checkDocuments(specs, { tzdb, known: managed, resolver });
  const compiled = compileAll(documents, loaded, resolver);
  const unchecked = [...documents.rulesets.keys()]
    .filter((id) => !compiled.has(id))
    .map((id) => `rules of ${id}: its site is not in this document, or not right`);
  return {
    problems: sorted(
      [...loaded.problems, ...placed([...problems, ...unsafeRules(documents, compiled)], loaded)],
      loaded.file,
    ),
    entries: Object.fromEntries(SECTIONS.filter((s) => managed.has(s)).map((s) => [s, specs[s].size])),
    rules,
    unchecked,
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
      const revision = { revision: 0, from: null, spec };
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

/** Rules that cannot be used, and findings that a plan would show; each at the first rule it concerns. */
function unsafeRules(documents: Documents, compiled: CompiledById): readonly Problem[] {
  const unusable = [...compiled].flatMap(([id, { ruleset }]) =>
    ruleset.problems.map(
      ({ code, index, message, remedy }): Problem => ({
        code,
        severity: 'error',
        message,
        ...(remedy === undefined ? {} : { remedy }),
        place: { pointer: pointerOfRule(id, index) },
      }),
    ),
  );
  const reported = new Set(unusable.map(identityOf));
  const findings = lintDocuments(indexDocuments(documents), compiled)
    .filter(({ severity }) => severity !== 'info')
    .map(
      (finding): Problem => ({
        code: finding.code,
        severity: finding.severity === 'error' ? 'error' : 'warning',
        message: messageOf(finding),
        ...placeOfFinding(finding),
      }),
    );
  // Lint repeats what compiling said; that has the remedy apart.
  return [...unusable, ...findings.filter((problem) => !reported.has(identityOf(problem)))];
}

function identityOf({ code, place }: Problem): string {
  return `${code} ${place?.pointer ?? ''}`;
}

function messageOf({ message, witness, rules: [, ...others] }: Finding): string {
  const shown = witness === undefined || message.includes(witness) ? '' : ` (try ${witness})`;
  const places = others.flatMap(({ file, line }) => (line === undefined ? [] : [placeOfLine({ file, line })]));
  return `${message}${shown}${places.length === 0 ? '' : `; with ${places.slice(0, 3).join(', ')}`}`;
}

function placeOfLine({ file, line }: { readonly file: string | undefined; readonly line: number }): string {
  return file === undefined ? `line ${line}` : `${file}:${line}`;
}

function placeOfFinding({ rules: [first] }: Finding): Pick<Problem, 'place'> {
  return first === undefined ? {} : { place: { pointer: pointerOfRule(first.ruleset, first.index) } };
}

function pointerOfRule(ruleset: string, index: number): string {
  return pointerOf(index < 0 ? ['rulesets', ruleset, 'fallback'] : ['rulesets', ruleset, 'rules', index]);
}

/** By file, the document first, then in the order of lines. */
function sorted(problems: readonly Problem[], document: string): readonly Problem[] {
  const rank = ({ file }: Place): string => (file === document ? '' : (file ?? ''));
  return problems.toSorted((a, b) => {
    const [left, right] = [a.place ?? {}, b.place ?? {}];
    if (rank(left) !== rank(right)) return rank(left) < rank(right) ? -1 : 1;
    return (left.line ?? 0) - (right.line ?? 0) || (left.column ?? 0) - (right.column ?? 0);
  });
}
