import type { CompiledRuleset } from '../compiled.ts';

/** Heads of the chains of more than one rule, in every place of the index; most chains have one. */
export function sharedHeads(compiled: CompiledRuleset): number[] {
  const { entryNext } = compiled;
  const inner = new Uint8Array(entryNext.length);
  for (let entry = 0; entry < entryNext.length; entry++) {
    const next = entryNext[entry] ?? -1;
    if (next >= 0) inner[next] = 1;
  }
  const heads: number[] = [];
  for (let entry = 0; entry < entryNext.length; entry++) {
    if ((entryNext[entry] ?? -1) >= 0 && inner[entry] === 0) heads.push(entry);
  }
  return heads;
}
