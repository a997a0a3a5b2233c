import { tokensOf } from './regex-source.ts';

interface Group {
  readonly start: number;
  /** Behind its opening, `(` or `(?P<name>`. */
  readonly inside: number;
  /** At its closing bracket. */
  readonly end: number;
}

/**
 * An expression whose groups hold their values without the slashes in front, as the engine puts them behind a slash of
 * a target. Nothing changes of which paths it takes.
 *
 * @param numbers of the groups
 * @returns undefined where that cannot be said of a group whose value may begin with a slash
 */
export function withTrimmedGroups(body: string, numbers: ReadonlySet<number>): string | undefined {
  let out = body;
  const groups = captureGroups(body);
  // From the last on, so that the places of those before stay what they are.
  for (const number of [...numbers].sort((a, b) => b - a)) {
    const group = groups[number - 1];
    if (group === undefined) return undefined;
    const inner = body.slice(group.inside, group.end);
    if (!mayBeginWithSlash(inner)) continue;
    if (/^[*+?{]/.test(body.slice(group.end + 1))) return undefined;
    const opening = body.slice(group.start, group.inside);
    const trimmed = trimmedGroup(opening, inner);
    if (trimmed === undefined) return undefined;
    out = out.slice(0, group.start) + trimmed + out.slice(group.end + 1);
  }
  return out;
}

function trimmedGroup(opening: string, inner: string): string | undefined {
  if (inner === '.*') return `/*${opening}.*)`;
  // Nothing but slashes leaves nothing.
  return inner === '.+' ? `(?:/*${opening}[^/].*)|/+)` : undefined;
}

/** By number, the first of them 1. */
function captureGroups(body: string): readonly Group[] {
  const groups: Group[] = [];
  const open: (number | undefined)[] = [];
  let at = 0;
  for (const token of tokensOf(body)) {
    if (token === '(' || /^\(\?P?<[A-Za-z_]\w*>$/.test(token)) {
      open.push(groups.length);
      groups.push({ start: at, inside: at + token.length, end: body.length });
    } else if (token.startsWith('(')) open.push(undefined);
    else if (token === ')') {
      const number = open.pop();
      const group = number === undefined ? undefined : groups[number];
      if (number !== undefined && group !== undefined) groups[number] = { ...group, end: at };
    }
    at += token.length;
  }
  return groups;
}

/** False only where that is plain from how each of its branches begins. */
function mayBeginWithSlash(inner: string): boolean {
  const tokens = [...tokensOf(inner)];
  if (tokens.some((token) => token.startsWith('('))) return tokens.some(takesSlash);
  return tokens.some((token, index) => {
    if (index > 0 && tokens[index - 1] !== '|') return false;
    // What may be left out lets any later part begin.
    return takesSlash(token) || (/^[*?{]$/.test(tokens[index + 1] ?? '') && tokens.some(takesSlash));
  });
}

function takesSlash(token: string): boolean {
  if (token === '.' || token === '/') return true;
  if (token.startsWith('(')) return false;
  if (/^\\[dws]$/.test(token)) return false;
  if (/^\\[^A-Za-z0-9]$/.test(token)) return token === '\\/';
  if (token.startsWith('[') && !/\[:|\\[pPxQ]/.test(token)) {
    try {
      return new RegExp(`^${token}$`).test('/');
    } catch {
      return true;
    }
  }
  return token.length > 1;
}
