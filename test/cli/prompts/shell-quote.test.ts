import { execFileSync } from 'node:child_process';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { shellLine } from '../../../src/cli/prompts/shell-quote.ts';

describe('shellLine', () => {
  it.each([
    [['storectl', 'plan', '-f', 'a.yaml'], 'storectl plan -f a.yaml'],
    [['--dark', 'end of 2024-12-31'], "--dark 'end of 2024-12-31'"],
    [["it's", ''], "'it'\\''s' ''"],
    [['~', '$HOME', '*', 'a;b'], "'~' '$HOME' '*' 'a;b'"],
  ])('writes %j', (words, line) => {
    expect(shellLine(words)).toBe(line);
  });

  it('is what a shell takes apart again', () => {
    const word = fc.string({ unit: 'grapheme' }).filter((text) => !text.includes('\0'));
    fc.assert(
      fc.property(fc.array(word, { minLength: 1, maxLength: 4 }), (words) => {
        const printed = execFileSync('sh', ['-c', `printf '%s\\0' ${shellLine(words)}`], { encoding: 'utf8' });
        expect(printed.split('\0').slice(0, -1)).toEqual(words);
      }),
      { numRuns: 30 },
    );
  });
});
