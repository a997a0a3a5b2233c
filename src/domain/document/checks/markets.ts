import { COMMON_MISTAKES, countryCodes } from '../../iso/countries.ts';
import { currencyDigits } from '../../iso/currencies.ts';
import { nearest } from '../../nearest.ts';
import { canonicalZone, zoneFault } from '../../time/zone.ts';
import type { DocumentPath } from '../pointer.ts';
import type { Checking } from './checking.ts';
import { checkDistinct } from './references.ts';

/** Countries by ISO 3166-1, currencies by ISO 4217, locales by BCP 47, zones by the tz database; each in its own spelling. */
export function checkMarkets(checking: Checking): void {
  for (const [id, market] of checking.specs.markets) {
    const path: DocumentPath = ['markets', id];
    market.countries.forEach((code, i) => {
      checkCountry(checking, code, [...path, 'countries', i]);
    });
    checkDistinct(checking, market.countries, [...path, 'countries']);
    checkCurrency(checking, market.currency, [...path, 'currency']);
    market.currencies?.forEach((code, i) => {
      checkCurrency(checking, code, [...path, 'currencies', i]);
    });
    checkDistinct(checking, market.currencies ?? [], [...path, 'currencies']);
    market.locales.forEach((tag, i) => {
      checkLocale(checking, tag, [...path, 'locales', i]);
    });
    checkDistinct(checking, market.locales, [...path, 'locales']);
    checkZone(checking, market.timeZone, [...path, 'timeZone']);
  }
}

function checkZone({ faults }: Checking, zone: string, path: DocumentPath): void {
  const canonical = canonicalZone(zone);
  if (canonical === zone) return;
  if (canonical !== null) {
    faults.error('invalid-time-zone', path, `\`${zone}\` is not how the tz database spells it`, `write ${canonical}`);
    return;
  }
  const { message, remedy } = zoneFault(zone);
  faults.error('invalid-time-zone', path, message, remedy);
}

function checkCountry({ faults }: Checking, code: string, path: DocumentPath): void {
  if (countryCodes().has(code)) return;
  const meant = COMMON_MISTAKES[code.toUpperCase()] ?? code.trim().toUpperCase();
  const remedy = countryCodes().has(meant) ? `write ${meant}` : 'use the two capital letters that ISO assigns';
  faults.error('invalid-country', path, `\`${code}\` is no ISO 3166-1 alpha-2 code`, remedy);
}

function checkCurrency({ faults }: Checking, code: string, path: DocumentPath): void {
  if (currencyDigits().has(code)) return;
  const suggestion = nearest(code.toUpperCase(), currencyDigits().keys());
  faults.error(
    'invalid-currency',
    path,
    `\`${code}\` is no ISO 4217 currency`,
    suggestion === null ? 'use the three capital letters, such as EUR' : `did you mean ${suggestion}?`,
  );
}

/** Whether a tag is one of BCP 47 in its canonical form; reports what it is else. */
export function checkLocale({ faults }: Pick<Checking, 'faults'>, tag: string, path: DocumentPath): boolean {
  let canonical: string | undefined;
  try {
    canonical = Intl.getCanonicalLocales(tag)[0];
  } catch {
    faults.error('invalid-locale', path, `\`${tag}\` is no BCP 47 language tag`, 'write one such as en-GB');
    return false;
  }
  if (canonical === undefined || canonical === tag) return true;
  faults.error('invalid-locale', path, `\`${tag}\` is not the canonical form of its tag`, `write ${canonical}`);
  return false;
}
