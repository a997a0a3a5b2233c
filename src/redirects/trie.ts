import { foldCase } from './characters.ts';
import { NONE } from './heads.ts';
import type { Pattern } from './pattern.ts';

/**
 * One segment position of the tree of prefixes and patterns. The numbers are heads of rule chains. The children's map
 * is made only where there are children, since most nodes are leaves.
 */
export class TrieNode {
  literals: Map<string, TrieNode> | undefined = undefined;
  name: TrieNode | undefined = undefined;
  /** Patterns that end here. */
  terminal = NONE;
  /** Patterns that end here in `/*`. */
  splat = NONE;
  prefix = NONE;

  literalChild(text: string): TrieNode {
    this.literals ??= new Map();
    let child = this.literals.get(text);
    if (child === undefined) {
      child = new TrieNode();
      this.literals.set(text, child);
    }
    return child;
  }

  nameChild(): TrieNode {
    this.name ??= new TrieNode();
    return this.name;
  }
}

/** The node of a pattern, made where it is missing. */
export function patternNode(root: TrieNode, pattern: Pattern, ignoreCase: boolean): TrieNode {
  let node = root;
  for (const segment of pattern.segments) {
    if (segment.kind === 'name') node = node.nameChild();
    else node = node.literalChild(ignoreCase ? foldCase(segment.text) : segment.text);
  }
  return node;
}

/** The node of a prefix: a comparable path, whose own trailing slash makes no difference. */
export function prefixNode(root: TrieNode, path: string): TrieNode {
  const trimmed = path.endsWith('/') ? path.slice(0, -1) : path;
  let node = root;
  if (trimmed === '') return node;
  for (const segment of trimmed.slice(1).split('/')) node = node.literalChild(segment);
  return node;
}

/**
 * Visits the chains of the patterns that take `path` (comparable, trailing slash kept), most specific first, until
 * `visit` returns true. `spans` holds the start and end of each value, in the order of the pattern's names.
 */
export function walkPatterns(
  root: TrieNode,
  path: string,
  ignoreSlash: boolean,
  spans: number[],
  visit: (head: number) => boolean,
): boolean {
  const length = path.length;
  const step = (node: TrieNode, at: number): boolean => {
    if (at >= length || (ignoreSlash && at === length - 1 && at > 0)) {
      if (node.terminal !== NONE && visit(node.terminal)) return true;
      if (at >= length) return false;
    }
    const slash = path.indexOf('/', at + 1);
    const end = slash < 0 ? length : slash;
    const child = node.literals?.get(path.slice(at + 1, end));
    if (child !== undefined && step(child, end)) return true;
    if (node.name !== undefined && end > at + 1) {
      spans.push(at + 1, end);
      if (step(node.name, end)) return true;
      spans.length -= 2;
    }
    if (node.splat === NONE) return false;
    spans.push(at + 1, length);
    if (visit(node.splat)) return true;
    spans.length -= 2;
    return false;
  };
  return step(root, 0);
}

/** Visits the chains of the prefixes that cover `path`, longest first, with the index where the rest begins. */
export function walkPrefixes(root: TrieNode, path: string, visit: (head: number, rest: number) => boolean): boolean {
  const found: number[] = [];
  if (root.prefix !== NONE) found.push(root.prefix, 0);
  let node: TrieNode | undefined = root;
  for (let at = 0; at < path.length && node?.literals !== undefined; ) {
    const slash = path.indexOf('/', at + 1);
    const end = slash < 0 ? path.length : slash;
    node = node.literals.get(path.slice(at + 1, end));
    if (node !== undefined && node.prefix !== NONE) found.push(node.prefix, end);
    at = end;
  }
  for (let index = found.length - 2; index >= 0; index -= 2) {
    if (visit(found[index] ?? NONE, found[index + 1] ?? 0)) return true;
  }
  return false;
}
