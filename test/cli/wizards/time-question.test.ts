import { describe, expect, it } from 'vitest';
import { previewTime, timeQuestion } from '../../../src/cli/wizards/time-question.ts';

const MARKETS = [
  { id: 'fr', zone: 'Europe/Paris' },
  { id: 'gb', zone: 'Europe/London' },
];

describe('previewTime', () => {
  const preview = (typed: string) => previewTime(typed, MARKETS, 100);

  it('shows each market’s clock beside UTC', () => {
    expect(preview('end of 2024-12-31').split('\n')).toEqual([
      'fr  2025-01-01 00:00 +01:00  = 2024-12-31T23:00:00Z',
      'gb  2025-01-01 00:00 +00:00  = 2025-01-01T00:00:00Z',
    ]);
  });

  it.each(['', 'e', 'end of', 'end of 2024-', 'end of 2024-12', '2024-12-31T', '2024-12-31T2', 'tomorrow'])(
    'makes no noise while it is no time yet: %j',
    (typed) => {
      expect(preview(typed)).toBe('');
    },
  );

  it('offers start of and end of as soon as a date stands there alone', () => {
    expect(preview('2024-12-31')).toBe(
      'Write start of 2024-12-31, or end of 2024-12-31 for the first instant of the next day',
    );
  });

  it('says at once that a clock change skips or repeats it', () => {
    expect(preview('2024-03-31T02:30')).toContain('2024-03-31T03:00');
    expect(preview('2024-10-27T02:30')).toContain('+02:00');
  });

  it('names the first markets of many', () => {
    const many = Array.from({ length: 40 }, (_, n) => ({
      id: `m${n}`,
      zone: `Etc/GMT${n % 2 === 0 ? '+' : '-'}${(n % 10) + 1}`,
    }));
    expect(previewTime('end of 2024-12-31', many, 100).split('\n').length).toBeLessThanOrEqual(9);
  });
});

describe('timeQuestion', () => {
  const check = (typed: string, more: object = {}) =>
    timeQuestion({ message: 'Dark', markets: MARKETS, width: 80, ...more }).check?.(typed);

  it.each([
    ['', 'is not a time'],
    ['2024-12-31', 'names no instant'],
    ['2024-02-30T10:00', 'February 2024 has 29 days'],
  ])('refuses %j and says why', (typed, why) => {
    expect(check(typed)).toContain(why);
  });

  it('lets an optional one be empty', () => {
    expect(check('', { optional: true })).toBeNull();
  });

  it('holds the order in each market, where texts say nothing of it', () => {
    const notBefore = [{ name: 'the freeze', text: '2025-01-01T00:00+01:00' }];
    expect(check('start of 2025-01-01', { notBefore })).toBeNull();
    const london = [{ name: 'the freeze', text: '2025-01-01T00:00Z' }];
    expect(check('start of 2025-01-01', { notBefore: london })).toBe(
      'In fr that is before the freeze (2025-01-01 01:00 +01:00)',
    );
  });

  it('lets two fields share an instant only where nothing has to last between them', () => {
    const same = [{ name: 'dark', text: 'end of 2024-12-31' }];
    expect(check('start of 2025-01-01', { notBefore: same })).toBeNull();
    expect(check('start of 2025-01-01', { after: same })).toContain('not after dark');
    expect(check('start of 2025-01-01', { after: [{ name: 'dark', text: '' }] })).toBeNull();
  });
});
