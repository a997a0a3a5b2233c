import { Flags } from '@oclif/core';
import type { Field } from './fields.ts';
import { entryFlag } from './flags.ts';

export const SITE_ROLES = ['legacy', 'unified', 'standalone'] as const;

export const SITE_FIELDS: readonly Field[] = [
  { key: 'brand', flag: 'brand', kind: 'text', needed: true },
  { key: 'market', flag: 'market', kind: 'text', needed: true },
  { key: 'role', flag: 'role', kind: 'text', needed: true },
  { key: 'urls', flag: 'url', kind: 'list', needed: true },
  { key: 'opensAt', flag: 'opens-at', kind: 'time' },
  { key: 'protected', flag: 'protected', kind: 'switch' },
];

export const siteFlags = {
  brand: entryFlag.text('The brand that the site sells.', 'TEXT'),
  market: entryFlag.text('The market that it serves.', 'ID'),
  role: Flags.option({ options: SITE_ROLES })({
    summary: 'Whether it closes one day, takes over, or stands alone.',
    helpGroup: 'ENTRY',
  }),
  url: entryFlag.list('A base URL, host and base path; repeatable, every variant that answers.', 'URL'),
  'opens-at': entryFlag.time('Before this instant the site is prelaunch.'),
  protected: entryFlag.protect,
};
