import { describe, expect, test } from 'vitest';
import { settledTarget } from '../../../src/redirects/edges/target-path.ts';
import { isFault } from '../../../src/redirects/rule.ts';
import { parseTarget } from '../../../src/redirects/template.ts';

function pathOf(text: string, appended = false): string | undefined {
  const target = parseTarget(text, ['splat', 'a']);
  if (isFault(target)) throw new Error(target.message);
  return settledTarget(target, appended)
    ?.path.map((piece) => (piece.kind === 'text' ? piece.text : `:${piece.name}`))
    .join('');
}

describe('targets as the engine fills them', () => {
  test.each([
    ['/../..//:splat', '/:splat'],
    ['https://www.mi.com//:splat', '/:splat'],
    ['https://www.mi.com/d/./../:a/x', '/:a/x'],
    ['https://www.mi.com/:a/.well-known/x', '/:a/.well-known/x'],
    ['https://www.mi.com/plain/../as-written', '/plain/../as-written'],
    ['/own/../host', '/host'],
  ])('%s', (text, path) => {
    expect(pathOf(text)).toBe(path);
  });

  test.each(['/:a/../x', '/x/..:a', '/x/:splat/.'])('only the values tell: %s', (text) => {
    expect(pathOf(text)).toBeUndefined();
  });

  test('what a prefix appends decides, too', () => {
    expect(pathOf('https://www.mi.com//pre', true)).toBeUndefined();
    expect(pathOf('https://www.mi.com/pre', true)).toBe('/pre');
  });
});
