/** A path into a document: keys and list positions from the top. */
export type DocumentPath = readonly (string | number)[];

/** RFC 6901. */
export function pointerOf(path: DocumentPath): string {
  return path.map((step) => `/${String(step).replaceAll('~', '~0').replaceAll('/', '~1')}`).join('');
}

/** The inverse of {@link pointerOf}; list positions come back as text, which every reader here accepts. */
export function pathOf(pointer: string): string[] {
  if (pointer === '') return [];
  return pointer
    .slice(1)
    .split('/')
    .map((step) => step.replaceAll('~1', '/').replaceAll('~0', '~'));
}
