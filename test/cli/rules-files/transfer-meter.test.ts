import { describe, expect, test } from 'vitest';
import { durationText, TransferMeter } from '../../../src/cli/rules-files/transfer-meter.ts';

describe('where a transfer stands', () => {
  const standing = (width: number | null, total: number | null = 1_000) => {
    const meter = new TransferMeter();
    meter.text('Uploading', { rules: 0, bytes: 0, total }, 0, width);
    return meter.text('Uploading', { rules: 20_000, bytes: 400, total }, 4_000, width);
  };

  test.each([
    [null, 'Uploading: 40 %, 20,000 rules, 5,000/s, 6 s left'],
    [100, 'Uploading  ━━━━━━━━╌╌╌╌╌╌╌╌╌╌╌╌  40 %  20,000 rules  5,000/s  6 s left'],
    [60, 'Uploading:  40 %  20,000 rules  5,000/s  6 s left'],
    [37, '40 %  20,000 rules  5,000/s  6 s left'],
    [30, '40 %  20,000 rules  6 s left'],
    [12, '40 %'],
  ])('says in %s columns what there is room for', (width, text) => {
    expect(standing(width)).toBe(text);
  });

  test('leaves out what nobody knows', () => {
    expect(standing(80, null)).toBe('Uploading:  20,000 rules  5,000/s');
    expect(new TransferMeter().text('Reading', { rules: 7, bytes: 0, total: 9 }, 0, null)).toBe(
      'Reading: 0 %, 7 rules',
    );
  });

  test('tells the rate of the last seconds, and not of all', () => {
    const meter = new TransferMeter();
    for (let second = 0; second <= 60; second += 1)
      meter.text('Uploading', { rules: second * 100_000, bytes: second, total: 200 }, second * 1_000, null);
    let text = '';
    for (let second = 61; second <= 80; second += 1)
      text = meter.text(
        'Uploading',
        { rules: 6_000_000 + (second - 60) * 10, bytes: second, total: 200 },
        second * 1_000,
        null,
      );
    expect(text).toBe('Uploading: 40 %, 6,000,200 rules, 10/s, 2 min 00 s left');
  });

  test('says times as people do', () => {
    expect([0.2, 59.4, 60, 3_599, 3_600, 7_500].map(durationText)).toEqual([
      '1 s',
      '59 s',
      '1 min 00 s',
      '59 min 59 s',
      '1 h 00 min',
      '2 h 05 min',
    ]);
  });
});
