import { expect, test } from 'vitest';
import type { CompiledRuleset } from '../../src/redirects/compile.ts';
import { NONE } from '../../src/redirects/heads.ts';
import { matchRule } from '../../src/redirects/match.ts';
import { prefixNode, TrieNode, walkPrefixes } from '../../src/redirects/trie.ts';
import { parseRequestUrl } from '../../src/redirects/url.ts';
import { compileRules } from './compile-rules.ts';

/** How many rules a lookup looks at, and its answer. */
function lookedAt(compiled: CompiledRuleset, url: string): { readonly rules: number; readonly index: number } {
  const seen = new Set<string>();
  const traits = new Proxy(compiled.traits, {
    get(target, key) {
      if (typeof key === 'string') seen.add(key);
      return Reflect.get(target, key, target);
    },
  });
  const result = matchRule({ ...compiled, traits }, parseRequestUrl(url), 0);
  return { rules: seen.size, index: result.kind === 'rule' ? result.index : -1 };
}

const MANY = 20_000;
const TO = 'https://www.mi.com/';

test('of many rules for one path that differ by their query, a lookup looks at its own', () => {
  const compiled = compileRules(
    Array.from({ length: MANY }, (_, id) => ({ from: `po.co/p?id=${id}&lang=en`, to: `${TO}${id}` })),
  );
  expect(lookedAt(compiled, 'https://po.co/p?lang=en&id=777')).toEqual({ rules: 1, index: 777 });
  expect(lookedAt(compiled, 'https://po.co/p?lang=en')).toEqual({ rules: 0, index: -1 });
});

test('of many prefixes of one path, a lookup looks at the longest', () => {
  const compiled = compileRules(
    Array.from({ length: 2000 }, (_, depth) => ({ from: `po.co${'/a'.repeat(depth + 1)}`, to: TO, match: 'prefix' })),
  );
  expect(lookedAt(compiled, `https://po.co${'/a'.repeat(500_000)}`)).toEqual({ rules: 1, index: 1999 });
});

test('a path of a megabyte is followed no deeper than rules go', () => {
  const root = new TrieNode();
  let steps = 0;
  class CountedMap extends Map<string, TrieNode> {
    override get(key: string): TrieNode | undefined {
      steps++;
      return super.get(key);
    }
  }
  root.literals = new CountedMap();
  const node = prefixNode(root, '/a');
  node.prefix = 0;
  node.literals = new CountedMap();
  steps = 0;
  const found: number[] = [];
  walkPrefixes(root, '/a'.repeat(500_000), (head, rest) => found.push(head, rest) < 0);
  expect(found).toEqual([0, 2]);
  expect(steps).toBe(2);
  expect(root.prefix).toBe(NONE);
});

test('paths longer than any rule may have are never hashed into it', () => {
  const compiled = compileRules([{ from: 'po.co/a', to: TO }]);
  expect(compiled.paths.get(0, `/${'a'.repeat(1_000_000)}`)).toBeUndefined();
});
