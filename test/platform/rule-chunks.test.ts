import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ruleLine, ruleOfLine } from '../../src/domain/document/rule-lines.ts';
import { ChunkCutter, linesOfChunk, type RuleChunk } from '../../src/platform/store/rule-chunks.ts';

const line = fc.string({ unit: 'binary' }).map((text) => JSON.stringify(text));

function cut(lines: readonly string[], pausesAt: ReadonlySet<number> = new Set()): RuleChunk[] {
  let cutter = new ChunkCutter();
  const chunks: (RuleChunk | null)[] = [];
  for (const [index, text] of lines.entries()) {
    if (pausesAt.has(index)) cutter = new ChunkCutter(cutter.tail);
    chunks.push(cutter.push(text));
  }
  chunks.push(cutter.end());
  return chunks.filter((chunk) => chunk !== null);
}

describe('chunks', () => {
  it('hold exactly the lines, wherever an upload was interrupted', () => {
    fc.assert(
      fc.property(fc.array(line, { maxLength: 200 }), fc.array(fc.nat(200)), (lines, pauses) => {
        const chunks = cut(lines, new Set(pauses));
        expect(chunks.flatMap(({ text }) => linesOfChunk(text))).toEqual(lines);
        expect(chunks).toEqual(cut(lines));
      }),
    );
  });

  it('stay as they were away from a change', () => {
    const lines = Array.from({ length: 50_000 }, (_, i) => `{"from":"/p/${i}"}`);
    const before = new Set(cut(lines).map(({ hash }) => hash));
    const after = cut(lines.toSpliced(25_000, 0, '{"from":"/new"}')).map(({ hash }) => hash);
    expect(before.size).toBeGreaterThan(20);
    expect(after.filter((hash) => !before.has(hash)).length).toBeLessThanOrEqual(2);
  });

  it('are never longer than 4,096 lines', () => {
    expect(
      Math.max(...cut(Array.from({ length: 20_000 }, () => 'same')).map(({ count }) => count)),
    ).toBeLessThanOrEqual(4096);
  });
});

describe('a rule line', () => {
  it.each([
    [
      { from: '/a', to: '/b', status: 301, priority: 0, enabled: true, note: '', window: {} },
      '{"from":"/a","to":"/b"}',
    ],
    [{ to: '/b', status: 302, from: '/a', enabled: false }, '{"enabled":false,"from":"/a","status":302,"to":"/b"}'],
    [{ from: '/a', status: 410, window: { until: 'x' } }, '{"from":"/a","status":410,"window":{"until":"x"}}'],
  ])('of %j is %s', (rule, expected) => {
    expect(ruleLine(rule)).toBe(expected);
    expect(ruleLine(ruleOfLine(expected))).toBe(expected);
  });
});
