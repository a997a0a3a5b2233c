import { failureText } from '../../domain/assertions/findings.ts';
import type { AssertionResult } from '../../domain/assertions/result.ts';
import { pointerOfAssertion } from '../../domain/assertions/written-at.ts';
import { pointerOf } from '../../domain/document/pointer.ts';
import { SECTIONS, type Section } from '../../domain/document/sections.ts';
import type { Place, Problem } from '../../domain/failure.ts';
import type { Finding } from '../../redirects/lint/index.ts';
import { type DocumentFindings, documentFindings } from './document-findings.ts';
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
 * @param now epoch milliseconds; it decides only which settings of lint have ended
 */
export function validateDocument(loaded: LoadedDocument, tzdb: string, now: number): Validation {
  const { document } = loaded;
  const rules = [...loaded.rulesByRuleset.values()].reduce((sum, { rules: own }) => sum + own.length, 0);
  if (document === null) {
    const unchecked = ['what entries say of each other, until the form is right'];
    return { problems: sorted(loaded.problems, loaded.file), entries: {}, rules, unchecked };
  }
  const found = documentFindings(loaded, document, tzdb, now);
  const own = [
    ...found.problems,
    ...unsafeRules(found),
    ...found.assertions.flatMap((result) => failedAssertion(result, found)),
  ];
  return {
    problems: sorted([...loaded.problems, ...placed(own, loaded)], loaded.file),
    entries: Object.fromEntries(
      SECTIONS.filter((section) => found.managed.has(section)).map((section) => [
        section,
        // All products are one entry for the platform alone.
        section === 'products' ? (loaded.offer.products?.lines.length ?? 0) : found.documents[section].size,
      ]),
    ),
    rules,
    unchecked: found.unchecked,
  };
}

/** Failures of one assertion that are problems of their own. */
const SHOWN = 20;

/** Each URL that fails, at its own place where the document names it. */
function failedAssertion(
  { id, failures, failed, reason }: AssertionResult,
  { documents }: DocumentFindings,
): readonly Problem[] {
  const spec = documents.assertions.get(id)?.spec;
  return failures.slice(0, SHOWN).map((failure, i): Problem => {
    const more = i === SHOWN - 1 && failed > SHOWN ? ` (and ${failed - SHOWN} more URLs)` : '';
    return {
      code: 'assertion',
      severity: 'error',
      message: `${failureText(id, failure)}${reason === null ? '' : `; ${reason}`}${more}`,
      place: { pointer: pointerOfAssertion(id, spec, failure.url) },
    };
  });
}

/** Rules that cannot be used, and findings that a plan would show; each at the first rule it concerns. */
function unsafeRules({ compiled, findings }: DocumentFindings): readonly Problem[] {
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
  const shown = findings
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
  return [...unusable, ...shown.filter((problem) => !reported.has(identityOf(problem)))];
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
