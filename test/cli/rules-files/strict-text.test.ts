import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { strictText } from '../../../src/cli/rules-files/strict-text.ts';

async function* cut(bytes: Uint8Array, places: readonly number[]): AsyncGenerator<Uint8Array> {
  const at = [0, ...places.map((place) => Math.floor(place * bytes.length)).toSorted((a, b) => a - b), bytes.length];
  for (let index = 1; index < at.length; index += 1) yield bytes.subarray(at[index - 1], at[index]);
}

async function read(bytes: Uint8Array, places: readonly number[]): Promise<string> {
  let text = '';
  try {
    for await (const piece of strictText(cut(bytes, places), 'f')) text += piece;
    return text;
  } catch (error) {
    return (error as Error).message;
  }
}

const places = fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { maxLength: 8 });

describe('text in pieces', () => {
  test('is whole wherever it is cut', async () => {
    const text = fc.string({ unit: fc.constantFrom('a', 'é', '€', '😀', '\n', '\uFEFF') });
    await fc.assert(
      fc.asyncProperty(text, places, async (written, borders) => {
        expect(await read(Buffer.from(written), borders)).toBe(written);
      }),
    );
  });

  test('names the line that is none, wherever it is cut', async () => {
    const line = fc.string({ unit: fc.constantFrom('a', 'é', '😀'), maxLength: 5 });
    const broken = fc.constantFrom([0xff], [0xc3], [0xf0, 0x9f], [0x80], [0xed, 0xa0, 0x80]);
    await fc.assert(
      fc.asyncProperty(fc.array(line), broken, line, places, async (before, bytes, after, borders) => {
        const text = Buffer.concat([
          Buffer.from(before.map((one) => `${one}\n`).join('')),
          Buffer.from(bytes),
          Buffer.from(`\n${after}`),
        ]);
        expect(await read(text, borders)).toBe(`f:${before.length + 1} is not UTF-8.`);
      }),
    );
    expect(await read(Buffer.from('a\nb\u0000'), [0.5])).toBe('f:2 holds a NUL byte: it is no text.');
    expect(await read(Buffer.from([0x61, 0xe2, 0x82]), [0.5])).toBe('f:1 is not UTF-8.');
  });
});
