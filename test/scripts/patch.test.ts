import { expect, it } from 'vitest';
import { patch } from '../../scripts/patch.ts';

it('puts other text in a place, wherever it occurs', () => {
  expect(patch('a b a', 'x.js', [['a', 'c']])).toBe('c b c');
});

it('refuses a file that no longer has the place', () => {
  expect(() => patch('b', 'x.js', [['a', 'c']])).toThrow('x.js no longer has the text that is patched: "a"');
});
