import { Failure } from '../../domain/failure.ts';
import { countryCodes } from '../../domain/iso/countries.ts';
import { currencyDigits } from '../../domain/iso/currencies.ts';
import { formatInstant } from '../../domain/time/format-time.ts';
import { parseAt } from '../../domain/time/resolve-time.ts';
import { isKnownZone } from '../../domain/time/zone.ts';
import { parseSiteUrl, UrlError } from '../../redirects/url.ts';
import type { Question } from '../prompts/ask.ts';
import type { Answers, Step, Wizard } from '../prompts/wizard.ts';
import type { FirstDocument } from './first-document.ts';

/** Each part of a first document by the flag that gives it. */
export const FIRST_DOCUMENT_FLAGS: Readonly<Record<keyof FirstDocument, string>> = {
  brand: '--brand',
  url: '--url',
  into: '--into',
  country: '--country',
  currency: '--currency',
  locale: '--locale',
  timeZone: '--time-zone',
  freeze: '--freeze',
  dark: '--dark',
  redirectsUntil: '--redirects-until',
};

/** The questions of `init`, each with what is wrong with an answer as it is given. */
export function initWizard(tzdb: string, now: number): Wizard {
  const time =
    (message: string, initial: (answers: Answers) => string | undefined) =>
    (answers: Answers): Question => {
      const zone = text(answers, 'timeZone') ?? 'UTC';
      const first = initial(answers);
      return {
        kind: 'text',
        message,
        ...(first === undefined ? {} : { initial: first }),
        check: (typed) => faultOf(() => parseAt(typed, now, zone, tzdb)),
        preview: (typed) => {
          const at = quietly(() => parseAt(typed, now, zone, tzdb));
          return at === null ? '' : formatInstant(at);
        },
      };
    };
  const step = (name: keyof FirstDocument, question: Step['question']): Step => ({ name, question });
  return {
    name: 'init',
    steps: [
      step('brand', () => ({ kind: 'text', message: 'Which brand closes a site?', check: filled })),
      step('url', () => ({ kind: 'text', message: 'The base URL of the site that closes', check: checkUrl })),
      step('into', () => ({
        kind: 'text',
        message: 'The base URL of the site that takes its visitors',
        check: checkUrl,
      })),
      step('country', () => ({
        kind: 'text',
        message: 'The country of its market (two letters)',
        check: checkCountry,
      })),
      step('currency', () => ({ kind: 'text', message: 'Its currency (three letters)', check: checkCurrency })),
      step('locale', (answers) => ({
        kind: 'text',
        message: 'Its language',
        initial: usualLocale(text(answers, 'country')),
        check: checkLocale,
      })),
      step('timeZone', (answers) => ({
        kind: 'text',
        message: 'Its time zone',
        initial: usualZone(text(answers, 'country')),
        check: checkZone,
      })),
      step(
        'freeze',
        time('No new orders from (such as start of 2026-10-01)', () => undefined),
      ),
      step(
        'dark',
        time('Visitors are redirected from (such as end of 2026-12-31)', () => undefined),
      ),
      step(
        'redirectsUntil',
        time('Redirects end at', (answers) => twoYearsAfter(text(answers, 'dark'))),
      ),
    ],
  };
}

export function text(answers: Answers, name: keyof FirstDocument): string | undefined {
  const reply = answers[name];
  return typeof reply === 'string' && reply.trim() !== '' ? reply.trim() : undefined;
}

/** What is most likely for a country: its first zone, and the language most spoken there. */
export function usualZone(country: string | undefined): string {
  const locale = quietly(() => new Intl.Locale(`und-${country?.toUpperCase()}`));
  // Newer than the types that describe Intl.
  const zones = locale !== null && 'getTimeZones' in locale ? locale.getTimeZones : undefined;
  const found: unknown = typeof zones === 'function' ? zones.call(locale) : undefined;
  const [first]: unknown[] = Array.isArray(found) ? found : [];
  return typeof first === 'string' ? first : 'UTC';
}

export function usualLocale(country: string | undefined): string {
  const region = country?.toUpperCase();
  const likely = quietly(() => new Intl.Locale(`und-${region}`).maximize());
  return likely === null || region === undefined ? 'en' : `${likely.language}-${region}`;
}

/** The same time of the same day two years on; 29 February has none and becomes the 28th. */
export function twoYearsAfter(dark: string | undefined): string | undefined {
  return dark?.replace(/(\d{4})-(\d{2})-(\d{2})/, (_, year: string, month: string, day: string) => {
    const leap = month === '02' && day === '29';
    return `${Number(year) + 2}-${month}-${leap ? '28' : day}`;
  });
}

function filled(typed: string): string | null {
  return typed.trim() === '' ? 'Something is needed here.' : null;
}

function checkUrl(typed: string): string | null {
  return faultOf(() => parseSiteUrl(typed.trim()));
}

function checkCountry(typed: string): string | null {
  return countryCodes().has(typed.trim().toUpperCase()) ? null : 'Two letters that ISO 3166 assigns, such as GB.';
}

function checkCurrency(typed: string): string | null {
  return currencyDigits().has(typed.trim().toUpperCase()) ? null : 'Three letters of ISO 4217, such as GBP.';
}

function checkLocale(typed: string): string | null {
  const canonical = quietly(() => Intl.getCanonicalLocales(typed.trim())[0]);
  if (canonical === typed.trim()) return null;
  return canonical ? `Its canonical form is ${canonical}.` : 'A BCP 47 tag, such as en-GB.';
}

function checkZone(typed: string): string | null {
  return isKnownZone(typed.trim()) ? null : 'An IANA time zone, such as Europe/London.';
}

function faultOf(read: () => unknown): string | null {
  try {
    read();
    return null;
  } catch (error) {
    if (error instanceof Failure) return [error.message, error.remedy].filter(Boolean).join('. ');
    if (error instanceof UrlError) return error.message;
    throw error;
  }
}

function quietly<T>(read: () => T): T | null {
  try {
    return read();
  } catch {
    return null;
  }
}
