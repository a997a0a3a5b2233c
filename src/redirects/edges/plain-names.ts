import { SPLAT } from '../pattern.ts';
import type { Piece } from '../template.ts';
import type { EdgeEntry } from './edge-entry.ts';

/**
 * An entry whose placeholders can be replaced by text: hosts of static sites do that, one name after the other, so that
 * `:id` is replaced in `:idx` too, and know no name that begins with `_`. Where that would go wrong, the names are
 * single letters.
 */
export function withPlainNames(entry: EdgeEntry): EdgeEntry {
  const { test, target, names } = entry;
  if (test.kind !== 'pattern' || names.every((name) => isPlain(name, names))) return entry;
  const others = names.filter((name) => name !== SPLAT);
  if (others.length > LETTERS.length) return entry;
  const renamed = new Map(others.map((name, index) => [name, LETTERS.charAt(index)]));
  const renameOf = (name: string): string => renamed.get(name) ?? name;
  const rename = (pieces: readonly Piece[]): Piece[] =>
    pieces.map((piece) => (piece.kind === 'text' ? piece : { kind: 'name', name: renameOf(piece.name) }));
  const { segments, splat } = test.pattern;
  return {
    ...entry,
    names: names.map(renameOf),
    test: {
      kind: 'pattern',
      pattern: {
        splat,
        names: names.map(renameOf),
        segments: segments.map((one) => (one.kind === 'literal' ? one : { kind: 'name', name: renameOf(one.name) })),
      },
    },
    target:
      target === null
        ? null
        : { ...target, path: rename(target.path), query: rename(target.query), fragment: rename(target.fragment) },
  };
}

/** Without the `s` of `:splat`, which would begin with it. */
const LETTERS = 'abcdefghijklmnopqrtuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ';

function isPlain(name: string, names: readonly string[]): boolean {
  return /^[A-Za-z]\w*$/.test(name) && !names.some((other) => other !== name && other.startsWith(name));
}
