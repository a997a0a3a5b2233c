import fc from 'fast-check';
import { expect, test } from 'vitest';
import { PlacesByHash } from '../../../src/redirects/difference/places-by-hash.ts';

/** What a map of texts would do. */
class PlacesByText {
  readonly #byText = new Map<string, number[]>();

  add(text: string, index: number): void {
    this.#byText.set(text, [...(this.#byText.get(text) ?? []), index]);
  }

  take(text: string): number | undefined {
    return this.#byText.get(text)?.pop();
  }

  rest(): number[] {
    return [...this.#byText.values()].flat().sort((a, b) => a - b);
  }
}

const word = fc.integer({ min: 0, max: 400 }).map((number) => `word ${number}`);

test.each<[string, (text: string) => number]>([
  ['hashes that tell words apart', (text) => Number(text.slice(5))],
  ['hashes of which many collide', (text) => Number(text.slice(5)) % 2],
  ['one hash for all words', () => 7],
])('finds what a map of texts finds, by %s', (_, hash) => {
  const long = { minLength: 200, maxLength: 600 };
  fc.assert(
    fc.property(fc.oneof(fc.array(word), fc.array(word, long)), fc.array(word, long), (words, sought) => {
      const expected = new PlacesByText();
      const places = new PlacesByHash(words.length, (index) => words[index] ?? '');
      for (const [index, text] of words.entries()) {
        expected.add(text, index);
        places.add(hash(text), index);
      }
      for (const text of sought) {
        const found = places.take({ hash: hash(text), is: (index) => words[index] === text, text: () => text });
        expect(found).toBe(expected.take(text));
      }
      expect(places.rest()).toEqual(expected.rest());
    }),
    { numRuns: 50 },
  );
});
