import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { nearest } from '../../src/domain/nearest.ts';

const TOPICS = ['sites', 'shutdowns', 'redirects', 'exceptions', 'products', 'catalogs', 'launches', 'markets'];

describe('nearest', () => {
  it.each([
    ['shutdwon', 'shutdowns'],
    ['stie', 'sites'],
    ['site', 'sites'],
    ['Sites', 'sites'],
    ['redirect', 'redirects'],
    ['rediercts', 'redirects'],
    ['mark', 'markets'],
    ['catalouges', 'catalogs'],
  ])('takes %s for %s', (word, expected) => {
    expect(nearest(word, TOPICS)).toBe(expected);
  });

  it.each(['', 'x', 'tokens', 'completely-else'])('offers nothing for %j', (word) => {
    expect(nearest(word, TOPICS)).toBeNull();
  });

  it('offers nothing where there is nothing to offer', () => {
    expect(nearest('sites', [])).toBeNull();
  });

  it('prefers the nearest, and of equally near ones the first', () => {
    expect(nearest('dark', ['darker', 'bark', 'dark'])).toBe('dark');
    expect(nearest('poco-gd', ['poco-gb', 'poco-gr'])).toBe('poco-gb');
    expect(nearest('poco-gd', ['poco-gr', 'poco-gb'])).toBe('poco-gr');
  });

  it('counts a swap of neighbours once', () => {
    expect(nearest('ab', ['ba'], 1)).toBe('ba');
    expect(nearest('abcd', ['badc'], 1)).toBeNull();
    expect(nearest('abcd', ['badc'], 2)).toBe('badc');
  });

  it('obeys the greatest distance it is given', () => {
    expect(nearest('freeze', ['frost'], 3)).toBeNull();
    expect(nearest('freeze', ['frost'], 4)).toBe('frost');
    expect(nearest('sites', ['sides'], 0)).toBeNull();
  });

  it('finds any candidate again after one edit', () => {
    const word = fc.stringMatching(/^[a-z]{3,12}$/);
    fc.assert(
      fc.property(word, fc.nat(), fc.constantFrom('drop', 'double', 'replace', 'swap'), (candidate, seed, edit) => {
        const i = seed % (candidate.length - 1);
        const [head, here, next, tail] = [
          candidate.slice(0, i),
          candidate.slice(i, i + 1),
          candidate.slice(i + 1, i + 2),
          candidate.slice(i + 2),
        ];
        const typed = {
          drop: `${head}${next}${tail}`,
          double: `${head}${here}${here}${next}${tail}`,
          replace: `${head}-${next}${tail}`,
          swap: `${head}${next}${here}${tail}`,
        }[edit];
        expect(nearest(typed, [candidate], 1)).toBe(candidate);
      }),
    );
  });
});
