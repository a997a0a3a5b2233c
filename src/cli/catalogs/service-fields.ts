import { Flags } from '@oclif/core';
import { DUTIES } from '../../domain/document/catalog-schema.ts';
import type { Field } from '../entries/fields.ts';
import { entryFlag } from '../entries/flags.ts';

export const SERVICE_FIELDS: readonly Field[] = [
  { key: 'market', flag: 'market', kind: 'text', needed: true },
  { key: 'paymentMethods', flag: 'payment', kind: 'list' },
  { key: 'delivery.workingDays', flag: 'delivery-days', kind: 'number' },
  { key: 'delivery.shippedFrom', flag: 'shipped-from', kind: 'text' },
  { key: 'duties', flag: 'duties', kind: 'text' },
  { key: 'returns.days', flag: 'returns-days', kind: 'number' },
  { key: 'returns.atCostOf', flag: 'returns-at-cost-of', kind: 'text' },
  { key: 'warrantyMonths', flag: 'warranty-months', kind: 'number' },
  { key: 'protected', flag: 'protected', kind: 'switch' },
];

const count = (summary: string, max: number) => Flags.integer({ summary, helpGroup: 'ENTRY', min: 0, max });

export const serviceFlags = {
  market: entryFlag.text('The market whose after-sales profile it is.', 'ID'),
  payment: entryFlag.list('A way to pay, such as credit-card or paypal; repeatable.', 'ID'),
  'delivery-days': count('The delivery promise, in working days of the market.', 365),
  'shipped-from': entryFlag.text('Where parcels come from.', 'TEXT'),
  duties: Flags.option({ options: DUTIES })({ summary: 'Who pays duties, and when.', helpGroup: 'ENTRY' }),
  'returns-days': count('The returns window, in days.', 3650),
  'returns-at-cost-of': Flags.option({ options: ['buyer', 'seller'] as const })({
    summary: 'Who pays the way back.',
    helpGroup: 'ENTRY',
  }),
  'warranty-months': count('The warranty, in months.', 600),
  protected: entryFlag.protect,
};
