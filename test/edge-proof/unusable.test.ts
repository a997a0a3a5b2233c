import { expect, test } from 'vitest';
import { unusableRules } from '../../src/edge-proof/unusable.ts';
import { compileRules } from '../redirects/compile-rules.ts';

const MI = 'https://www.mi.com';

test('rules of which nothing can be proven, each once', () => {
  const ruleset = compileRules([
    { from: '/a', to: `${MI}/a` },
    { from: '/b', to: `${MI}/b`, status: 999 },
    { from: '/c', to: 'notaurl' },
    { from: '/a', to: `${MI}/other` },
    { from: '/d', to: `${MI}/d` },
    { from: '/d', to: `${MI}/d` },
  ]);
  expect(unusableRules(ruleset).map(({ rule, code }) => [rule, code])).toEqual([
    [0, 'conflict'],
    [1, 'invalid-status'],
    [2, 'invalid-url'],
    [3, 'conflict'],
  ]);
});
