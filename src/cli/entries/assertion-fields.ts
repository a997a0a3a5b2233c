import { Flags } from '@oclif/core';
import type { Field } from './fields.ts';
import { entryFlag } from './flags.ts';

/** The kinds that flags can say; `answers` names a map, which is for a document. */
export const SAID_KINDS = ['every-url-ends', 'nothing-captures', 'no-target'] as const;

export const ASSERTION_FIELDS: readonly Field[] = [
  { key: 'kind', flag: 'kind', kind: 'text', needed: true },
  { key: 'urls', flag: 'url', kind: 'list' },
  { key: 'on', flag: 'on', kind: 'list' },
  { key: 'within', flag: 'within', kind: 'text' },
  { key: 'sites', flag: 'site', kind: 'list' },
  { key: 'markets', flag: 'market', kind: 'list' },
  { key: 'targets', flag: 'target', kind: 'list' },
  { key: 'except', flag: 'except', kind: 'list' },
  { key: 'from', flag: 'holds-from', kind: 'time' },
  { key: 'until', flag: 'holds-until', kind: 'time' },
  { key: 'reason', flag: 'because', kind: 'text' },
  { key: 'protected', flag: 'protected', kind: 'switch' },
];

export const assertionFlags = {
  kind: Flags.option({ options: SAID_KINDS })({
    summary: 'What has to hold: where URLs end, what nothing may take, or where no rule may lead.',
    helpGroup: 'ENTRY',
  }),
  url: entryFlag.list('A URL that has to end, or a place that nothing may take; repeatable.', 'URL'),
  on: entryFlag.list('A host on which URLs may end, such as *.mi.com; repeatable.', 'HOST'),
  within: Flags.integer({ summary: 'Redirects before the page at most.', helpValue: 'N', helpGroup: 'ENTRY', min: 0 }),
  site: entryFlag.list('A site that nothing may take; repeatable.', 'ID'),
  market: entryFlag.list('A market whose sites nothing may take; repeatable.', 'ID'),
  target: entryFlag.list('A page to which no rule may lead; * is any text; repeatable.', 'URL'),
  except: entryFlag.list('The source of a rule that may lead there; repeatable.', 'FROM'),
  'holds-from': entryFlag.time('It has to hold from this instant. Always, unless told.'),
  'holds-until': entryFlag.time('It has to hold until this instant. For ever, unless told.'),
  because: entryFlag.because,
  protected: entryFlag.protect,
};
