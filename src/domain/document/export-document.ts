import type { Documents, Resource } from './resources.ts';
import type { StoredDocument } from './schema.ts';
import { DOCUMENT_SECTIONS } from './sections.ts';

/** The whole state as a document: planning it right away has no changes. Sections without entries are left out. */
export function exportDocument(documents: Documents): StoredDocument {
  const sections = DOCUMENT_SECTIONS.flatMap((section) => {
    const entries = [...(documents[section] as ReadonlyMap<string, Resource>).values()].toSorted((a, b) =>
      a.id < b.id ? -1 : 1,
    );
    return entries.length === 0
      ? []
      : [[section, Object.fromEntries(entries.map(({ id, spec }) => [id, spec]))] as const];
  });
  return { version: 1, ...Object.fromEntries(sections) };
}
