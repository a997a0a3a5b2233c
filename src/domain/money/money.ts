import { EXIT, Failure } from '../failure.ts';
import { currencyDigits } from '../iso/currencies.ts';
import { nearest } from '../nearest.ts';

/** An amount of money: an integer of minor units by ISO 4217 (cents of USD, yen of JPY, fils of KWD) and its currency. */
export interface Money {
  readonly minor: number;
  readonly currency: string;
}

const WRITTEN = /^(?<sign>-?)(?<whole>\d+)(?:\.(?<fraction>\d+))?\s+(?<currency>[A-Z]{3})$/;

/**
 * Reads a price as people write it, `14.99 USD`: digits, a point, and the currency after them. Digits are counted and
 * never rounded, so what is read is exactly what was written.
 *
 * @throws Failure `invalid-money` where it is no price, its currency is none, it has more decimals than its currency,
 *   or it is below zero or beyond what an integer holds exactly
 */
export function parsePrice(text: string): Money {
  const found = WRITTEN.exec(text.trim())?.groups;
  if (found === undefined) throw unreadable(text);
  const { sign = '', whole = '', fraction = '', currency = '' } = found;
  const digits = currencyDigits().get(currency);
  if (digits === undefined) throw unknownCurrency(text, currency);
  if (fraction.length > digits) throw tooPrecise(text, currency, digits);
  if (sign !== '') throw invalid(text, 'is below zero', 'write a price of zero or more');
  const minor = Number(whole + fraction.padEnd(digits, '0'));
  if (!Number.isSafeInteger(minor)) throw invalid(text, 'is more than can be counted exactly', 'write a smaller price');
  return { minor, currency };
}

/** `14.99 USD`, as {@link parsePrice} reads it; always with all of its currency's decimals. */
export function formatMoney({ minor, currency }: Money): string {
  const digits = currencyDigits().get(currency) ?? 0;
  const sign = minor < 0 ? '-' : '';
  const text = String(Math.abs(minor)).padStart(digits + 1, '0');
  if (digits === 0) return `${sign}${text} ${currency}`;
  return `${sign}${text.slice(0, -digits)}.${text.slice(-digits)} ${currency}`;
}

/** The same price in the one way to write it; equal amounts are equal texts. */
export function canonicalPrice(text: string): string {
  return formatMoney(parsePrice(text));
}

function unreadable(text: string): Failure {
  const remedy = /,/.test(text)
    ? 'write the decimals after a point and no other separators, as in 1499.00 USD'
    : 'write an amount and a currency, as in 14.99 USD';
  return invalid(text, 'is no price', remedy);
}

function unknownCurrency(text: string, currency: string): Failure {
  const suggestion = nearest(currency, currencyDigits().keys());
  return invalid(
    text,
    `is in \`${currency}\`, which is no ISO 4217 currency`,
    suggestion === null ? 'write an ISO 4217 code such as USD' : `did you mean \`${suggestion}\`?`,
  );
}

function tooPrecise(text: string, currency: string, digits: number): Failure {
  const allowed = digits === 0 ? 'no decimals' : `${digits} decimals`;
  return invalid(
    text,
    `has too many decimals: ${currency} has ${allowed}`,
    'round it yourself: nothing here rounds money',
  );
}

function invalid(text: string, what: string, remedy: string): Failure {
  const shown = text.length > 60 ? `${text.slice(0, 60)}…` : text;
  return new Failure({
    code: 'invalid-money',
    exit: EXIT.usage,
    message: `\`${shown}\` ${what}`,
    remedy,
    details: { text: shown },
  });
}
