import { Flags } from '@oclif/core';
import { EXEMPTIONS } from '../../domain/document/schema.ts';
import type { Field } from './fields.ts';
import { entryFlag } from './flags.ts';

export const EXCEPTION_FIELDS: readonly Field[] = [
  { key: 'sites', flag: 'site', kind: 'list' },
  { key: 'markets', flag: 'market', kind: 'list' },
  { key: 'urls', flag: 'url', kind: 'list' },
  { key: 'from', flag: 'exempt-from', kind: 'list', needed: true },
  { key: 'reason', flag: 'because', kind: 'text', needed: true },
  { key: 'owner', flag: 'owner', kind: 'text', needed: true },
  { key: 'startsAt', flag: 'starts-at', kind: 'time' },
  { key: 'endsAt', flag: 'ends-at', kind: 'time' },
  { key: 'reviewBy', flag: 'review-by', kind: 'time', needed: true },
  { key: 'protected', flag: 'protected', kind: 'switch' },
];

export const exceptionFlags = {
  site: entryFlag.list('A site that is exempt; repeatable.', 'ID'),
  market: entryFlag.list('A market that is exempt with all of its sites; repeatable.', 'ID'),
  url: entryFlag.list('A further host and path that is exempt, on any site; repeatable.', 'URL'),
  'exempt-from': Flags.option({ options: EXEMPTIONS, multiple: true })({
    summary: `What it exempts from: ${EXEMPTIONS.join(', ')}; repeatable, or with commas.`,
    helpValue: 'KIND',
    helpGroup: 'ENTRY',
    aliases: ['from'],
    multipleNonGreedy: true,
    delimiter: ',',
  }),
  because: entryFlag.because,
  owner: entryFlag.text('Who answers for it.', 'TEXT'),
  'starts-at': entryFlag.time('Exempt from this instant; without it, always was.'),
  'ends-at': entryFlag.time('Exempt until this instant; without it, until it is removed.'),
  'review-by': entryFlag.time('When somebody looks at it again.'),
  protected: entryFlag.protect,
};
