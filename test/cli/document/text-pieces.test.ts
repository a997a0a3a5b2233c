import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { textPieces } from '../../../src/cli/document/text-pieces.ts';
import { Failure } from '../../../src/domain/failure.ts';
import { readRules } from '../../../src/redirects/formats/read.ts';
import { readTableSteps } from '../../../src/redirects/formats/read-table.ts';
import { atOnce } from '../../../src/redirects/steps.ts';

const PIECE = 256 * 1024;
const WHAT = { what: 'rules file' };
const piecesOf = (text: string | Uint8Array): readonly string[] => [
  ...textPieces(typeof text === 'string' ? Buffer.from(text) : text, 'r.csv', WHAT),
];

describe('textPieces', () => {
  it('gives all of the text, and cuts it at line ends alone', () => {
    const line = fc.string({ unit: 'binary', maxLength: 40 }).filter((text) => !/[\0\n]|[\uD800-\uDFFF]/.test(text));
    fc.assert(
      fc.property(fc.array(line, { maxLength: 20 }), fc.nat({ max: PIECE + 100 }), (lines, filler) => {
        const text = ['x'.repeat(filler), ...lines, 'y'.repeat(PIECE), ...lines].join('\n');
        const pieces = piecesOf(text);
        expect(pieces.join('')).toBe(text);
        for (const piece of pieces.slice(0, -1)) expect(piece.endsWith('\n')).toBe(true);
      }),
      { numRuns: 30 },
    );
  });

  it('gives a large file in several pieces, which read as the whole does', () => {
    const rules = Array.from({ length: 20_000 }, (_, page) => `/uk/${page},https://www.mi.com/é/${page},301`);
    const text = `\uFEFFfrom,to,status\r\n${rules.join('\r\n')}`;
    const pieces = piecesOf(text);
    expect(pieces.length).toBeGreaterThan(2);
    const read = atOnce(readTableSteps(pieces, { format: 'csv' }));
    expect({ ...read, rules: [...read.rules] }).toEqual(readRules(text, { format: 'csv' }));
    expect(read.rules).toHaveLength(rules.length);
  });

  it.each([
    ['a NUL byte', Buffer.from([0]), 'holds a NUL byte'],
    ['a byte that is no UTF-8', Buffer.from([0xe9]), 'is not UTF-8'],
  ])('refuses %s in a later piece, by its line', (_, broken, message) => {
    const before = Buffer.from(`${'x'.repeat(PIECE)}\n`.repeat(3));
    const text = Buffer.concat([before, broken, Buffer.from('\nend')]);
    const fault = (): readonly string[] => piecesOf(text);
    expect(fault).toThrow(Failure);
    expect(fault).toThrow(`r.csv:4 ${message}`);
  });

  it('gives nothing of nothing', () => {
    expect(piecesOf('')).toEqual([]);
  });
});
