import type { Documents } from '../../domain/document/resources.ts';
import { type DocumentIndex, indexDocuments } from '../../domain/state/document-index.ts';

/** Documents never change, so their index is made once, and goes when they go. */
const indexes = new WeakMap<Documents, DocumentIndex>();

export function indexOf(documents: Documents): DocumentIndex {
  const known = indexes.get(documents);
  if (known !== undefined) return known;
  const index = indexDocuments(documents);
  indexes.set(documents, index);
  return index;
}
