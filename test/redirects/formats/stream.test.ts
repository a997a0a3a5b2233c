import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type RecordResult, RecordScanner } from '../../../src/redirects/formats/csv-records.ts';
import type { RuleFormat } from '../../../src/redirects/formats/format.ts';
import type { RuleLine } from '../../../src/redirects/formats/line.ts';
import { RecordStream } from '../../../src/redirects/formats/pieces.ts';
import { ruleLines } from '../../../src/redirects/formats/read.ts';
import { ruleStream } from '../../../src/redirects/formats/stream.ts';
import { writeRules } from '../../../src/redirects/formats/write.ts';
import { anyRule } from './rules.ts';

/** A text cut at these places, of which some fall on each other. */
function cut(text: string, places: readonly number[]): readonly string[] {
  const at = [0, ...places.map((place) => Math.floor(place * text.length)).toSorted((a, b) => a - b), text.length];
  return at.slice(1).map((end, index) => text.slice(at[index], end));
}

const places = fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { maxLength: 12 });

function streamed(pieces: readonly string[], format: RuleFormat): readonly RuleLine[] {
  const stream = ruleStream(format);
  return [...pieces.flatMap((piece) => [...stream.push(piece)]), ...stream.end()];
}

const whole = (text: string, format: RuleFormat): readonly RuleLine[] => [...ruleLines(text, format)];

/** Text in which quotes, line ends and delimiters stand where nobody would put them. */
const wild = fc
  .array(
    fc.oneof(
      { weight: 3, arbitrary: fc.constantFrom('/a', 'https://x.example/', '301', ' ', '\t', 'é', '😀') },
      { weight: 4, arbitrary: fc.constantFrom(',', '"', '""', '\n', '\r\n', '\r', '","', '"\n') },
      { weight: 1, arbitrary: fc.constantFrom('/long'.repeat(4), ' '.repeat(20), '\n\n\n', '\uFEFF') },
    ),
    { maxLength: 60 },
  )
  .map((parts) => parts.join(''));

describe('a text in pieces', () => {
  it.each(['csv', 'ndjson', 'cloudflare-bulk', 'netlify'] as const)('gives the lines of the whole: %s', (format) => {
    const text = fc.oneof(
      wild,
      fc.array(anyRule, { maxLength: 8 }).map((rules) => [...writeRules(rules, 'csv')].join('')),
      fc.array(anyRule, { maxLength: 8 }).map((rules) => [...writeRules(rules, 'ndjson')].join('')),
      wild.map((rest) => `from,to,status\n${rest}`),
    );
    fc.assert(
      fc.property(text, places, (written, borders) => {
        expect(streamed(cut(written, borders), format)).toEqual(whole(written, format));
      }),
      { numRuns: 300 },
    );
  });

  it('gives the same records where what is too long is short enough to occur often', () => {
    fc.assert(
      fc.property(wild, places, fc.integer({ min: 4, max: 40 }), (written, borders, longest) => {
        const inPieces: RecordResult[] = [];
        const stream = new RecordStream(() => ',', longest);
        for (const piece of cut(written, borders)) stream.take(piece, false, (result) => inPieces.push(result));
        stream.take('', true, (result) => inPieces.push(result));
        const scanner = new RecordScanner(written, ',', { line: 1, last: true, longest });
        const atOnce: unknown[] = [];
        for (let result = scanner.next(); result !== undefined; result = scanner.next()) atOnce.push(result);
        expect(inPieces).toEqual(atOnce);
      }),
      { numRuns: 2_000 },
    );
  });

  it('is read on after a line without end, and after a quote that nobody closes', () => {
    const long = 'x'.repeat(200_000);
    const text = `from,to\n/a,${long}\n"/b,https://x.example/\n/c,https://x.example/\n${'/d,https://x.example/\n'.repeat(4_000)}`;
    const lines = streamed(
      cut(
        text,
        Array.from({ length: 100 }, (_, i) => i / 100),
      ),
      'csv',
    );
    expect(lines).toEqual(whole(text, 'csv'));
    expect(lines.slice(0, 3)).toMatchObject([
      { kind: 'bad', line: 2, reason: 'it has 200003 characters, more than 65536' },
      { kind: 'bad', line: 3, reason: 'a quoted field is not closed within 65536 characters' },
      { kind: 'rule', line: 4 },
    ]);
    const ndjson = `{"from":"/a"}\n{"from":"${long}"}\r\n{"from":"/c"}`;
    expect(streamed(cut(ndjson, [0.2, 0.4, 0.6]), 'ndjson')).toEqual(whole(ndjson, 'ndjson'));
  });

  it('holds no more of it than the longest record', () => {
    const stream = ruleStream('csv');
    stream.push('from,to\n');
    let held = 0;
    for (let piece = 0; piece < 40; piece += 1)
      held += 10_000 - stream.push('/a,https://x.example/\n'.repeat(10_000)).length;
    expect(held).toBeLessThan(4_000);
  });

  it('has one bad line where its header is none', () => {
    const text = `nothing,known\n${'/a,https://x.example/\n'.repeat(10_000)}`;
    expect(streamed(cut(text, [0.3, 0.5]), 'csv')).toEqual(whole(text, 'csv'));
    expect(streamed([''], 'csv')).toEqual(whole('', 'csv'));
  });
});
