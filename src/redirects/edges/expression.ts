import { SPLAT } from '../pattern.ts';
import type { RulesetOptions } from '../rule.ts';
import type { Piece } from '../template.ts';
import type { EdgeEntry, PathTest } from './edge-entry.ts';
import { groupNumbers, regexBody } from './regex-source.ts';
import { withTrimmedGroups } from './trimmed-groups.ts';

/** Characters with a meaning of their own in PCRE and RE2. */
const SPECIAL = /[\\^$.|?+*()[\]{}]/g;

export function literal(text: string): string {
  return text.replace(SPECIAL, '\\$&');
}

/** What a server's regular expressions can do. */
export interface ExpressionPowers {
  readonly lookahead: boolean;
  /** The highest group number that a replacement can name. */
  readonly groups: number;
  /** Any number of parameters can be taken out of a query, not only a few. */
  readonly filters: boolean;
  /** They go back and try again, so that some take time that grows exponentially. */
  readonly backtracks: boolean;
}

/** A literal whose percent escapes may be in lower case: `%C3` and `%c3` are one byte. */
export function hexLiteral(text: string): string {
  return literal(text).replace(/%[0-9A-F]{2}/g, (byte) =>
    byte.replace(/[A-F]/g, (digit) => `[${digit}${digit.toLowerCase()}]`),
  );
}

/** A whole path as regular expressions without anchors, tried in order, and what their groups hold. */
export interface PathExpression {
  readonly texts: readonly string[];
  /** Group number of each name. */
  readonly groups: ReadonlyMap<string, number>;
  /** The group with what a prefix leaves of the path; 0 where there is none. */
  readonly rest: number;
  /** A value that begins with slashes has them behind a slash of the target, or has none where the engine has them. */
  readonly untrimmed?: boolean;
}

/** What a target does with the values that a test gives it. */
export interface ValueUse {
  /** Names that stand in its query or fragment, where no value may begin another parameter. */
  readonly guarded: ReadonlySet<string>;
  /** Names that follow a slash in its path, where a value's own leading slashes are left out. */
  readonly trimmed: ReadonlySet<string>;
  /** One of these stands elsewhere too, where its slashes stay. */
  readonly mixed: boolean;
  /** Its path ends in a slash, so that the rest of a prefix is appended without its own. */
  readonly slashed: boolean;
}

export function valueUse({ target }: EdgeEntry): ValueUse {
  const guarded = new Set<string>();
  const trimmed = new Set<string>();
  const path = target?.path ?? [];
  for (const piece of [...(target?.query ?? []), ...(target?.fragment ?? [])])
    if (piece.kind === 'name') guarded.add(piece.name);
  for (const [index, piece] of path.entries()) {
    if (piece.kind === 'name' && isTrimmed(path, index)) trimmed.add(piece.name);
  }
  const places = [...path, ...(target?.query ?? []), ...(target?.fragment ?? [])];
  const mixed = [...trimmed].some((name) => {
    const all = places.filter((piece) => piece.kind === 'name' && piece.name === name).length;
    return (
      all > path.filter((piece, index) => isTrimmed(path, index) && piece.kind === 'name' && piece.name === name).length
    );
  });
  const last = path.at(-1);
  return { guarded, trimmed, mixed, slashed: last?.kind === 'text' && last.text.endsWith('/') };
}

function isTrimmed(path: readonly Piece[], index: number): boolean {
  const before = path[index - 1];
  return before?.kind === 'text' && before.text.endsWith('/');
}

const NO_GROUPS: ReadonlyMap<string, number> = new Map();

/** @returns the reason where a test has no expression that means the same behind other text */
export function pathExpression(test: PathTest, options: RulesetOptions, use: ValueUse): PathExpression | string {
  const fold = (text: string): string => (options.case === 'ignore' && text !== '' ? `(?i:${text})` : text);
  const slash = options.trailingSlash === 'ignore' ? '/?' : '';
  const rest = use.guarded.has(SPLAT) ? '[^&=+;]*' : '.*';
  const trim = use.trimmed.has(SPLAT) ? '/*' : '';
  switch (test.kind) {
    case 'exact':
      return { texts: [`${fold(hexLiteral(test.path))}${slash}`], groups: NO_GROUPS, rest: 0 };
    case 'prefix': {
      const appended = !use.trimmed.has(SPLAT) && !use.guarded.has(SPLAT) && !use.slashed;
      const value = appended ? `((?:/.*)?)` : `(?:/${trim}(${rest}))?`;
      return {
        texts: [`${fold(hexLiteral(test.path))}${value}`],
        groups: new Map([[SPLAT, 1]]),
        rest: 1,
        untrimmed: use.mixed,
      };
    }
    case 'pattern': {
      const parts = test.pattern.segments.map((segment) => {
        if (segment.kind === 'literal') return fold(hexLiteral(segment.text));
        return use.guarded.has(segment.name) ? '([^/&=+;]+)' : '([^/]+)';
      });
      const path = parts.length === 0 ? '' : `/${parts.join('/')}`;
      return {
        texts: [`${path}${test.pattern.splat ? `/${trim}(${rest})` : slash}`],
        groups: new Map(test.pattern.names.map((name, index) => [name, index + 1])),
        rest: 0,
        // No other name takes a slash.
        untrimmed: use.mixed && use.trimmed.has(SPLAT),
      };
    }
    case 'regex': {
      if (!/^[\x20-\x7e]*$/.test(test.source))
        return 'its expression holds characters that no path does (percent escapes stand for them); it is left out';
      const body = regexBody(test.source);
      if (body === undefined)
        return 'its expression has anchors or word boundaries inside, which this edge cannot keep; it is left out';
      const groups = groupNumbers(body);
      const trimmed = withTrimmedGroups(body, new Set([...use.trimmed].flatMap((name) => groups.get(name) ?? [])));
      const whole = `(?:${fold(trimmed ?? body)})`;
      const texts = slash === '' ? [whole] : [whole, `${whole}/`];
      return { texts, groups, rest: 0, untrimmed: trimmed === undefined || use.mixed };
    }
    case 'site':
      return { texts: test.bases.map((base) => `${hexLiteral(base)}(?:/.*)?`), groups: NO_GROUPS, rest: 0 };
  }
}
