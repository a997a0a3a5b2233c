import { isMap, isNode, isPair, isSeq, LineCounter, parseDocument, type Document as YamlDocument } from 'yaml';
import type { Place, Problem } from '../failure.ts';
import { type DocumentPath, pathOf } from './pointer.ts';
import { DocumentSchema, type StoreDocument } from './schema.ts';
import { problemsOfIssues } from './schema-problems.ts';

export interface ReadDocument {
  /** null where it is too wrong to go on with. */
  readonly document: StoreDocument | null;
  readonly problems: readonly Problem[];
  /** Where something of the document was written; the nearest thing around it where it was not written at all. */
  placeOf(pointer: string): Place;
}

/** Values in a document are strings, numbers, flags, lists and maps; more aliases than this are an attack, not a style. */
const MAX_ALIASES = 100;

/**
 * Reads a document of YAML 1.2 (or JSON, which is YAML). Reports every fault of form with its line and column; what
 * entries say of each other is checked by {@link checkDocuments}.
 */
export function readDocument(text: string, file: string): ReadDocument {
  const lines = new LineCounter();
  const yaml = parseDocument(text, { lineCounter: lines, uniqueKeys: true, prettyErrors: false, strict: true });
  const at = (offset: number): Place => {
    const { line, col } = lines.linePos(offset);
    return { file, line, column: col };
  };
  const placeOf = (pointer: string): Place => ({ ...at(offsetOf(yaml, pathOf(pointer))), pointer });

  const syntax = yaml.errors.map(
    (error): Problem => ({
      code: error.code === 'DUPLICATE_KEY' ? 'duplicate-key' : 'invalid-yaml',
      severity: 'error',
      message: firstLine(error.message),
      place: at(error.pos[0]),
    }),
  );
  if (syntax.length > 0) return { document: null, problems: syntax, placeOf };

  let content: unknown;
  try {
    content = yaml.toJS({ maxAliasCount: MAX_ALIASES });
  } catch (error) {
    const message = error instanceof Error ? firstLine(error.message) : 'the document cannot be expanded';
    return { document: null, problems: [{ code: 'invalid-yaml', severity: 'error', message, place: at(0) }], placeOf };
  }
  if (content === null || content === undefined) {
    const empty: Problem = {
      code: 'empty-document',
      severity: 'error',
      message: 'the document is empty',
      remedy: 'start it with `version: 1`, or write a first one with `storectl init`',
      place: { file, line: 1, column: 1 },
    };
    return { document: null, problems: [empty], placeOf };
  }
  const parsed = DocumentSchema.safeParse(content);
  if (parsed.success) return { document: parsed.data, problems: [], placeOf };
  const problems = problemsOfIssues(parsed.error.issues, content).map((problem) => ({
    ...problem,
    place: placeOf(problem.place?.pointer ?? ''),
  }));
  return { document: null, problems, placeOf };
}

/** The offset of the key at the path's end, or of the list item, or of what is nearest above it. */
function offsetOf(yaml: YamlDocument, path: DocumentPath): number {
  let node: unknown = yaml.contents;
  let offset = isNode(node) ? (node.range?.[0] ?? 0) : 0;
  for (const step of path) {
    if (isMap(node)) {
      const pair = node.items.find((item) => isPair(item) && String(item.key) === String(step));
      if (pair === undefined) break;
      if (isNode(pair.key)) offset = pair.key.range?.[0] ?? offset;
      node = pair.value;
    } else if (isSeq(node)) {
      node = node.items[Number(step)];
      if (isNode(node)) offset = node.range?.[0] ?? offset;
    } else break;
  }
  return offset;
}

function firstLine(message: string): string {
  return message.split('\n', 1)[0] ?? message;
}
