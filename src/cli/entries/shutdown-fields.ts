import type { Field } from './fields.ts';
import { entryFlag } from './flags.ts';

export const SHUTDOWN_FIELDS: readonly Field[] = [
  { key: 'title', flag: 'title', kind: 'text', needed: true },
  { key: 'sites', flag: 'site', kind: 'list', needed: true },
  { key: 'into', flag: 'into', kind: 'text', needed: true },
  { key: 'announced', flag: 'announced', kind: 'time' },
  { key: 'freeze', flag: 'freeze', kind: 'time', needed: true },
  { key: 'voucherCutoff', flag: 'voucher-cutoff', kind: 'time' },
  { key: 'dark', flag: 'dark', kind: 'time', needed: true },
  { key: 'redirectsUntil', flag: 'redirects-until', kind: 'time', needed: true },
  { key: 'protected', flag: 'protected', kind: 'switch' },
];

export const shutdownFlags = {
  title: entryFlag.text('What the shutdown is called.', 'TEXT'),
  site: entryFlag.list('A legacy site that closes; repeatable.', 'ID'),
  into: entryFlag.text('The unified site that takes the visitors.', 'ID'),
  announced: entryFlag.time('When it is made known.'),
  freeze: entryFlag.time('From here the sites take no new orders.'),
  'voucher-cutoff': entryFlag.time('Vouchers issued before this instant migrate.'),
  dark: entryFlag.time('From here visitors are redirected.'),
  'redirects-until': entryFlag.time('From here the redirects have ended too.'),
  protected: entryFlag.protect,
};
