import fc from 'fast-check';
import { expect, it } from 'vitest';
import { writeRuleBlocks, writeRules } from '../../../src/redirects/formats/write.ts';
import type { RedirectRule } from '../../../src/redirects/rule.ts';
import { anyRule } from './rules.ts';

async function* given(blocks: readonly (readonly RedirectRule[])[]): AsyncGenerator<readonly RedirectRule[]> {
  yield* blocks;
}

it.each(['csv', 'ndjson'] as const)(
  'writes rules that come in blocks as %s as if they came at once',
  async (format) => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.array(anyRule, { maxLength: 4 }), { maxLength: 4 }), async (blocks) => {
        let text = '';
        for await (const piece of writeRuleBlocks(given(blocks), format)) text += piece;
        expect(text).toBe([...writeRules(blocks.flat(), format)].join(''));
      }),
    );
  },
);

it('gives many rules in pieces, each of whole lines, and the first before the last are read', async () => {
  let read = 0;
  async function* many(): AsyncGenerator<readonly RedirectRule[]> {
    for (; read < 10_000; read += 1_000)
      yield Array.from({ length: 1_000 }, (_, index) => ({
        from: `/${read + index}`,
        to: 'https://www.mi.com/',
        note: 'a\nb',
      }));
  }
  const readAtPiece: number[] = [];
  for await (const piece of writeRuleBlocks(many(), 'csv')) {
    expect(piece.endsWith('\r\n')).toBe(true);
    readAtPiece.push(read);
  }
  expect(readAtPiece.length).toBeGreaterThan(5);
  expect(readAtPiece[0]).toBeLessThan(5_000);
});
