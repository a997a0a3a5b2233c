import type { Field } from './fields.ts';
import { entryFlag } from './flags.ts';

export const MARKET_FIELDS: readonly Field[] = [
  { key: 'name', flag: 'name', kind: 'text', needed: true },
  { key: 'countries', flag: 'country', kind: 'list', mayBeEmpty: true },
  { key: 'currency', flag: 'currency', kind: 'text', needed: true },
  { key: 'currencies', flag: 'accept', kind: 'list' },
  { key: 'locales', flag: 'locale', kind: 'list', needed: true },
  { key: 'timeZone', flag: 'time-zone', kind: 'text', needed: true },
  { key: 'protected', flag: 'protected', kind: 'switch' },
];

export const marketFlags = {
  name: entryFlag.text('What people call the market.', 'TEXT'),
  country: entryFlag.list('A country, by its ISO 3166-1 code; repeatable. A market of no country has none.', 'CODE'),
  currency: entryFlag.text('The currency of its prices, by its ISO 4217 code.', 'CODE'),
  accept: entryFlag.list('A further currency that it accepts; repeatable.', 'CODE'),
  locale: entryFlag.list('A language it speaks, as a BCP 47 tag such as en-GB; repeatable.', 'TAG'),
  'time-zone': entryFlag.text('The IANA time zone in which its civil times are read.', 'ZONE'),
  protected: entryFlag.protect,
};

/** `countries` has to be written even where there are none. */
export const NEW_MARKET = { countries: [] };
