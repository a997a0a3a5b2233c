import { expect, test } from 'vitest';
import { InstantTexts } from '../../../src/domain/state/instant-texts.ts';
import { formatInstant, formatZoned } from '../../../src/domain/time/format-time.ts';

test('writes what the formats write, the first time and again, however many instants come by', () => {
  const texts = new InstantTexts();
  for (const at of [...Array(2500).keys(), 0, 1, 2499]) {
    const instant = at * 3_600_000;
    expect(texts.utc(instant)).toBe(formatInstant(instant));
    expect(texts.zoned(instant, 'Europe/Paris')).toBe(formatZoned(instant, 'Europe/Paris'));
    expect(texts.zoned(instant, 'Asia/Kolkata')).toBe(formatZoned(instant, 'Asia/Kolkata'));
  }
});
