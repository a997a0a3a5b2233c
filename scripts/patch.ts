/** A text of a library's file, and what stands there instead in the bundle. */
export type Patch = readonly [old: string, instead: string];

/** Throws where a text is not there any more: the library was updated, and the patch wants another look. */
export function patch(source: string, file: string, patches: readonly Patch[]): string {
  return patches.reduce((text, [old, instead]) => {
    if (!text.includes(old)) throw new Error(`${file} no longer has the text that is patched: ${JSON.stringify(old)}`);
    return text.replaceAll(old, instead);
  }, source);
}
