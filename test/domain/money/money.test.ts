import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { currencyDigits } from '../../../src/domain/iso/currencies.ts';
import { canonicalPrice, formatMoney, parsePrice } from '../../../src/domain/money/money.ts';

describe('parsePrice', () => {
  test.each([
    ['14.99 USD', 1499, 'USD'],
    ['14 USD', 1400, 'USD'],
    ['14.9 USD', 1490, 'USD'],
    ['1499 JPY', 1499, 'JPY'],
    ['1.250 KWD', 1250, 'KWD'],
    ['0 EUR', 0, 'EUR'],
    [' 0.01  EUR ', 1, 'EUR'],
    ['90071992547409.91 USD', Number.MAX_SAFE_INTEGER, 'USD'],
  ])('reads %s', (text, minor, currency) => {
    expect(parsePrice(text)).toEqual({ minor, currency });
  });

  test.each([
    ['14.999 USD', /too many decimals: USD has 2 decimals/],
    ['14.9 JPY', /JPY has no decimals/],
    ['14.99 USB', /`USB`, which is no ISO 4217 currency/],
    ['14.99', /is no price/],
    ['USD 14.99', /is no price/],
    ['1,499.00 USD', /is no price/],
    ['1e3 USD', /is no price/],
    ['-1 USD', /is below zero/],
    ['90071992547409.92 USD', /more than can be counted exactly/],
    ['', /is no price/],
    ['١٤ USD', /is no price/],
  ])('refuses %s', (text, message) => {
    expect(() => parsePrice(text)).toThrow(
      expect.objectContaining({ code: 'invalid-money', exit: 2, message: expect.stringMatching(message) }),
    );
  });

  test('an error never repeats an endless text', () => {
    expect(() => parsePrice('9'.repeat(100_000))).toThrow(
      expect.objectContaining({ message: expect.stringMatching(/^.{1,90}$/) }),
    );
  });
});

describe('formatMoney', () => {
  test('gives back what parsePrice reads, to the minor unit, for every currency', () => {
    const amounts = fc.record({
      minor: fc.integer({ min: 0, max: Number.MAX_SAFE_INTEGER }),
      currency: fc.constantFrom(...currencyDigits().keys()),
    });
    fc.assert(
      fc.property(amounts, (money) => {
        expect(parsePrice(formatMoney(money))).toEqual(money);
      }),
    );
  });

  test.each([
    [{ minor: 5, currency: 'USD' }, '0.05 USD'],
    [{ minor: 5, currency: 'JPY' }, '5 JPY'],
    [{ minor: 5, currency: 'KWD' }, '0.005 KWD'],
    [{ minor: -1499, currency: 'USD' }, '-14.99 USD'],
  ])('writes %o', (money, text) => {
    expect(formatMoney(money)).toBe(text);
  });
});

test('equal amounts have one text', () => {
  expect(new Set(['14.9 USD', '14.90 USD', ' 14.90  USD'].map(canonicalPrice))).toEqual(new Set(['14.90 USD']));
});
