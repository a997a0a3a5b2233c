import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cellOf, scaleFor, ticksOf } from '../../../src/cli/answers/time-scale.ts';
import { runsOf } from '../../../src/cli/answers/timeline-lanes.ts';
import type { LaneStretch } from '../../../src/domain/state/lanes.ts';

const DAY = 86_400_000;
const instant = fc.integer({ min: Date.UTC(1990, 0, 1), max: Date.UTC(2090, 0, 1) });
const cells = fc.integer({ min: 20, max: 160 });

describe('a scale', () => {
  it('shows every instant, and its ticks do not touch', () => {
    fc.assert(
      fc.property(fc.array(instant, { maxLength: 8 }), instant, cells, (instants, now, size) => {
        const scale = scaleFor({ instants, from: null, to: null, now, cells: size });
        for (const at of instants) {
          expect(cellOf(scale, at)).toBeGreaterThanOrEqual(0);
          expect(cellOf(scale, at)).toBeLessThan(size);
        }
        const ticks = ticksOf(scale);
        for (const [i, { cell, label }] of ticks.entries()) {
          expect(cell).toBeGreaterThanOrEqual(0);
          expect(cell).toBeLessThan(size);
          const next = ticks[i + 1];
          if (next !== undefined) expect(next.cell - cell).toBeGreaterThan(label.length);
        }
      }),
    );
  });

  it.each([
    [Date.UTC(2024, 0, 1), Date.UTC(2034, 0, 1), '2026'],
    [Date.UTC(2024, 9, 1), Date.UTC(2025, 3, 1), '2024-11'],
    [Date.UTC(2024, 11, 30), Date.UTC(2025, 0, 3), '12-31'],
    [Date.UTC(2024, 11, 31, 20), Date.UTC(2025, 0, 1, 2), '12-31 21:00'],
  ])('from %i to %i has a tick at %s', (from, to, label) => {
    expect(ticksOf({ from, to, cells: 60 }).map((tick) => tick.label)).toContain(label);
  });

  it('has now on it where that costs little room', () => {
    const instants = [0, 100 * DAY];
    const near = scaleFor({ instants, from: null, to: null, now: 120 * DAY, cells: 60 });
    const far = scaleFor({ instants, from: null, to: null, now: 1000 * DAY, cells: 60 });
    expect(cellOf(near, 120 * DAY)).toBeLessThan(60);
    expect(cellOf(far, 1000 * DAY)).toBeGreaterThanOrEqual(60);
  });
});

describe('the runs of a lane', () => {
  it('fill the scale, and show every stretch however short it is', () => {
    fc.assert(
      fc.property(fc.uniqueArray(instant, { maxLength: 10 }), cells, (cuts, size) => {
        const starts = [null, ...cuts.toSorted((a, b) => a - b)];
        const stretches: LaneStretch[] = starts.map((from, i) => ({
          from,
          until: starts[i + 1] ?? null,
          state: i % 2 === 0 ? 'active' : 'frozen',
          exception: null,
        }));
        const scale = scaleFor({ instants: cuts, from: null, to: null, now: 0, cells: size });
        const runs = runsOf(stretches, scale);
        expect(runs.map(({ stretch }) => stretch)).toEqual(stretches);
        expect(runs.every((own) => own.cells >= 1)).toBe(true);
        expect(runs.reduce((sum, own) => sum + own.cells, 0)).toBe(size);
      }),
    );
  });
});
