import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ALWAYS, contains, type Interval, intervalJson, overlaps } from '../../../src/domain/time/interval.ts';

const interval = fc.record({ from: fc.integer({ min: -20, max: 20 }), until: fc.integer({ min: -20, max: 20 }) });
const instants = Array.from({ length: 45 }, (_, i) => i - 22);

describe('intervals', () => {
  it.each([
    [9, false],
    [10, true],
    [19, true],
    [20, false],
  ])('[10, 20) and %d: %s', (at, expected) => {
    expect(contains({ from: 10, until: 20 }, at)).toBe(expected);
  });

  it('have open ends', () => {
    expect(contains(ALWAYS, Number.MAX_SAFE_INTEGER)).toBe(true);
    expect(contains({ ...ALWAYS, until: 0 }, -1e15)).toBe(true);
    expect(contains({ ...ALWAYS, until: 0 }, 0)).toBe(false);
    expect(overlaps(ALWAYS, ALWAYS)).toBe(true);
  });

  it('do not overlap where they only touch, or are empty', () => {
    expect(overlaps({ from: 0, until: 10 }, { from: 10, until: 20 })).toBe(false);
    expect(overlaps({ from: 5, until: 5 }, ALWAYS)).toBe(false);
  });

  it('overlap exactly where some instant lies in both', () => {
    const shared = (a: Interval, b: Interval) => instants.some((at) => contains(a, at) && contains(b, at));
    fc.assert(
      fc.property(interval, interval, (a, b) => {
        expect(overlaps(a, b)).toBe(shared(a, b));
        expect(overlaps(b, a)).toBe(shared(a, b));
      }),
    );
  });

  it('meet without a gap and without a shared instant', () => {
    fc.assert(
      fc.property(fc.integer(), fc.integer(), (border, at) => {
        const before = contains({ ...ALWAYS, until: border }, at);
        const after = contains({ ...ALWAYS, from: border }, at);
        expect(before).toBe(!after);
      }),
    );
  });

  it('are JSON with null for an open end', () => {
    expect(intervalJson({ from: 0, until: 1500 })).toEqual({
      from: '1970-01-01T00:00:00Z',
      until: '1970-01-01T00:00:01.500Z',
    });
    expect(JSON.stringify(intervalJson(ALWAYS))).toBe('{"from":null,"until":null}');
  });
});
