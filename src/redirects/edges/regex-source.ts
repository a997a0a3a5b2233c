import { isNameText } from '../characters.ts';

/**
 * The expression of a rule without the anchors around it, so that it can stand behind other text; undefined where one
 * stands inside, or where it uses what only RE2 has.
 */
export function regexBody(source: string): string | undefined {
  const start = source.startsWith('^') ? 1 : 0;
  const end = /(?<!\\)(?:\\\\)*\$$/.test(source) ? source.length - 1 : source.length;
  const body = source.slice(start, end);
  // `^a|b$` is anchored on one side of each branch only.
  if ((start > 0 || end < source.length) && hasBareBranch(body)) return undefined;
  for (const token of tokensOf(body))
    if (token === '^' || token === '$' || /^\\[AzZbBCQ]$/.test(token)) return undefined;
  return body;
}

/** The number of each group, under its number and under its name. */
export function groupNumbers(body: string): ReadonlyMap<string, number> {
  const numbers = new Map<string, number>();
  let count = 0;
  for (const token of tokensOf(body)) {
    if (!token.startsWith('(')) continue;
    const name = /^\(\?P?<([A-Za-z_]\w*)>$/.exec(token)?.[1];
    if (token !== '(' && name === undefined) continue;
    numbers.set(String(++count), count);
    if (name !== undefined) numbers.set(name, count);
  }
  return numbers;
}

function hasBareBranch(body: string): boolean {
  let depth = 0;
  for (const token of tokensOf(body)) {
    if (token.startsWith('(')) depth++;
    else if (token === ')') depth--;
    else if (token === '|' && depth === 0) return true;
  }
  return false;
}

/** Escapes, classes, openings of groups, and single characters. */
export function* tokensOf(body: string): Generator<string> {
  for (let at = 0; at < body.length; ) {
    const token = tokenAt(body, at);
    yield token;
    at += token.length;
  }
}

function tokenAt(body: string, at: number): string {
  const character = body.charAt(at);
  if (character === '\\') return body.slice(at, at + 2);
  if (character === '[') return body.slice(at, classEnd(body, at));
  if (character !== '(' || body.charAt(at + 1) !== '?') return character;
  const named = /^\(\?P?</.exec(body.slice(at, at + 4));
  if (named === null) return '(?';
  let end = at + named[0].length;
  while (end < body.length && isNameText(body.charCodeAt(end))) end++;
  return body.slice(at, end + 1);
}

function classEnd(body: string, start: number): number {
  let at = start + 1;
  if (body.charAt(at) === '^') at++;
  if (body.charAt(at) === ']') at++;
  while (at < body.length && body.charAt(at) !== ']') {
    const posix = body.startsWith('[:', at) ? body.indexOf(':]', at) : -1;
    at += posix >= 0 ? posix + 2 - at : body.charAt(at) === '\\' ? 2 : 1;
  }
  return at + 1;
}
