import { assertionFindings } from '../../domain/assertions/findings.ts';
import { hasErrors } from '../../domain/document/fault-list.ts';
import type { Problem } from '../../domain/failure.ts';
import type { Finding } from '../../redirects/lint/index.ts';
import { TZDB } from '../answers/asked-time.ts';
import { documentFindings } from '../document/document-findings.ts';
import { type LoadedDocument, loadDocument, placed, wrongDocument } from '../document/load-document.ts';
import { type FindingView, findingView, type LintResult } from '../entries/rules/finding-view.ts';
import type { Surroundings } from '../surroundings.ts';

/**
 * Lints the rules of a document by itself, over its whole schedule, with the settings and the assertions that it has.
 * Lines of its rules files that give no rule are findings; what else is wrong with it is not for lint to say.
 *
 * @throws Failure `unreadable-file`, `invalid-document`
 */
export async function lintDocument(surroundings: Surroundings, file: string): Promise<LintResult> {
  const loaded = await loadDocument(surroundings, file);
  const isLine = ({ place }: Problem): boolean => place?.line !== undefined && place.file !== loaded.file;
  const others = loaded.problems.filter((problem) => !isLine(problem));
  if (loaded.document === null || hasErrors(others)) throw wrongDocument(loaded.file, others);
  const { document } = loaded;
  const found = surroundings.interruption.busy(() => documentFindings(loaded, document, TZDB, surroundings.now()));
  if (hasErrors(found.problems)) throw wrongDocument(loaded.file, placed(found.problems, loaded));
  const findings = [...found.findings, ...assertionFindings(found.assertions, found.documents.assertions)];
  return {
    rules: [...found.compiled.values()].reduce((sum, { ruleset }) => sum + ruleset.rules.length, 0),
    findings: [
      ...loaded.problems.filter(isLine).map(badLine),
      ...findings.map((finding) => placedView(finding, loaded)),
    ],
    ...(found.unchecked.length === 0 ? {} : { unchecked: found.unchecked }),
  };
}

/** What no line of rules shows has its place in the document. */
function placedView(finding: Finding, { placeOf }: LoadedDocument): FindingView {
  const view = findingView(finding);
  if (finding.pointer === undefined || view.rules.some(({ line }) => line !== null)) return view;
  const { file, line } = placeOf(finding.pointer);
  return { ...view, rules: [{ file: file ?? null, line: line ?? null, from: '' }, ...view.rules] };
}

function badLine({ code, severity, message, place }: Problem): FindingView {
  const rules = [{ file: place?.file ?? null, line: place?.line ?? null, from: '' }];
  return { code, severity, message, rules, witness: null, at: null, fix: null };
}
