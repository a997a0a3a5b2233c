import { isNameText } from './characters.ts';
import type { Fault } from './rule.ts';

/**
 * A pattern path: literal segments, `:name` for one whole, non-empty segment, and a final `*` for the rest after its
 * slash, possibly empty. Where two patterns take one path, the segments are compared from the left: a literal is more
 * specific than a `:name`, a `:name` than `*`. Two different shapes therefore never tie.
 */
export type PatternSegment =
  | { readonly kind: 'literal'; readonly text: string }
  | { readonly kind: 'name'; readonly name: string };

export interface Pattern {
  readonly segments: readonly PatternSegment[];
  readonly splat: boolean;
  /** In the order of the values that a match gives; `splat` last. */
  readonly names: readonly string[];
}

export const SPLAT = 'splat';

/** Reads a canonical path as a pattern. */
export function parsePattern(path: string): Pattern | Fault {
  const texts = path.slice(1).split('/');
  const splat = texts.at(-1) === '*';
  if (splat) texts.pop();
  const segments: PatternSegment[] = [];
  const names: string[] = [];
  for (const text of texts) {
    if (text === '*') {
      return patternFault(
        '"*" may only be the last segment of a pattern',
        'Use `:name` for one segment in the middle.',
      );
    }
    if (!text.startsWith(':')) {
      segments.push({ kind: 'literal', text });
      continue;
    }
    const name = text.slice(1);
    if (!isPlaceholderName(name)) {
      return patternFault(
        `":${name}" is not a placeholder: a name is letters, digits and "_", and takes the whole segment`,
        'Write %3A for a colon that is meant as text, or set `match: exact`.',
      );
    }
    segments.push({ kind: 'name', name });
    names.push(name);
  }
  if (splat) names.push(SPLAT);
  const repeated = names.find((name, index) => names.indexOf(name) !== index);
  if (repeated !== undefined)
    return patternFault(`the placeholder ":${repeated}" occurs twice`, 'Give each placeholder its own name.');
  return { segments, splat, names };
}

function patternFault(message: string, remedy: string): Fault {
  return { fault: 'invalid-pattern', message, remedy };
}

export function isPlaceholderName(name: string): boolean {
  if (name === '' || /^\d/.test(name)) return false;
  for (let index = 0; index < name.length; index++) if (!isNameText(name.charCodeAt(index))) return false;
  return true;
}
