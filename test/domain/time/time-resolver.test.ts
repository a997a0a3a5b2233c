import { describe, expect, it } from 'vitest';
import { resolveTime } from '../../../src/domain/time/resolve-time.ts';
import { createTimeResolver } from '../../../src/domain/time/time-resolver.ts';
import { parseWrittenTime } from '../../../src/domain/time/written-time.ts';

describe('createTimeResolver', () => {
  it.each([
    ['end of 2024-12-31', 'Europe/Paris'],
    ['2024-12-31T23:59', 'Asia/Kolkata'],
    ['2024-12-31T23:00Z', 'Asia/Kolkata'],
    ['2024-12-31T23:00[Europe/Paris]', null],
  ])('answers %s in %s as resolveTime does, the first time and every other', (text, zone) => {
    const resolver = createTimeResolver('2025b');
    const expected = resolveTime(parseWrittenTime(text), zone, '2025b');
    expect(resolver.resolve(text, zone)).toEqual(expected);
    expect(resolver.resolve(text, zone)).toEqual(expected);
  });

  it('keeps zones apart', () => {
    const resolver = createTimeResolver('2025b');
    const [paris, london] = ['Europe/Paris', 'Europe/London'].map((zone) =>
      resolver.resolve('end of 2024-12-31', zone),
    );
    expect((london?.at ?? 0) - (paris?.at ?? 0)).toBe(3_600_000);
    expect(resolver.resolve('end of 2024-12-31', 'Europe/Paris')).toBe(paris);
  });

  it('has one answer for a common instant in all zones', () => {
    const resolver = createTimeResolver('2025b');
    const text = 'end of 2024-12-31[Europe/Paris]';
    expect(resolver.resolve(text, 'Asia/Tokyo')).toBe(resolver.resolve(text, 'America/New_York'));
  });

  it('fails every time', () => {
    const resolver = createTimeResolver('2025b');
    const failureOf = (text: string, zone: string | null) => {
      try {
        return resolver.resolve(text, zone);
      } catch (error) {
        return error;
      }
    };
    expect(failureOf('soon', null)).toMatchObject({ code: 'invalid-time' });
    expect(failureOf('soon', 'Europe/Paris')).toMatchObject({ code: 'invalid-time' });
    expect(failureOf('2024-12-31T23:59', null)).toMatchObject({ code: 'zone-needed' });
    expect(failureOf('2024-12-31T23:59', 'Europe/Paris')).toMatchObject({ zone: 'Europe/Paris' });
  });
});
