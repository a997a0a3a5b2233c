import { Flags } from '@oclif/core';
import { LAUNCH_KINDS } from '../../domain/document/launch-schema.ts';
import type { Field } from '../entries/fields.ts';
import { entryFlag } from '../entries/flags.ts';

/** Keys of a launch itself. What it sells is said item by item: see edit-launch.ts. */
export const OWN_FIELDS: readonly Field[] = [
  { key: 'title', flag: 'title', kind: 'text' },
  { key: 'kind', flag: 'kind', kind: 'text', needed: true },
  { key: 'markets', flag: 'market', kind: 'list', needed: true },
  { key: 'startsAt', flag: 'starts-at', kind: 'time', needed: true },
  { key: 'endsAt', flag: 'ends-at', kind: 'time' },
  { key: 'holdMinutes', flag: 'hold-minutes', kind: 'number' },
  { key: 'checklist', flag: 'checklist', kind: 'text' },
  { key: 'protected', flag: 'protected', kind: 'switch' },
];

/** Their values are texts that may have blanks in them, so an answer in one line is not taken apart like a list. */
export const ITEM_FIELDS: readonly Field[] = [
  { key: 'items.*.price', flag: 'price', kind: 'text', needed: true },
  { key: 'items.*.allocation', flag: 'allocation', kind: 'text' },
  { key: 'items.*.limitPerBuyer', flag: 'limit-per-buyer', kind: 'text' },
];

export const LAUNCH_FIELDS: readonly Field[] = [
  ...OWN_FIELDS,
  { key: 'items', flag: 'item', kind: 'list', needed: true },
  ...ITEM_FIELDS,
];

export const launchFlags = {
  title: entryFlag.text('What the launch is called.', 'TEXT'),
  kind: Flags.option({ options: LAUNCH_KINDS })({
    summary: 'standard, or flash-sale: with an allocation and a limit per buyer for every item.',
    helpGroup: 'ENTRY',
  }),
  market: entryFlag.list('A market that it is in; repeatable.', 'ID'),
  'starts-at': entryFlag.time('When it starts: with a zone once for all markets, else in each one’s local time.'),
  'ends-at': entryFlag.time('When it ends; without, it goes on until it is cancelled.'),
  item: entryFlag.list('A product that it sells; repeatable.', 'SKU'),
  price: entryFlag.list('A price: for every item, one, or one in a market.', '[SKU[@MARKET]=]PRICE'),
  allocation: entryFlag.list('Units sold in all, per market.', '[SKU[@MARKET]=]N'),
  'limit-per-buyer': entryFlag.list('Units that one buyer gets in all, in all markets.', '[SKU[@MARKET]=]N'),
  'hold-minutes': Flags.integer({
    summary: 'How long units are held for a buyer who has not paid yet; 15 unless told.',
    helpGroup: 'ENTRY',
    min: 1,
    max: 1440,
  }),
  checklist: entryFlag.text('What has to hold before it may go; without, it starts by itself.', 'ID'),
  protected: entryFlag.protect,
};

/** Single members of what a launch has already. */
export const launchMemberFlags = {
  ...entryFlag.members('market', 'market', 'ID'),
  ...entryFlag.members('item', 'product', 'SKU'),
};
