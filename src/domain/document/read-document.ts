import type { Place, Problem } from '../failure.ts';
import { DocumentSchema, type StoreDocument } from './schema.ts';
import { problemsOfIssues } from './schema-problems.ts';
import { readYaml } from './yaml-source.ts';

export interface ReadDocument {
  /** null where it is too wrong to go on with. */
  readonly document: StoreDocument | null;
  readonly problems: readonly Problem[];
  /** Where something of the document was written; the nearest thing around it where it was not written at all. */
  placeOf(pointer: string): Place;
}

/**
 * Reads a document of YAML 1.2 (or JSON, which is YAML). Reports every fault of form with its line and column; what
 * entries say of each other is checked by `checkDocuments`.
 */
export function readDocument(text: string, file: string): ReadDocument {
  const { content, problems: faults, placeOf } = readYaml(text, file);
  if (content === undefined) return { document: null, problems: faults, placeOf };
  if (content === null) return { document: null, problems: [...faults, emptyDocument(file)], placeOf };
  const parsed = DocumentSchema.safeParse(content);
  if (parsed.success) return { document: faults.length === 0 ? parsed.data : null, problems: faults, placeOf };
  const problems = problemsOfIssues(parsed.error.issues, content).map((problem) => ({
    ...problem,
    place: placeOf(problem.place?.pointer ?? ''),
  }));
  return { document: null, problems: [...faults, ...problems].toSorted(byPlace), placeOf };
}

function emptyDocument(file: string): Problem {
  return {
    code: 'empty-document',
    severity: 'error',
    message: 'the document is empty',
    remedy: 'start it with `version: 1`, or write a first one with `storectl init`',
    place: { file, line: 1, column: 1 },
  };
}

/** A person mends a file from top to bottom. */
function byPlace(a: Problem, b: Problem): number {
  return (a.place?.line ?? 0) - (b.place?.line ?? 0) || (a.place?.column ?? 0) - (b.place?.column ?? 0);
}
