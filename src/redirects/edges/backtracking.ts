import { tokensOf } from './regex-source.ts';

/**
 * Whether a matcher that goes back and tries again (PCRE: nginx, Apache, HAProxy) may need time that grows
 * exponentially with a path's length. So it does where a part that is repeated can be split in several ways: what one
 * turn ends with may begin the next (`(x+x+)+`, `(a|ab)*`, `(\w+/?)*`). RE2 takes any expression in linear time.
 *
 * A close look at first characters, not a proof: some expressions are named that do no harm.
 */
export function mayBacktrack(body: string): boolean {
  const reader = new Reader([...tokensOf(body)]);
  return isAmbiguous(reader.branches(), NOTHING, false);
}

/** More turns than this are as good as any number. */
const MANY_TURNS = 8;

/** The ASCII characters that a path is made of, as a set of bits. */
type Characters = bigint;
const NOTHING: Characters = 0n;
const ANY: Characters = (1n << 128n) - 1n;

type Node =
  | { readonly kind: 'one'; readonly characters: Characters; readonly text: string | undefined }
  | { readonly kind: 'sequence'; readonly parts: readonly Node[] }
  | { readonly kind: 'branches'; readonly branches: readonly Node[] }
  | { readonly kind: 'repeated'; readonly part: Node; readonly least: number; readonly most: number };

const EMPTY: Node = { kind: 'sequence', parts: [] };

/** @param follow what may come after the node, within the repetition around it */
function isAmbiguous(node: Node, follow: Characters, isRepeated: boolean): boolean {
  switch (node.kind) {
    case 'one':
      return false;
    case 'sequence':
      return node.parts.some((part, index) => {
        const rest: Node = { kind: 'sequence', parts: node.parts.slice(index + 1) };
        return isAmbiguous(part, firstOf(rest) | (isNullable(rest) ? follow : NOTHING), isRepeated);
      });
    case 'branches':
      if (
        isRepeated &&
        node.branches.some((one, at) => node.branches.slice(at + 1).some((other) => areAlike(one, other)))
      )
        return true;
      return node.branches.some((branch) => isAmbiguous(branch, follow, isRepeated));
    case 'repeated': {
      const { part, least, most } = node;
      const first = firstOf(part);
      const isLoop = most >= MANY_TURNS;
      if (isLoop && isNullable(part) && first !== NOTHING) return true;
      if (isRepeated && most > least && (first & follow) !== NOTHING) return true;
      const after = isRepeated ? follow : NOTHING;
      return isAmbiguous(part, most > 1 ? first | after : after, isRepeated || isLoop);
    }
  }
}

/** Whether two branches may begin with the same text, in one way as plain texts and as far as one character tells. */
function areAlike(one: Node, other: Node): boolean {
  const [left, right] = [textOf(one), textOf(other)];
  if (left !== undefined && right !== undefined) return left.startsWith(right) || right.startsWith(left);
  return (firstOf(one) & firstOf(other)) !== NOTHING || (isNullable(one) && isNullable(other));
}

function textOf(node: Node): string | undefined {
  if (node.kind === 'one') return node.text;
  if (node.kind !== 'sequence') return undefined;
  const texts = node.parts.map(textOf);
  return texts.includes(undefined) ? undefined : texts.join('');
}

function isNullable(node: Node): boolean {
  switch (node.kind) {
    case 'one':
      return false;
    case 'sequence':
      return node.parts.every(isNullable);
    case 'branches':
      return node.branches.some(isNullable);
    case 'repeated':
      return node.least === 0 || isNullable(node.part);
  }
}

function firstOf(node: Node): Characters {
  switch (node.kind) {
    case 'one':
      return node.characters;
    case 'sequence': {
      let found = NOTHING;
      for (const part of node.parts) {
        found |= firstOf(part);
        if (!isNullable(part)) break;
      }
      return found;
    }
    case 'branches':
      return node.branches.reduce((found, branch) => found | firstOf(branch), NOTHING);
    case 'repeated':
      return firstOf(node.part);
  }
}

/** Reads an expression that RE2 has accepted. */
class Reader {
  private readonly tokens: readonly string[];
  private at = 0;

  constructor(tokens: readonly string[]) {
    this.tokens = tokens;
  }

  branches(): Node {
    const branches: Node[] = [];
    let parts: Node[] = [];
    for (let token = this.tokens[this.at]; token !== undefined && token !== ')'; token = this.tokens[this.at]) {
      this.at++;
      if (token !== '|') {
        parts.push(this.repeated(this.single(token)));
        continue;
      }
      branches.push({ kind: 'sequence', parts });
      parts = [];
    }
    this.at++;
    branches.push({ kind: 'sequence', parts });
    return branches.length === 1 ? (branches[0] ?? EMPTY) : { kind: 'branches', branches };
  }

  private single(token: string): Node {
    if (token === '(?') {
      // Flags, and what they are for: `(?i)`, `(?i:…)`.
      while (!/^[:)]$/.test(this.tokens[this.at] ?? ')')) this.at++;
      return this.tokens[this.at++] === ':' ? this.branches() : EMPTY;
    }
    if (token.startsWith('(')) return this.branches();
    if (/^(?:\^|\$|\\[bBAzZ])$/.test(token)) return EMPTY;
    if (/^\\[pPx]$/.test(token)) return this.longEscape();
    const plain = token.length === 1 ? token : /^\\[^A-Za-z0-9]$/.test(token) ? token.slice(1) : undefined;
    return { kind: 'one', characters: charactersOf(token), text: token === '.' ? undefined : plain };
  }

  /** `\pL`, `\p{Greek}`, `\x2f`: any character, to be on the safe side. */
  private longEscape(): Node {
    if (this.tokens[this.at++] === '{')
      while (this.tokens[this.at - 1] !== '}' && this.at < this.tokens.length) this.at++;
    return { kind: 'one', characters: ANY, text: undefined };
  }

  private repeated(part: Node): Node {
    const token = this.tokens[this.at];
    const bounds = token === '{' ? /^\{(\d+)(,?)(\d*)\}/.exec(this.tokens.slice(this.at, this.at + 12).join('')) : null;
    if (bounds === null && !/^[*+?]$/.test(token ?? '')) return part;
    this.at += bounds === null ? 1 : bounds[0].length;
    if (this.tokens[this.at] === '?') this.at++;
    if (bounds === null) {
      const most = token === '?' ? 1 : Number.POSITIVE_INFINITY;
      return { kind: 'repeated', part, least: token === '+' ? 1 : 0, most };
    }
    const least = Number(bounds[1]);
    const open = bounds[3] === '' ? Number.POSITIVE_INFINITY : Number(bounds[3]);
    return { kind: 'repeated', part, least, most: bounds[2] === '' ? least : open };
  }
}

/** What one token takes, letters in either case; any character where JavaScript does not read it as RE2 does. */
function charactersOf(token: string): Characters {
  if (token === '.') return ANY;
  if (/\[:|\\[pPQ]/.test(token)) return ANY;
  try {
    const expression = new RegExp(`^${/^[*+?{}\]|]$/.test(token) ? `\\${token}` : token}$`, 'i');
    let found = NOTHING;
    for (let code = 0; code < 128; code++) if (expression.test(String.fromCharCode(code))) found |= 1n << BigInt(code);
    return found;
  } catch {
    return ANY;
  }
}
