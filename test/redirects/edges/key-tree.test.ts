import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { literal } from '../../../src/redirects/edges/expression.ts';
import { type KeyTree, type KeyTreeShape, keyTree } from '../../../src/redirects/edges/key-tree.ts';

const SHAPE: KeyTreeShape = { rows: 3, branches: 4 };

const treeOf = (keys: readonly string[]): KeyTree<string> => keyTree(keys, (key) => key, SHAPE);

/** The rows that a key is held against, as a server finds them. */
function tried(tree: KeyTree<string>, key: string): readonly string[] {
  if (tree.kind === 'rows') return tree.rows;
  const taken = tree.branches.filter(({ start, next }) => new RegExp(`^${literal(start)}${next}`).test(key));
  expect(taken.length).toBeLessThan(2);
  return taken.flatMap((branch) => tried(branch.tree, key));
}

function depthOf(tree: KeyTree<string>): number {
  return tree.kind === 'rows' ? 0 : 1 + Math.max(...tree.branches.map((branch) => depthOf(branch.tree)));
}

describe('keys by their beginnings', () => {
  const character = fc.constantFrom('a', 'b', 'c', '/', '-', ']', '[', '\\', '^', '$', '.', '%', ':', '?', '|');
  const key = fc.array(character, { maxLength: 6 }).map((all) => all.join(''));

  test('each key has one way down, and its row is among few at the end of it', () => {
    fc.assert(
      fc.property(fc.uniqueArray(key, { maxLength: 80 }), (keys) => {
        const tree = treeOf(keys);
        for (const one of keys) {
          const rows = tried(tree, one);
          expect(rows).toContain(one);
          expect(rows.length).toBeLessThanOrEqual(SHAPE.rows);
        }
      }),
    );
  });

  test('no other key finds a row of its own', () => {
    fc.assert(
      fc.property(fc.uniqueArray(key, { maxLength: 40 }), key, (keys, other) => {
        fc.pre(!keys.includes(other));
        expect(tried(treeOf(keys), other)).not.toContain(other);
      }),
    );
  });

  test('many keys are a few branches deep', () => {
    expect(depthOf(treeOf(Array.from({ length: 20_000 }, (_, index) => `0:/p/${index}`)))).toBeLessThan(9);
  });

  test('keys that grow by a character each end in rows, not in a branch for each', () => {
    const tree = treeOf(Array.from({ length: 2000 }, (_, index) => 'a'.repeat(index)));
    expect(depthOf(tree)).toBeLessThanOrEqual(24);
    expect(tried(tree, 'a'.repeat(1999))).toContain('a'.repeat(1999));
  });

  test('rows with one key stay together, in their order', () => {
    const rows = Array.from({ length: 9 }, (_, index) => ({ key: 'same', index }));
    const tree = keyTree(rows, (row) => row.key, SHAPE);
    expect(tree).toEqual({ kind: 'rows', rows });
  });
});
