import { looksLikeAuthority, removeDotSegments } from '../canonical.ts';
import type { Piece, Target } from '../template.ts';

/**
 * A target as the engine fills it: dot segments removed, and one slash at the start of its path. A server puts values
 * into text and does no more, so the text has to be in that form before.
 *
 * @param appended whether what a prefix leaves of a path follows the target's own
 * @returns undefined where only a value tells what becomes of the text
 */
export function settledTarget(target: Target, appended: boolean): Target | undefined {
  const filled = target.origin === '' || target.path.some(({ kind }) => kind === 'name');
  if (!needsSettling(target.path)) return target;
  // As it is written, where nothing is appended to it.
  if (!filled) return appended ? undefined : target;
  const [first, ...others] = target.path;
  const later = others.filter((piece) => piece.kind === 'text');
  if (first?.kind !== 'text' || later.some(({ text }) => /(?:^|\/)\.{1,2}(?:\/|$)/.test(text))) return undefined;
  // What stands before a value, or what is appended, must be whole segments: `/a/..:rest` is none until it is filled.
  if (/\/\.{1,2}$/.test(first.text) && others.length > 0) return undefined;
  const path: Piece[] = [{ kind: 'text', text: settled(first.text) }, ...others];
  return { ...target, path };
}

const needsSettling = (path: readonly Piece[]): boolean =>
  path.some(
    (piece, index) =>
      piece.kind === 'text' && (piece.text.includes('/.') || (index === 0 && looksLikeAuthority(piece.text))),
  );

function settled(text: string): string {
  const path = text.includes('/.') ? removeDotSegments(text) : text;
  return looksLikeAuthority(path) ? `/${path.replace(/^[/\\]+/, '')}` : path;
}
