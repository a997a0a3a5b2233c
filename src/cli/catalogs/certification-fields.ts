import type { Field } from '../entries/fields.ts';
import { entryFlag } from '../entries/flags.ts';

export const CERTIFICATION_FIELDS: readonly Field[] = [
  { key: 'title', flag: 'title', kind: 'text', needed: true },
  { key: 'markets', flag: 'market', kind: 'list', needed: true },
  { key: 'skus', flag: 'sku', kind: 'list', needed: true },
  { key: 'until', flag: 'until', kind: 'time' },
  { key: 'link', flag: 'link', kind: 'text' },
  { key: 'protected', flag: 'protected', kind: 'switch' },
];

export const certificationFlags = {
  title: entryFlag.text('What it is called where it is asked for, such as FCC or CE.', 'TEXT'),
  market: entryFlag.list('A market that asks for it; repeatable.', 'ID'),
  sku: entryFlag.list('A product that it covers; repeatable.', 'SKU'),
  until: entryFlag.time('It ends at this instant. Without it, it does not end.'),
  link: entryFlag.text('Where the certificate is found.', 'URL'),
  protected: entryFlag.protect,
};

export const certificationMemberFlags = {
  ...entryFlag.members('market', 'market', 'ID'),
  ...entryFlag.members('sku', 'product', 'SKU'),
};
